// The events of the activity log, those recorded with clew and those read from logs, as they are asked for.
import { isEventType } from '../model/events/index.ts';
import type { Db } from '../store/index.ts';
import { where } from './records.ts';

export interface RecordedEvent {
  readonly id: string;
  readonly at: string;
  /** One of the seventeen types; or the name that another vocabulary has for it, where none of them fits. */
  readonly type: string;
  readonly session: string | null;
  /** The id of the event that it came of, where that is known. */
  readonly parent: string | null;
  readonly agent: string | null;
  /** In words. */
  readonly text: string;
  /** All its fields. */
  readonly event: Readonly<Record<string, unknown>>;
}

export interface EventFilter {
  /** A whole id. */
  readonly session?: string | undefined;
  readonly type?: string | undefined;
  readonly limit?: number | undefined;
}

/** The latest first. */
export function listEvents(db: Db, { session, type, limit = -1 }: EventFilter = {}): RecordedEvent[] {
  const [ofIt, ...ids] = where('r.session', session);
  const [isIt, ...types] = where('r.subject', type);
  return db
    .prepare<unknown[], StoredEvent>(
      `SELECT r.id, r.at, r.subject AS type, r.session, r.parent, r.by AS agent, r.text, r.data
       FROM record r WHERE r.kind = 'event' AND (${ofIt}) AND ${isIt}
       ORDER BY r.at DESC, r.source DESC, r.pos DESC LIMIT ?`,
    )
    .all(...ids, ...types, limit)
    .map(({ at, data, ...row }) => ({
      ...row,
      at: new Date(at).toISOString(),
      event: JSON.parse(data) as RecordedEvent['event'],
    }));
}

/** The events of a session as a log of them, in order: those of the seventeen types, as they were told. */
export const eventLog = (db: Db, session: string): string =>
  listEvents(db, { session })
    .filter((one) => isEventType(one.type))
    .toReversed()
    .map(({ event }) => `${JSON.stringify(event)}\n`)
    .join('');

interface StoredEvent extends Omit<RecordedEvent, 'at' | 'event'> {
  readonly at: number;
  readonly data: string;
}
