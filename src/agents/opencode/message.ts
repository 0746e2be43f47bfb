// Messages: one of the agent's is one response of the API. What was said and done stands in their parts.
import { noTokens } from '../../model/index.ts';
import { number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { briefOf } from './record-lines.ts';
import { messageKey, oddity, placeOf, sessionOf, timeOf, turnOf } from './state.ts';
import type { Reading } from './state.ts';
import { costOf, tokensOf } from './usage.ts';

export function readMessage(reading: Reading): void {
  const { record, source, emit } = reading;
  const info = object(record.value['info']);
  const role = text(info?.['role']);
  if (!info || role === undefined) {
    oddity(reading, 'wrong-shape', 'message.info');
    return;
  }
  if (role !== 'user' && role !== 'assistant') {
    oddity(reading, 'unknown-type', `message of ${role}`);
    return;
  }
  const brief = briefOf(record.value['id'], info);
  const key = messageKey(reading, brief);
  const time = object(info['time']);
  const session = sessionOf(source);
  for (const at of [timeOf(time?.['created']), timeOf(time?.['completed'])])
    if (at !== undefined)
      emit({ fact: 'session', session, at, pos: record.pos, name: 'activity', value: '' });
  if (role === 'assistant') readResponse(reading, info, brief, key);
}

function readResponse(reading: Reading, info: Json, brief: Json, key: string): void {
  const place = placeOf(reading, timeOf(brief['created']), turnOf(reading, brief));
  const usage = object(info['tokens']);
  if (!usage) oddity(reading, 'wrong-shape', 'message.tokens');
  const stopReason = text(info['finish']);
  const reportedCost = costOf(info['cost']);
  reading.emit({
    fact: 'message',
    key,
    place,
    model: text(info['modelID']) ?? text(object(info['model'])?.['modelID']),
    tokens: usage ? tokensOf(usage) : noTokens,
    // Counts are written when the response has ended, until then they are 0.
    outputFinal: stopReason !== undefined,
    stopReason,
    ...(reportedCost !== undefined && { reportedCost }),
  });
  const error = object(info['error']);
  if (error) readError(reading, error, key, timeOf(object(info['time'])?.['completed']), place.turn);
}

function readError(
  reading: Reading,
  error: Json,
  key: string,
  at: number | undefined,
  turn: string | undefined,
): void {
  const name = text(error['name']) ?? 'error';
  const data = object(error['data']);
  const words = text(data?.['message']) || name;
  const place = placeOf(reading, at, turn);
  if (name === 'MessageAbortedError')
    reading.emit({ fact: 'entry', key: `${key}|end`, kind: 'interruption', place, text: words });
  else
    reading.emit({
      fact: 'entry',
      key: `${key}|end`,
      kind: 'api_error',
      place,
      text: words,
      detail: { type: name, status: number(data?.['statusCode']) },
    });
}
