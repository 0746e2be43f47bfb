// Records events of the activity log: checked first, and all of them, so that of many either all are kept or none.
import { randomUUID } from 'node:crypto';
import {
  checkEvent,
  eventKey,
  eventText,
  knownEvents,
  problemText,
  sessionInEvents,
  sessionOfEvents,
  timeOfEvent,
} from '../model/events/index.ts';
import type { ActivityEvent, EventType } from '../model/events/index.ts';
import { ClewError } from '../model/index.ts';
import type { Context } from '../model/index.ts';
import type { NewRecord, Recorder } from './recorder.ts';

type Base = 'timestamp' | 'session_id' | 'event_id';
type Given<E extends ActivityEvent> = E extends ActivityEvent
  ? Omit<E, Base> & Partial<Pick<E, Base>>
  : never;
/** An event as it is handed in: its time, session and id may be left out, and further fields are kept. */
export type NewEvent<T extends EventType = EventType> = Given<Extract<ActivityEvent, { event_type: T }>> & {
  readonly [field: string]: unknown;
};

export interface EventOptions {
  /** The session, where the event names none; without this what `CLEW_SESSION_ID` names, else `session_default`. */
  readonly session?: string | undefined;
  /** The event that these came of, by the id that recording it gave, where they name none. */
  readonly parent?: string | undefined;
}

export interface EventRecorder {
  /** Gives the ids, in order. Throws BAD_INPUT with all that is wrong, NO_SPACE; then nothing was recorded. */
  record(events: readonly Readonly<Record<string, unknown>>[], options?: EventOptions): string[];
}

export function createEventRecorder(context: Context, recorder: Recorder): EventRecorder {
  const known = knownEvents(undefined);
  const introduced = new Set<string>();

  /** Sessions that nobody else tells of are told of with their first event. */
  function introduction(session: string): NewRecord['values'] {
    if (!session.startsWith('session_') || introduced.has(session)) return undefined;
    introduced.add(session);
    return { agent: 'subagent-tracking', machine: context.machine, workspace: context.cwd };
  }

  function recordOf(event: ActivityEvent, isNamed: boolean): NewRecord {
    const { event_id: name, parent_event_id: parent } = event;
    const session = sessionOfEvents(event.session_id);
    const id = isNamed ? eventKey(session, name, event) : name;
    known.note(session, name, id);
    return {
      kind: 'event',
      id,
      at: timeOfEvent(event.timestamp),
      session,
      subject: event.event_type,
      parent: parent && (known.find(session, parent) ?? parent),
      by: 'agent' in event ? event.agent : undefined,
      text: eventText(event),
      data: event,
      values: introduction(session),
    };
  }

  return {
    record(events, { session, parent } = {}) {
      const now = new Date(context.now()).toISOString();
      const usual = sessionInEvents(session ?? (context.env['CLEW_SESSION_ID'] || undefined));
      const problems: string[] = [];
      const checked: ActivityEvent[] = [];
      for (const [i, given] of events.entries()) {
        const { event, problems: wrong } = checkEvent({
          ...given,
          timestamp: given['timestamp'] ?? now,
          session_id: given['session_id'] ?? usual,
          event_id: given['event_id'] ?? `evt_${randomUUID()}`,
          parent_event_id: given['parent_event_id'] ?? parent,
        });
        if (event) checked.push(event);
        else for (const one of wrong) problems.push(`${nameOf(given, i, events.length)}${problemText(one)}`);
      }
      if (problems.length > 0) throw badEvents(problems);
      return recorder.recordAll(
        checked.map((event, i) => recordOf(event, (events[i]?.['event_id'] ?? undefined) !== undefined)),
      );
    },
  };
}

const nameOf = (given: Readonly<Record<string, unknown>>, i: number, of: number): string =>
  `${of > 1 ? `event ${i + 1}, ` : ''}${typeof given['event_type'] === 'string' ? given['event_type'] : 'event'}: `;

const badEvents = (problems: readonly string[]): ClewError =>
  new ClewError(
    'BAD_INPUT',
    problems.join('\n'),
    'nothing was recorded; docs/events.md has the types and their fields',
  );
