// Gemini CLI's tools: what kind of operation each is, and which part of its input says what it is about.
import type { OperationType } from '../../model/index.ts';
import { list, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

const types: Readonly<Record<string, OperationType>> = {
  read_file: 'read',
  read_many_files: 'read',
  list_directory: 'read',
  write_file: 'write',
  replace: 'write',
  run_shell_command: 'execute',
  glob: 'query',
  grep_search: 'query',
  search_file_content: 'query',
  google_web_search: 'query',
  web_fetch: 'query',
  get_internal_docs: 'query',
};

/** Inputs that say what a call is about, the most telling first. */
const targets = [
  'command',
  'file_path',
  'absolute_path',
  'pattern',
  'query',
  'dir_path',
  'path',
  'agent_name',
  'name',
  'title',
  'prompt',
  'fact',
] as const;

export const typeOf = (tool: string): OperationType => types[tool] ?? 'other';

export function targetOf(tool: string, input: Json): string {
  if (tool === 'write_todos') return `${list(input['todos']).length} items`;
  if (tool === 'ask_user')
    return list(input['questions'])
      .map((one) => text(object(one)?.['question']) ?? '')
      .join('\n');
  for (const name of targets) {
    const value = input[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  const json = JSON.stringify(input);
  return json === '{}' ? '' : json.slice(0, 2000);
}

/** Why it is called, in the model's words, where they are not the target itself. */
export const descriptionOf = (tool: string, input: Json): string | undefined =>
  tool === 'invoke_agent'
    ? text(input['prompt'])
    : (text(input['description']) ?? text(input['instruction']));
