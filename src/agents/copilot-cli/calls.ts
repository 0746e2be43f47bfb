// Tool calls: the request, the end, the permission, and what was changed.
import type { OperationStatus, Place } from '../../model/index.ts';
import { isObject, object, pick, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { readAsk } from '../shared/asks.ts';
import { readCommits } from '../shared/commits.ts';
import { readChanges } from './changes.ts';
import { readIntent } from './intents.ts';
import { closeCall, oddity, openCall, placeOf } from './state.ts';
import type { Reading } from './state.ts';
import { asks, descriptionOf, targetOf, typeOf } from './tools.ts';

const maxError = 8192;
/** What the end of a call is read with. */
const kept: Readonly<Record<string, readonly string[]>> = {
  ask_user: ['question', 'choices'],
  bash: ['command'],
  create: ['path'],
  edit: ['path'],
  exit_plan_mode: ['summary'],
  powershell: ['command'],
  task: ['agent_type', 'description'],
};

/** Also told with the message that asked for it; by then the message is not known to be the one. */
export function readCall(
  reading: Reading,
  call: {
    readonly id: string;
    readonly name: string;
    readonly input: unknown;
    readonly message?: string | undefined;
  },
  place: Place,
): void {
  const input = object(call.input) ?? {};
  reading.emit({
    fact: 'call',
    key: call.id,
    place,
    name: call.name,
    type: typeOf(call.name),
    target: targetOf(call.input),
    message: call.message,
    description: descriptionOf(call.name, input),
  });
  readAsk(asks, call.name, call.id, place, reading.emit);
}

export function readStart(reading: Reading): void {
  const { data, state } = reading;
  const id = text(data['toolCallId']);
  const name = text(data['toolName']);
  if (!id || name === undefined) {
    oddity(reading, 'wrong-shape', 'tool.execution_start');
    return;
  }
  const input = data['arguments'];
  const fields = kept[name];
  openCall(state, id, { name, ...(fields && isObject(input) && { input: pick(input, fields) }) });
  readCall(reading, { id, name, input }, placeOf(reading));
}

export function readEnd(reading: Reading): void {
  const { data, state, emit } = reading;
  const key = text(data['toolCallId']);
  if (!key) {
    oddity(reading, 'wrong-shape', 'tool.execution_complete');
    return;
  }
  const call = closeCall(state, key);
  const place = placeOf(reading);
  const isError = data['success'] !== true;
  const said = text(object(data['result'])?.['content']) ?? '';
  const error = text(object(data['error'])?.['message']) ?? said;
  // Behind the output, which may hold such a line itself.
  const exit = /<(?:shellId: \S+ completed|exited) with exit code (-?\d+)>\s*$/.exec(said)?.[1];
  const exitCode = exit === undefined ? undefined : Number(exit);
  const status = statusOf(data, exitCode);
  emit({
    fact: 'result',
    key,
    place,
    status,
    isError,
    ...(status !== 'success' && { error: error.slice(0, maxError) }),
    detail: { ...(exitCode !== undefined && { exitCode }), outputChars: said.length },
  });
  if (isError) return;
  readChanges(reading, key, call, place);
  const command = text(call?.input?.['command']);
  if (command !== undefined) readCommits(key, command, said, undefined, place, emit);
  readIntent(reading, key, call, said, place);
}

function statusOf(data: Json, exitCode: number | undefined): OperationStatus {
  if (data['success'] === true) return exitCode === undefined || exitCode === 0 ? 'success' : 'failed';
  const code = text(object(data['error'])?.['code']);
  return code === 'denied' || code === 'rejected' ? 'blocked' : 'failed';
}

/** `approved`, `approved-for-location`; `denied-…` in all other cases. */
export function readPermission(reading: Reading): void {
  const { data, emit } = reading;
  const key = text(data['toolCallId']);
  const kind = text(object(data['result'])?.['kind']);
  if (!key || kind === undefined) return;
  const decision = kind.startsWith('approved') ? 'approved' : 'denied';
  emit({
    fact: 'approval',
    key,
    place: placeOf(reading),
    decision,
    by: kind.includes('rule') ? 'rule' : 'user',
  });
}

/** A subagent's events name the call that started it, which is its run. */
export function readSubagent(reading: Reading, isEnd: boolean): void {
  const { data, emit } = reading;
  const run = text(data['toolCallId']);
  if (!run) return;
  const place = placeOf(reading);
  emit({
    fact: 'run',
    run,
    place,
    operation: run,
    type: text(data['agentName']),
    model: text(data['model']),
    ...(isEnd ? { status: 'completed', endedAt: place.at } : { startedAt: place.at }),
  });
}
