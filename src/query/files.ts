// Who changed which file, when, and in which operation.
import path from 'node:path';
import type { Db } from '../store/index.ts';
import { whereSession } from './filter.ts';
import { iso } from './rows.ts';
import type { FileSummary, FileTouch, SessionFilter } from './types.ts';

/** All files that operations changed, the latest first. */
export function changedFiles(db: Db, filter: SessionFilter = {}): FileSummary[] {
  const where = whereSession(filter);
  return db
    .prepare<unknown[], Omit<FileSummary, 'lastAt'> & { last: number }>(
      `SELECT c.path, count(*) AS changes, count(DISTINCT o.session) AS sessions, sum(c.added) AS added, sum(c.removed) AS removed, max(o.at) AS last
       FROM change c JOIN operation o ON o.id = c.operation JOIN session s ON s.id = o.session
       WHERE ${where.sql} GROUP BY c.path ORDER BY last DESC, c.path LIMIT ?`,
    )
    .all(...where.values, filter.limit ?? -1)
    .map(({ last, ...row }) => ({ ...row, lastAt: iso(last) }));
}

interface Stored extends Omit<FileTouch, 'at'> {
  readonly time: number;
}

/** The changes of one file or of all below a folder, the latest first. A relative path is also matched at the end of longer ones. */
export function fileHistory(db: Db, given: string, cwd: string, filter: SessionFilter = {}): FileTouch[] {
  const where = whereSession(filter);
  const full = path.resolve(cwd, given);
  const folder = full.endsWith(path.sep) ? full : full + path.sep;
  const end = `/${given.replace(/^\.?\//, '')}`;
  return db
    .prepare<unknown[], Stored>(
      `SELECT c.path, c.kind, o.at AS time, o.session, s.title, s.agent, o.run, o.id AS operation, o.name AS tool, o.status, c.added, c.removed
       FROM change c JOIN operation o ON o.id = c.operation JOIN session s ON s.id = o.session
       WHERE (c.path = ? OR c.path = ? OR substr(c.path, 1, ?) = ? OR substr(c.path, -?) = ?) AND ${where.sql}
       ORDER BY o.at DESC, o.id, c.path LIMIT ?`,
    )
    .all(full, given, folder.length, folder, end.length, end, ...where.values, filter.limit ?? -1)
    .map(({ time, ...row }) => ({ ...row, at: iso(time) }));
}
