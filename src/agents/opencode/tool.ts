// Tool parts: a call and, once it has ended, what became of it. One part is written anew at each stage.
import type { Place } from '../../model/index.ts';
import { readAsk } from '../shared/asks.ts';
import { count, number, object, text } from '../shared/shapes.ts';
import { changesOf } from './changes.ts';
import { readIntent } from './intents.ts';
import { outcomeOf } from './outcome.ts';
import type { PartReading } from './part-place.ts';
import { placeOfPart } from './part-place.ts';
import type { Reading } from './state.ts';
import { oddity, timeOf } from './state.ts';
import { rememberCall } from './step.ts';
import { keyOfCall } from './tool-call.ts';
import type { ToolCall } from './tool-call.ts';
import { asks, descriptionOf, targetOf, typeOf } from './tools.ts';

const states: ReadonlySet<string> = new Set(['pending', 'running', 'completed', 'error']);

export function readTool(reading: PartReading): void {
  const { part, key: message } = reading;
  const id = text(part['callID']);
  const state = object(part['state']);
  if (id === undefined || !state) {
    oddity(reading, 'wrong-shape', 'tool part');
    return;
  }
  const status = text(state['status']) ?? '';
  if (!states.has(status)) oddity(reading, 'unknown-type', `tool status ${status}`);
  const time = object(state['time']);
  const call: ToolCall = {
    key: keyOfCall(id) ?? `${message}|${id}`,
    name: text(part['tool']) ?? '',
    input: object(state['input']) ?? {},
    metadata: object(state['metadata']) ?? {},
    output: text(state['output']) ?? '',
    status,
    error: text(state['error']),
    startedAt: timeOf(time?.['start']),
    endedAt: timeOf(time?.['end']),
  };
  const place = placeOfPart(reading, call.startedAt);
  tellCall(reading, call, place, message);
  const files = tellResult(reading, call, { ...place, at: Math.max(place.at, call.endedAt ?? 0) });
  const isShell = typeOf(call.name) === 'execute';
  rememberCall(reading, { key: call.key, isShell, isAgent: call.name === 'task', files });
}

export function tellCall(
  { emit }: Pick<Reading, 'emit'>,
  call: ToolCall,
  place: Place,
  message?: string,
): void {
  const { key, name, input, metadata } = call;
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
  readAsk(asks, name, key, place, emit);
  const run = name === 'task' ? text(metadata['sessionId']) : undefined;
  if (run)
    emit({
      fact: 'run',
      run,
      place,
      operation: key,
      type: text(input['subagent_type']),
      description: text(input['description']),
      model: text(object(metadata['model'])?.['modelID']),
    });
}

/** Tells nothing of a call that has not ended. Returns the files that it is known to have changed. */
export function tellResult({ emit }: Pick<Reading, 'emit'>, call: ToolCall, place: Place): string[] {
  const { key, name, metadata, output, startedAt, endedAt } = call;
  if (call.status !== 'completed' && call.status !== 'error') return [];
  const { status, error, approval } = outcomeOf(call);
  const run = name === 'task' ? text(metadata['sessionId']) : undefined;
  const exit = number(metadata['exit']);
  const kept = text(metadata['outputPath']);
  emit({
    fact: 'result',
    key,
    place,
    status,
    isError: status !== 'success',
    error,
    ...(startedAt !== undefined && endedAt !== undefined && { durationMs: count(endedAt - startedAt) }),
    spawned: run,
    detail: {
      ...(exit !== undefined && { exitCode: exit }),
      outputChars: output.length,
      ...(kept !== undefined && { outputFile: kept }),
    },
  });
  if (approval) emit({ fact: 'approval', key, place, ...approval });
  if (run)
    emit({
      fact: 'run',
      run,
      place,
      operation: key,
      status: status === 'success' ? 'completed' : status,
      endedAt: place.at,
    });
  if (status !== 'success') return [];
  const changes = changesOf(call).filter((one) => one.path !== '');
  for (const change of changes) emit({ fact: 'change', operation: key, place, ...change });
  readIntent(call, place, emit);
  return changes.map((one) => one.path);
}
