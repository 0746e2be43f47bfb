// Tool calls of a message: the call and what became of it stand in one place.
import type { OperationStatus, Place } from '../../model/index.ts';
import { isObject, objects, object, text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { readCommits } from '../shared/commits.ts';
import { patchOfDiff, patchOfNewFile } from '../shared/patch.ts';
import { readIntent } from './intents.ts';
import { findFolder, pathsIn } from './project-folder.ts';
import type { Reading } from './state.ts';
import { descriptionOf, targetOf, typeOf } from './tools.ts';

const maxError = 8192;

export function readToolCall(reading: Reading, call: Json, message: string, place: Place): void {
  const key = text(call['id']);
  const name = text(call['name']);
  if (!key || name === undefined) return;
  const { emit } = reading;
  const input = object(call['args']) ?? {};
  emit({
    fact: 'call',
    key,
    place,
    name,
    type: typeOf(name),
    target: targetOf(name, input),
    message,
    description: descriptionOf(name, input),
  });
  findFolder(reading, pathsIn(call));
  const ended: Place = { ...place, at: time(call['timestamp']) ?? place.at };
  const said = answerOf(call);
  const exitCode = name === 'run_shell_command' ? exitCodeOf(said) : undefined;
  const status = statusOf(call, said, exitCode);
  const run = text(call['agentId']) || undefined;
  if (status !== 'pending')
    emit({
      fact: 'result',
      key,
      place: ended,
      status,
      isError: call['status'] === 'error',
      ...(status !== 'success' && { error: said.slice(0, maxError) }),
      ...(run !== undefined && { spawned: run }),
      detail: { ...(exitCode !== undefined && { exitCode }), outputChars: said.length },
    });
  if (call['status'] === 'cancelled' && isDenied(said))
    emit({ fact: 'approval', key, place: ended, decision: 'denied', by: 'user' });
  if (run !== undefined) readRun(reading, run, key, input, call, ended);
  if (call['status'] !== 'success') return;
  readChange(reading, key, name, input, call, said, ended);
  if (name === 'run_shell_command') {
    const output = text(call['resultDisplay']) ?? said.replace(/^Output: /m, '');
    readCommits(key, text(input['command']) ?? '', output, undefined, ended, emit);
  }
  readIntent(reading, { key, name, input, words: said, place: ended });
}

function statusOf(call: Json, words: string, exitCode: number | undefined): OperationStatus {
  switch (call['status']) {
    // A command that failed is a success of the tool's.
    case 'success':
      return exitCode === undefined || exitCode === 0 ? 'success' : 'failed';
    case 'error':
      return 'failed';
    case 'cancelled':
      return isDenied(words) ? 'blocked' : 'interrupted';
    default:
      return 'pending';
  }
}

const isDenied = (words: string): boolean => words.includes('User denied execution');

/** What the model was given back: the output, or the error. */
function answerOf(call: Json): string {
  const responses = objects(call['result']).flatMap((part): Json[] => {
    const response = object(object(part['functionResponse'])?.['response']);
    return response ? [response] : [];
  });
  const words = responses.map((one) => text(one['error']) ?? text(one['output']) ?? '').join('\n');
  return words || (text(call['resultDisplay']) ?? '');
}

/** Behind the output, which may hold such a line itself. */
function exitCodeOf(words: string): number | undefined {
  const told = [...words.matchAll(/^Exit Code: (\d+)$/gm)].at(-1)?.[1];
  return told === undefined ? undefined : Number(told);
}

function readRun(
  { emit }: Reading,
  run: string,
  operation: string,
  input: Json,
  call: Json,
  place: Place,
): void {
  const shown = object(call['resultDisplay']);
  emit({
    fact: 'run',
    run,
    place,
    operation,
    type: text(shown?.['agentName']) ?? text(input['agent_name']),
    status: text(shown?.['state']) ?? (call['status'] === 'success' ? 'completed' : 'failed'),
    endedAt: place.at,
  });
}

const editTools: ReadonlySet<string> = new Set(['write_file', 'replace']);

function readChange(
  { emit }: Reading,
  operation: string,
  name: string,
  input: Json,
  call: Json,
  words: string,
  place: Place,
): void {
  const shown = object(call['resultDisplay']);
  const path = text(shown?.['filePath']) ?? (editTools.has(name) ? text(input['file_path']) : undefined);
  const diff = text(shown?.['fileDiff']);
  if (!path || (diff === undefined && !editTools.has(name))) return;
  // Versions that do not show the diff say at least whether there was a file before.
  const isNew = isObject(shown) ? shown['isNewFile'] === true : /\bcreated\b.*\bnew file\b/.test(words);
  const content = text(input['content']);
  const patch =
    diff === undefined && isNew && content !== undefined ? patchOfNewFile(content) : patchOfDiff(diff ?? '');
  const partial = diff === undefined && !(isNew && content !== undefined);
  emit({ fact: 'change', operation, place, path, kind: isNew ? 'create' : 'update', ...patch, partial });
}
