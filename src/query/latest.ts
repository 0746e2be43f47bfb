// The session that somebody means who names none.
import path from 'node:path';
import type { Db } from '../store/index.ts';

/**
 * The latest session of the project that a folder belongs to, the innermost where projects lie within each other. `captured`:
 * only one that an agent wrote, as what is kept by hand alone holds no conversation to go on with; `told`: that, or one of which
 * something was recorded by hand.
 */
export function latestSessionIn(
  db: Db,
  folder: string,
  except = '',
  of: keyof typeof conditions = 'any',
): string | undefined {
  const above: string[] = [];
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    above.push(at);
    if (at === path.dirname(at)) break;
  }
  const marks = above.map(() => '?').join(',');
  return db
    .prepare<unknown[], { id: string }>(
      `SELECT id FROM session WHERE id <> ? AND ${conditions[of]} AND (workspace IN (${marks}) OR project IN (${marks}))
       ORDER BY length(CASE WHEN project IN (${marks}) THEN project ELSE workspace END) DESC, ended_at DESC, id LIMIT 1`,
    )
    .get(except, ...above, ...above, ...above)?.id;
}

const conditions = {
  any: '1',
  captured: 'kept IS NOT id',
  told: `(kept IS NOT id OR EXISTS (SELECT 1 FROM record r
    WHERE r.session = session.id AND r.kind NOT IN ('session', 'context')))`,
};

/** The latest session of all. */
export const latestSession = (db: Db): string | undefined =>
  db.prepare<[], { id: string }>('SELECT id FROM session ORDER BY ended_at DESC, id LIMIT 1').get()?.id;
