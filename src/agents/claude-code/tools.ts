// Claude Code's tools: what kind of operation each is, and which part of its input says what it is about.
import type { Asks } from '../shared/asks.ts';
import type { OperationType } from '../../model/index.ts';
import { list, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

const types: Readonly<Record<string, OperationType>> = {
  Read: 'read',
  NotebookRead: 'read',
  LS: 'read',
  Edit: 'write',
  MultiEdit: 'write',
  Write: 'write',
  NotebookEdit: 'write',
  Bash: 'execute',
  BashOutput: 'execute',
  KillShell: 'execute',
  KillBash: 'execute',
  Monitor: 'execute',
  PowerShell: 'execute',
  Grep: 'query',
  Glob: 'query',
  WebFetch: 'query',
  WebSearch: 'query',
  ToolSearch: 'query',
  LSP: 'query',
};

/** Inputs that say what a call is about, the most telling first. */
const targets = [
  'command',
  'file_path',
  'notebook_path',
  'pattern',
  'query',
  'url',
  'path',
  'skill',
  'subject',
  'description',
  'prompt',
  'taskId',
  'task_id',
  'shell_id',
  'bash_id',
] as const;

export const typeOf = (tool: string): OperationType => types[tool] ?? 'other';

export function targetOf(tool: string, input: Json): string {
  if (tool === 'Agent' || tool === 'Task') return text(input['description']) ?? text(input['prompt']) ?? '';
  if (tool === 'TodoWrite') return `${list(input['todos']).length} items`;
  if (tool === 'AskUserQuestion')
    return list(input['questions'])
      .map((q) => text(object(q)?.['question']) ?? '')
      .join('\n');
  if (tool === 'ExitPlanMode') return text(input['plan'])?.split('\n')[0] ?? '';
  if (tool === 'Grep') return [text(input['pattern']), text(input['path'])].filter(Boolean).join(' in ');
  for (const name of targets) {
    const value = input[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  const json = JSON.stringify(input);
  return json === '{}' ? '' : json.slice(0, 2000);
}

/** The tool's own words on why it is called, where they are not the target itself. */
export function descriptionOf(tool: string, input: Json): string | undefined {
  return tool === 'Agent' || tool === 'Task' ? text(input['prompt']) : text(input['description']);
}

/** Tools by which the user is asked. */
export const asks: Asks = { AskUserQuestion: 'question', ExitPlanMode: 'plan' };
