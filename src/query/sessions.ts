// Lists of sessions.
import type { Db } from '../store/index.ts';
import { whereSession } from './filter.ts';
import { sessionRow, statusOf } from './rows.ts';
import type { Moment, StoredSession } from './rows.ts';
import type { SessionFilter, SessionRow, SessionStatus } from './types.ts';

/** Sessions that match, the latest first. Without a limit, all. */
export function listSessions(db: Db, moment: Moment, filter: SessionFilter = {}): SessionRow[] {
  const { sql, values } = whereSession(filter);
  const rows: SessionRow[] = [];
  const limit = filter.limit ?? Infinity;
  const query = db.prepare<unknown[], StoredSession>(
    `SELECT s.* FROM session s WHERE ${sql} ORDER BY s.ended_at DESC, s.id`,
  );
  for (const stored of query.iterate(...values)) {
    if (rows.length >= limit) break;
    const row = sessionRow(stored, moment);
    if (filter.status === undefined || row.status === filter.status) rows.push(row);
  }
  return rows;
}

/** Undefined for a session that is not known. */
export function statusOfSession(db: Db, id: string, moment: Moment): SessionStatus | undefined {
  const row = db.prepare<[string], StoredSession>('SELECT * FROM session WHERE id = ?').get(id);
  return row && statusOf(row, moment);
}
