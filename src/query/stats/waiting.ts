// How long agents waited for the user: from the last thing done in a turn to the next prompt.
import type { Db } from '../../store/index.ts';
import { whereSession } from '../filter.ts';
import type { SessionStats, StatsFilter } from './types.ts';

/** A longer pause is no waiting: nobody was there. */
const longestWait = 30 * 60_000;

export function waiting(db: Db, filter: StatsFilter): Pick<SessionStats, 'waiting' | 'away'> {
  const where = whereSession(filter);
  // `notification` begins a turn, but nobody typed it.
  const gaps = db
    .prepare<unknown[], { kind: string; gap: number }>(
      `SELECT kind, gap FROM (
         SELECT e.kind, e.at, e.at - lag(e.at) OVER (PARTITION BY e.session ORDER BY e.at, e.pos) AS gap
         FROM session s JOIN entry e ON e.session = s.id
         WHERE ${where.sql} AND e.at > 0 AND e.run = e.session AND e.kind NOT IN ('note', 'attachment', 'skill'))
       WHERE gap > 0 AND kind IN ('prompt', 'command', 'shell') AND at >= ? AND at <= ?`,
    )
    .all(...where.values, filter.since ?? 0, filter.until ?? Number.MAX_SAFE_INTEGER)
    .map((row) => row.gap);
  const waits = gaps.filter((gap) => gap <= longestWait).toSorted((a, b) => a - b);
  return {
    waiting: {
      times: waits.length,
      total: waits.reduce((n, gap) => n + gap, 0),
      median: waits[Math.floor((waits.length - 1) / 2)] ?? null,
    },
    away: gaps.filter((gap) => gap > longestWait).reduce((n, gap) => n + gap, 0),
  };
}
