// Codex's tools: what kind of operation each is, and what a call is about.
import type { OperationType } from '../../model/index.ts';
import { list, object, text } from '../shared/shapes.ts';
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
  if (typeof input === 'string') return tool === 'apply_patch' ? pathsOf(input).join('\n') : input;
  const told = object(input) ?? {};
  if (tool === 'update_plan') return `${list(told['plan']).length} items`;
  const command = commandOf(told);
  if (command !== undefined) return command;
  // A patch that was given as a function's argument.
  const patch = text(told['input']) ?? text(told['patch']);
  if (tool === 'apply_patch' && patch !== undefined) return pathsOf(patch).join('\n');
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

/** The files that a patch names. */
export const pathsOf = (patch: string): string[] =>
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
