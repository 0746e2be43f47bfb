// Codex's tools: what kind of operation each is, and what a call is about.
import type { OperationType } from '../../model/index.ts';
import { list, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

const types: Readonly<Record<string, OperationType>> = {
  apply_patch: 'write',
  Bash: 'execute',
  exec: 'execute',
  exec_command: 'execute',
  js_repl: 'execute',
  local_shell_call: 'execute',
  shell: 'execute',
  shell_command: 'execute',
  write_stdin: 'execute',
  read_file: 'read',
  list_dir: 'read',
  read_mcp_resource: 'read',
  view_image: 'read',
  grep_files: 'query',
  list_mcp_resources: 'query',
  list_mcp_resource_templates: 'query',
  tool_search: 'query',
  tool_search_call: 'query',
  web_search: 'query',
  web_search_call: 'query',
};

export const typeOf = (tool: string): OperationType => types[tool] ?? 'other';

/** Inputs that say what a call is about, the most telling first. */
const targets = [
  'path',
  'file_path',
  'pattern',
  'query',
  'url',
  'message',
  'objective',
  'target',
  'id',
] as const;
const maxTarget = 2000;

export function targetOf(tool: string, input: unknown): string {
  if (typeof input === 'string' && tool !== 'apply_patch') return input;
  const told = object(input) ?? {};
  if (tool === 'update_plan') return `${list(told['plan']).length} items`;
  if (tool === 'request_user_input')
    return objects(told['questions'])
      .map((one) => text(one['question']) ?? '')
      .join('\n');
  const patch = patchIn(input);
  if (tool === 'apply_patch' && patch !== undefined) return pathsOf(patch).join('\n');
  const command = commandOf(told);
  if (command !== undefined) return command;
  for (const name of targets) {
    const value = told[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  const json = JSON.stringify(told);
  return json === '{}' ? '' : json.slice(0, maxTarget);
}

/** The command line; of `bash -lc …` what the shell is given. */
export function commandOf(input: Json): string | undefined {
  const told = input['cmd'] ?? input['command'];
  if (typeof told === 'string') return told;
  if (!Array.isArray(told)) return undefined;
  const words = told.filter((word) => typeof word === 'string');
  const [shell = '', option = '', script] = words;
  const isScript = words.length === 3 && /(?:^|[\\/])\w*sh(?:\.exe)?$/.test(shell) && /^-\w*c$/.test(option);
  return isScript && script !== undefined ? script : words.join(' ');
}

/** The patch that a call was given: as its input, as an argument of a function, or of a shell (hooks, and until 0.46). */
export function patchIn(input: unknown): string | undefined {
  const told = object(input);
  const words = told ? (text(told['input']) ?? text(told['patch']) ?? commandOf(told)) : text(input);
  return words?.includes('*** Begin Patch') ? words : undefined;
}

/** The files that a patch names. */
const pathsOf = (patch: string): string[] =>
  [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map(([, file = '']) => file.trim());

/** Arguments of a function call: JSON in a string. What is none is taken as it is. */
export function argumentsOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
