// Copilot CLI's tools: what kind of operation each is, and which part of its input says what it is about.
import type { Asks } from '../shared/asks.ts';
import type { OperationType } from '../../model/index.ts';
import { text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

const types: Readonly<Record<string, OperationType>> = {
  view: 'read',
  create: 'write',
  edit: 'write',
  apply_patch: 'write',
  str_replace_editor: 'write',
  bash: 'execute',
  powershell: 'execute',
  read_bash: 'execute',
  write_bash: 'execute',
  stop_bash: 'execute',
  read_powershell: 'execute',
  write_powershell: 'execute',
  stop_powershell: 'execute',
  glob: 'query',
  rg: 'query',
  grep: 'query',
  sql: 'query',
  web_fetch: 'query',
  web_search: 'query',
};

/** Inputs that say what a call is about, the most telling first. */
const targets = [
  'command',
  'path',
  'pattern',
  'query',
  'url',
  'question',
  'skill',
  'intent',
  'summary',
  'description',
  'prompt',
  'shellId',
] as const;

export const typeOf = (tool: string): OperationType => types[tool] ?? 'other';

/** The input of most tools is an object; that of `apply_patch` is the patch. */
export function targetOf(input: unknown): string {
  if (typeof input === 'string') return [...patchedFiles(input)].join('\n') || input.slice(0, 2000);
  const fields = (input ?? {}) as Json;
  for (const name of targets) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  const json = JSON.stringify(fields);
  return json === '{}' ? '' : json.slice(0, 2000);
}

export const descriptionOf = (tool: string, input: Json): string | undefined =>
  tool === 'task' ? text(input['prompt']) : text(input['description']);

/** The files that a patch names. */
export const patchedFiles = (patch: string): Set<string> =>
  new Set([...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map((one) => one[1] ?? ''));

/** Tools by which the user is asked. */
export const asks: Asks = { ask_user: 'question', exit_plan_mode: 'plan' };
