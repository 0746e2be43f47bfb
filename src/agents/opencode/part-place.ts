// A part together with its message, and where it stands.
import type { Place } from '../../model/index.ts';
import { object } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { placeOf, timeOf, turnOf } from './state.ts';
import type { Reading } from './state.ts';

/** A part, the message that it is of, and that message's key. */
export interface PartReading extends Reading {
  readonly part: Json;
  readonly message: Json;
  readonly key: string;
}

/** Where a part stands; parts of the user's messages have no times of their own. */
export function placeOfPart(reading: PartReading, at?: number): Place {
  const { part, message } = reading;
  const started = timeOf(object(part['time'])?.['start']);
  return placeOf(reading, at ?? started ?? timeOf(message['created']), turnOf(reading, message));
}
