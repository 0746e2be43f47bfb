// The files that a session changed lately: by its edits, and by its commands where checkpoints tell these apart.
import path from 'node:path';
import type { Db } from '../store/index.ts';
import { iso } from './rows.ts';

export interface ActiveFile {
  readonly path: string;
  readonly at: string | null;
}

const lately = 60 * 60_000;

export function recentFiles(db: Db, session: string, now: number): ActiveFile[] {
  const since = now - lately;
  const edited = db
    .prepare<[string, number], { path: string; at: number }>(
      `SELECT c.path, max(o.at) AS at FROM operation o JOIN change c ON c.operation = o.id
       WHERE o.session = ? AND o.at >= ? AND o.status NOT IN ('blocked', 'failed') GROUP BY c.path`,
    )
    .all(session, since);
  // What several did at once is nobody's for certain.
  const seen = db
    .prepare<[string, number], { root: string; path: string; at: number }>(
      `SELECT k.root, e.path, max(o.at) AS at FROM operation o
       JOIN effect_of f ON f.operation = o.id
       JOIN effect e ON e.checkpoint = f.checkpoint AND e.path = f.path
       JOIN checkpoint k ON k.id = e.checkpoint
       WHERE o.session = ? AND o.at >= ? AND e.by = 'operation' GROUP BY k.root, e.path`,
    )
    .all(session, since)
    .map((row) => ({ path: path.join(row.root, row.path), at: row.at }));
  const latest = new Map<string, number>();
  for (const file of [...edited, ...seen])
    latest.set(file.path, Math.max(file.at, latest.get(file.path) ?? 0));
  return [...latest]
    .toSorted(([a, at], [b, bt]) => bt - at || (a < b ? -1 : 1))
    .map(([file, at]) => ({ path: file, at: iso(at) }));
}
