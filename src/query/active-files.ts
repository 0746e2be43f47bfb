// The files that a session changed lately, by its edits, and by its commands where checkpoints tell whose doing a change was;
// and those that it is about to change.
import path from 'node:path';
import type { Db } from '../store/index.ts';
import { pendingOf } from './active-waiting.ts';
import { iso } from './rows.ts';

export interface ActiveFile {
  readonly path: string;
  readonly at: string | null;
  /** A call that has no result yet will change it: it may wait for leave. */
  readonly pending: boolean;
}

const lately = 60 * 60_000;

/** The latest first. `folder`: where the session works, to which paths may be relative. */
export function recentFiles(db: Db, session: string, folder: string | null, now: number): ActiveFile[] {
  const changed = db
    .prepare<[string, number], { path: string; at: number }>(
      `SELECT c.path, max(o.at) AS at FROM operation o JOIN change c ON c.operation = o.id
       WHERE o.session = ? AND o.at >= ? GROUP BY c.path ORDER BY max(o.at) DESC, c.path`,
    )
    .all(session, now - lately)
    .map((one) => ({ path: one.path, at: iso(one.at), pending: false }));
  const coming = pendingOf(db, session)
    .filter((one) => one.type === 'write')
    .flatMap(({ target, at }) => (target ?? '').split('\n').map((file) => ({ file, at })))
    .filter(({ file }) => file !== '' && (folder !== null || path.isAbsolute(file)))
    .map(({ file, at }) => ({ path: path.resolve(folder ?? '/', file), at: iso(at), pending: true }));
  const first = new Map<string, ActiveFile>();
  for (const one of [...coming, ...changed]) if (!first.has(one.path)) first.set(one.path, one);
  return [...first.values()];
}
