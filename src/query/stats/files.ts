// Files that were changed most, and those that were hard to change; skills that were loaded.
import type { Db } from '../../store/index.ts';
import { whereSession } from '../filter.ts';
import { iso } from '../rows.ts';
import type { FileStats, SkillStats, StatsFilter } from './types.ts';

const until = (filter: StatsFilter): number => filter.until ?? Number.MAX_SAFE_INTEGER;

export function fileStats(db: Db, filter: StatsFilter, count: number): FileStats[] {
  const where = whereSession(filter);
  const failed = db.prepare<unknown[], { path: string; n: number }>(
    `SELECT e.text AS path, count(*) AS n FROM session s JOIN operation o ON o.session = s.id JOIN entry e ON e.key = o.id
     WHERE ${where.sql} AND o.type = 'write' AND o.status = 'failed' AND o.at >= ? AND o.at <= ? GROUP BY e.text`,
  );
  const bounds = [...where.values, filter.since ?? 0, until(filter)];
  const failures = new Map(failed.all(...bounds).map((row) => [row.path, row.n]));
  return db
    .prepare<unknown[], Omit<FileStats, 'failed'>>(
      `SELECT c.path, count(*) AS changes, count(DISTINCT o.session) AS sessions, sum(c.added) AS added, sum(c.removed) AS removed
       FROM session s JOIN operation o ON o.session = s.id JOIN change c ON c.operation = o.id
       WHERE ${where.sql} AND o.at >= ? AND o.at <= ? GROUP BY c.path ORDER BY changes DESC, added + removed DESC, c.path LIMIT ?`,
    )
    .all(...bounds, count)
    .map((row) => ({ ...row, failed: failures.get(row.path) ?? 0 }));
}

export function skillStats(db: Db, filter: StatsFilter): SkillStats[] {
  const where = whereSession(filter);
  return db
    .prepare<unknown[], { name: string; uses: number; sessions: number; last: number }>(
      `SELECT e.text AS name, count(*) AS uses, count(DISTINCT e.session) AS sessions, max(e.at) AS last
       FROM session s JOIN entry e ON e.session = s.id
       WHERE ${where.sql} AND e.kind = 'skill' AND e.at >= ? AND e.at <= ? GROUP BY e.text ORDER BY uses DESC, name`,
    )
    .all(...where.values, filter.since ?? 0, until(filter))
    .map(({ last, ...row }) => ({ ...row, lastAt: iso(last) }));
}
