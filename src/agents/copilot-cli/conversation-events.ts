// What was said: prompts, answers, and what the client notes between them.
import { noTokens } from '../../model/index.ts';
import type { EntryKind, Place } from '../../model/index.ts';
import { count, number, objects, text } from '../shared/shapes.ts';
import { readCall } from './calls.ts';
import { addOutput, keyOf, oddity, placeOf } from './state.ts';
import type { Reading } from './state.ts';

export function readPrompt(reading: Reading, as?: EntryKind): void {
  const { data, state, emit } = reading;
  const words = text(data['content']);
  if (words === undefined) {
    oddity(reading, 'wrong-shape', 'content');
    return;
  }
  const place = placeOf(reading);
  const key = keyOf(reading);
  const kind = as ?? kindOf(text(data['source']), place);
  if (place.run === place.session && kind !== 'note') state.turn = key;
  const turn = place.run === place.session ? state.turn : undefined;
  // The text of a skill is told with the skill.
  if (kind !== 'note') emit({ fact: 'entry', key, kind, place: { ...place, turn }, text: words });
}

/** `source` names who wrote it where that was not the user: a skill, or another agent. */
function kindOf(source: string | undefined, place: Place): EntryKind {
  if (place.run !== place.session) return 'agent_prompt';
  if (source?.startsWith('skill-')) return 'note';
  return source === undefined || source === 'user' ? 'prompt' : 'notification';
}

export function readAnswer(reading: Reading): void {
  const { data, state, emit } = reading;
  const place = placeOf(reading);
  const key = text(data['messageId']) || keyOf(reading);
  const model = text(data['model']) || state.model;
  const said = text(data['content']) ?? '';
  const requests = objects(data['toolRequests']);
  const isTold = number(data['outputTokens']) !== undefined;
  const output = count(data['outputTokens']);
  addOutput(state, model ?? '', output);
  emit({
    fact: 'message',
    key,
    place,
    model,
    tokens: { ...noTokens, output },
    // Nothing is paid for here: a shutdown tells the whole.
    charged: noTokens,
    outputFinal: isTold,
    stopReason: undefined,
    ...(!isTold && { outputChars: said.length + JSON.stringify(requests).length }),
  });
  const thought = text(data['reasoningText']);
  if (thought) emit({ fact: 'entry', key: `${key}|thinking`, kind: 'thinking', place, text: thought });
  if (said) emit({ fact: 'entry', key: `${key}|answer`, kind: 'answer', place, text: said });
  for (const request of requests) {
    const id = text(request['toolCallId']);
    const name = text(request['name']);
    if (id && name !== undefined)
      readCall(reading, { id, name, input: request['arguments'], message: key }, place);
  }
}

export function readAbort(reading: Reading): void {
  const words = text(reading.data['reason']) ?? '';
  const place = placeOf(reading);
  reading.emit({ fact: 'entry', key: keyOf(reading), kind: 'interruption', place, text: words });
}

export function readNote(reading: Reading, kind: 'note' | 'api_error', field: string): void {
  const words = text(reading.data[field]);
  const place = placeOf(reading);
  if (words) reading.emit({ fact: 'entry', key: keyOf(reading), kind, place, text: words });
}

export function readSkill(reading: Reading): void {
  const { data, emit } = reading;
  emit({
    fact: 'entry',
    key: `${keyOf(reading)}|skill`,
    kind: 'skill',
    place: placeOf(reading),
    text: text(data['name']) ?? '',
    detail: { chars: (text(data['content']) ?? '').length },
  });
}

export function readCompaction(reading: Reading): void {
  const { data, emit } = reading;
  if (data['success'] === false) return;
  emit({
    fact: 'entry',
    key: keyOf(reading),
    kind: 'compaction',
    place: placeOf(reading),
    text: text(data['summaryContent']) ?? '',
    detail: { preTokens: number(data['preCompactionTokens']) },
  });
}
