// The conversation as the agent had it before it when the session ended: with what a fork copied of its parent, which
// the timeline leaves to the parent.
import type { Db } from '../store/index.ts';
import { timelineOf } from './timeline.ts';
import type { TimelineEntry } from './types.ts';

/** Entries in order, those inherited included; calls without a result are `pending`, whether the session is over or not. */
export function conversationOf(db: Db, session: string): TimelineEntry[] {
  const own = timelineOf(db, session, false).entries;
  const inherited = db
    .prepare<[string, string], { key: string; session: string }>(
      'SELECT e.key, e.session FROM copy c JOIN entry e ON e.key = c.key WHERE c.session = ? AND e.session <> ?',
    )
    .all(session, session);
  if (inherited.length === 0) return [...own];
  const keys = new Set(inherited.map((row) => row.key));
  const parents = new Set(inherited.map((row) => row.session));
  return [...parents]
    .flatMap((parent) => timelineOf(db, parent, false).entries.filter((entry) => keys.has(entry.key)))
    .concat(own)
    .toSorted((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
}

/** Tokens that the last request of the main agent put before the model; null where there was none. */
export function contextAtEnd(db: Db, session: string): number | null {
  const row = db
    .prepare<{ session: string }, { tokens: number }>(
      `SELECT input + cache_read + cache_write_5m + cache_write_1h AS tokens FROM (
         SELECT at, pos, input, cache_read, cache_write_5m, cache_write_1h FROM message WHERE session = @session AND run = @session
         UNION ALL
         SELECT at, pos, input, cache_read, cache_write_5m, cache_write_1h FROM message_copy WHERE session = @session AND run = @session)
       WHERE tokens > 0 ORDER BY at DESC, pos DESC LIMIT 1`,
    )
    .get({ session });
  return row?.tokens ?? null;
}
