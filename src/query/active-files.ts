// The files that a session changed lately: by its edits, and by its commands where checkpoints tell whose doing a change was.
import type { Db } from '../store/index.ts';
import { iso } from './rows.ts';

export interface ActiveFile {
  readonly path: string;
  readonly at: string | null;
}

const lately = 60 * 60_000;

export const recentFiles = (db: Db, session: string, now: number): ActiveFile[] =>
  db
    .prepare<[string, number], { path: string; at: number }>(
      `SELECT c.path, max(o.at) AS at FROM operation o JOIN change c ON c.operation = o.id
       WHERE o.session = ? AND o.at >= ? GROUP BY c.path ORDER BY max(o.at) DESC, c.path`,
    )
    .all(session, now - lately)
    .map(({ path, at }) => ({ path, at: iso(at) }));
