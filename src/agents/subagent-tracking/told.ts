// What a line of a log tells: one of the seventeen events, something else that the event bus has a name for, or what is wrong
// with it.
import { checkEvent, isEventType, sessionInEvents } from '../../model/events/index.ts';
import type { ActivityEvent, EventProblem } from '../../model/events/index.ts';
import { hashOf, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { busEvent, busNames } from './bus.ts';
import type { BusName, Invoked } from './bus.ts';
import { flattened, isNested, nameOf, ofVariant } from './flat.ts';

export type Told =
  | { readonly event: ActivityEvent; readonly isEcho: boolean }
  | {
      readonly other: string;
      readonly line: Json;
      readonly session: string;
      readonly metric: string | undefined;
    }
  /** In words. */
  | { readonly wrong: readonly string[] }
  | { readonly unknown: string };

/** `session`: of the file. `invoked`: what is known of an agent at work. */
export function toldBy(
  given: Json,
  session: string | undefined,
  invoked: (session: string, agent: string) => Invoked | undefined,
): Told {
  const name = nameOf(given);
  if (name === undefined) return { unknown: 'no type' };
  const line = 'event_type' in given ? given : ofVariant(given);
  const bus = Object.hasOwn(busNames, name) ? busNames[name] : undefined;
  if (!bus && !isEventType(name)) return { unknown: name.slice(0, 80) };
  // These vocabularies have no ids, and sessions that are called as their user likes.
  const isLoose =
    bus !== undefined || isNested(line) || (line['trace_id'] !== undefined && !line['event_id']);
  const whole = isLoose
    ? {
        ...line,
        event_id: line['event_id'] ?? `evt_${hashOf(JSON.stringify(given)).slice(0, 12)}`,
        session_id: sessionInEvents(text(line['session_id']) ?? session),
      }
    : line;
  if (bus) return ofBus(name, bus, whole, invoked);
  return checked(name, isNested(whole) ? flattened(whole) : whole);
}

function ofBus(name: string, bus: BusName, line: Json, invoked: Parameters<typeof toldBy>[2]): Told {
  const missing = bus.needed.filter((field) => line[field] === undefined || line[field] === null);
  if (missing.length > 0) return { wrong: missing.map((field) => `${name}.${field} is missing`) };
  const session = text(line['session_id']) ?? '';
  const event = busEvent(name, bus, line, invoked(session, text(line['agent']) ?? ''));
  if (event) return checked(name, event, bus.isEcho);
  return { other: name, line, session, metric: bus.metric };
}

function checked(name: string, line: Json, isEcho = false): Told {
  const { event, problems } = checkEvent(line);
  return event ? { event, isEcho } : { wrong: problems.map((one) => wrongText(name, one)) };
}

/** Without the value, so that the same mistake in many lines is one. */
const wrongText = (name: string, { field, met, wanted }: EventProblem): string =>
  `${name}.${field} ${met === undefined ? 'is missing' : `is not ${wanted}`}`;
