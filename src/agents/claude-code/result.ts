// Results of tool calls: what became of the call, what it changed, what it started, and what its output tells.
import type { Place } from '../../model/index.ts';
import { readTask } from './background.ts';
import { readChanges } from './changes.ts';
import { readCommits } from '../shared/commits.ts';
import { readIntent } from './intents.ts';
import { allowedByMode, approvalOf, statusOf } from './permission.ts';
import { contentText, number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { closeCall, endSidechain } from './state.ts';
import type { OpenCall } from './state.ts';
import type { Reading } from './reading.ts';

const maxError = 8192;

/** `isOnly`: the record holds no other result, so its `toolUseResult` is this one's. */
export function readResult(reading: Reading, r: Json, block: Json, place: Place, isOnly: boolean): void {
  const { state, emit } = reading;
  const id = text(block['tool_use_id']);
  if (id === undefined) return;
  const call = closeCall(state, id);
  const told = isOnly ? object(r['toolUseResult']) : undefined;
  const words = contentText(block['content']);
  const isError = block['is_error'] === true;
  const run = text(told?.['agentId']) ?? endSidechain(state, call);
  const outcome = { record: r, words, isError, told };
  const status = statusOf(outcome);
  emit({
    fact: 'result',
    key: id,
    place,
    status,
    isError,
    error: isError ? errorOf(words) : undefined,
    durationMs: durationOf(told),
    spawned: run,
    detail: detailOf(words, told),
  });
  const allowed = allowedByMode(state.told['permissionMode'], call?.name ?? '');
  const approval = approvalOf(status, outcome, allowed);
  if (approval) emit({ fact: 'approval', key: id, place, ...approval });
  readTask(id, told, place, emit);
  readIntent({ id, call, status, told, words, reason: reasonOf(r, words), place }, reading);
  if (run !== undefined) readRun(reading, run, id, call, told, isError, place);
  if (isError) return;
  if (told) readChanges(id, call, told, place, emit);
  if (call?.name === 'Bash' || told?.['stdout'] !== undefined)
    readCommits(id, text(call?.input?.['command']) ?? '', text(told?.['stdout']) ?? words, told, place, emit);
}

/** What the user wrote while saying no: a field of its own in 2.1.329, before that the end of the result. */
const reasonOf = (r: Json, words: string): string | undefined =>
  text(r['userFeedback']) ??
  (words.startsWith('The user') ? /\bthe user said:\n([\s\S]+)/.exec(words)?.[1]?.trim() : undefined);

export const errorOf = (words: string): string =>
  words.replaceAll(/<\/?tool_use_error>/g, '').slice(0, maxError);

function durationOf(told: Json | undefined): number | undefined {
  const seconds = number(told?.['durationSeconds']);
  return (
    number(told?.['totalDurationMs']) ??
    number(told?.['durationMs']) ??
    (seconds === undefined ? undefined : seconds * 1000)
  );
}

function detailOf(words: string, told: Json | undefined): unknown {
  const exit = /^(?:Error: )?Exit code (\d+)/.exec(words)?.[1];
  const kept = text(told?.['persistedOutputPath']);
  const task = text(told?.['backgroundTaskId']);
  return {
    ...(exit !== undefined && { exitCode: Number(exit) }),
    outputChars: words.length,
    ...(kept !== undefined && { outputFile: kept, outputBytes: number(told?.['persistedOutputSize']) }),
    ...(task !== undefined && { backgroundTask: task }),
  };
}

/** A subagent that this call started. Of inline sidechains the result tells no status of its own. */
function readRun(
  { emit }: Reading,
  run: string,
  id: string,
  call: OpenCall | undefined,
  told: Json | undefined,
  isError: boolean,
  place: Place,
): void {
  const inline = told?.['agentId'] === undefined;
  const status = text(told?.['status']) ?? (inline ? (isError ? 'failed' : 'completed') : undefined);
  emit({
    fact: 'run',
    run,
    place,
    operation: id,
    type: text(told?.['agentType']) ?? text(call?.input?.['subagent_type']),
    description: text(call?.input?.['description']) ?? text(told?.['description']),
    model: text(told?.['resolvedModel']),
    ...(status !== undefined && status !== 'async_launched' && { status, endedAt: place.at }),
  });
}
