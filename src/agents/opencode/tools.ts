// OpenCode's tools: what kind of operation each is, and which part of its input says what it is about.
import type { Asks } from '../shared/asks.ts';
import type { OperationType } from '../../model/index.ts';
import { list, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

const types: Readonly<Record<string, OperationType>> = {
  read: 'read',
  list: 'read',
  edit: 'write',
  multiedit: 'write',
  write: 'write',
  patch: 'write',
  apply_patch: 'write',
  bash: 'execute',
  glob: 'query',
  grep: 'query',
  codesearch: 'query',
  lsp: 'query',
  webfetch: 'query',
  websearch: 'query',
};

/** Inputs that say what a call is about, the most telling first. */
const targets = [
  'command',
  'filePath',
  'pattern',
  'query',
  'url',
  'path',
  'name',
  'tool',
  'description',
  'prompt',
] as const;

export const typeOf = (tool: string): OperationType =>
  Object.hasOwn(types, tool) ? (types[tool] ?? 'other') : 'other';

export function targetOf(tool: string, input: Json): string {
  if (tool === 'task') return text(input['description']) ?? text(input['prompt']) ?? '';
  if (tool === 'todowrite') return `${list(input['todos']).length} items`;
  if (tool === 'question')
    return list(input['questions'])
      .map((one) => text(object(one)?.['question']) ?? '')
      .join('\n');
  if (tool === 'apply_patch' || tool === 'patch') return patched(text(input['patchText']) ?? '').join('\n');
  if (tool === 'grep') return [text(input['pattern']), text(input['path'])].filter(Boolean).join(' in ');
  for (const name of targets) {
    const value = input[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  const json = JSON.stringify(input);
  return json === '{}' ? '' : json.slice(0, 2000);
}

/** The tool's own words on why it is called, where they are not the target itself. */
export function descriptionOf(tool: string, input: Json): string | undefined {
  return tool === 'task' ? text(input['prompt']) : text(input['description']);
}

const patched = (patch: string): string[] =>
  [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map((match) => match[1] ?? '');

/** Tools by which the user is asked. */
export const asks: Asks = { question: 'question', submit_plan: 'plan' };
