// Checks an event: all that is wrong is told at once, field by field, and what is right is put into the form in which events are
// kept. Nothing is dropped and nothing guessed.
import { completed } from './complete.ts';
import { baseFields, eventTypeNames, eventTypes, isEventType } from './types.ts';
import type { ActivityEvent, Fields } from './types.ts';

export interface EventProblem {
  readonly field: string;
  /** What stands there, as JSON, cut where it is long; undefined where nothing does. */
  readonly met: string | undefined;
  /** In words. */
  readonly wanted: string;
}

export type CheckedEvent =
  | { readonly event: ActivityEvent; readonly problems?: undefined }
  | { readonly event?: undefined; readonly problems: readonly EventProblem[] };

/** Nulls are left out; fields that the type does not know are kept as they are. */
export function checkEvent(given: Readonly<Record<string, unknown>>): CheckedEvent {
  const type = typeof given['event_type'] === 'string' ? given['event_type'].trim() : given['event_type'];
  if (!isEventType(type))
    return { problems: [problem('event_type', type, `one of ${eventTypeNames.join(', ')}`)] };
  const problems: EventProblem[] = [];
  const told = completed(type, given);
  const event: Record<string, unknown> = { event_type: type };
  readFields(baseFields, told, event, problems);
  readFields(eventTypes[type], told, event, problems);
  for (const name of Object.keys(told))
    if (!(name in event) && told[name] !== null && told[name] !== undefined) event[name] = told[name];
  // What is read field by field is what the type says.
  return problems.length > 0 ? { problems } : { event: event as unknown as ActivityEvent };
}

function readFields(
  fields: Fields,
  told: Readonly<Record<string, unknown>>,
  event: Record<string, unknown>,
  problems: EventProblem[],
): void {
  for (const name in fields) {
    const field = fields[name]!;
    const value = told[name];
    if (value === undefined || (value === null && !field.takesNull)) {
      if (field.fallback !== undefined) event[name] = field.fallback;
      else if (field.needed) problems.push(problem(name, undefined, field.wanted));
      continue;
    }
    const read = field.read(value);
    if (read === undefined) problems.push(problem(name, value, field.wanted));
    else event[name] = read;
  }
}

const maxShown = 80;

function problem(field: string, value: unknown, wanted: string): EventProblem {
  const shown = value === undefined ? undefined : (JSON.stringify(value) ?? typeof value);
  const met = shown !== undefined && shown.length > maxShown ? `${shown.slice(0, maxShown)}…` : shown;
  return { field, met, wanted };
}

/** In a sentence: `confidence is 1.5; wanted is a number from 0 to 1`. */
export const problemText = ({ field, met, wanted }: EventProblem): string =>
  `${field} ${met === undefined ? 'is missing' : `is ${met}`}; wanted is ${wanted}`;
