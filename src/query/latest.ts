// The session that somebody means who names none.
import path from 'node:path';
import type { Db } from '../store/index.ts';

/** The latest session of the project that a folder belongs to, the innermost first; or else the latest of all. */
export function latestSession(db: Db, cwd: string): string | undefined {
  const folders: string[] = [];
  for (let at = path.resolve(cwd); ; at = path.dirname(at)) {
    folders.push(at);
    if (at === path.dirname(at)) break;
  }
  const marks = folders.map(() => '?').join(',');
  const here = db
    .prepare<unknown[], { id: string }>(
      `SELECT id, max(CASE WHEN workspace IN (${marks}) THEN length(workspace) ELSE 0 END,
                     CASE WHEN project IN (${marks}) THEN length(project) ELSE 0 END) AS depth
       FROM session WHERE workspace IN (${marks}) OR project IN (${marks})
       ORDER BY depth DESC, ended_at DESC, id LIMIT 1`,
    )
    .get(...folders, ...folders, ...folders, ...folders);
  return (
    here ?? db.prepare<[], { id: string }>('SELECT id FROM session ORDER BY ended_at DESC, id LIMIT 1').get()
  )?.id;
}
