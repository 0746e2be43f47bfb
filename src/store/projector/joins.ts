// Joins a session that is kept by hand with the one that an agent wrote inside of it: what was recorded for the one moves to
// the other. Of several agents inside the first counts. Which it is depends on what is known alone, not on the order.
import type { Database } from 'better-sqlite3';
import type { Batch } from './batch.ts';

/** SQL: whether a session, given by the column or name, is kept by hand. */
const isKept = (session: string): string =>
  `EXISTS (SELECT 1 FROM record k WHERE k.told = ${session} AND k.kind = 'session' AND k.subject = 'start')`;

export function joinWriter(db: Database, batch: Batch) {
  // The sessions kept by hand that a change of this one may matter to: itself, and those that it was run inside of.
  const concerned = db.prepare<{ session: string }, { kept: string }>(
    `SELECT value AS kept FROM session_value WHERE session = @session AND name = 'recordedAs'
     UNION SELECT @session`,
  );
  // Without a sign of life or an entry of its own an agent's session is none: starts tell of ids that no later event has.
  const inside = db.prepare<{ kept: string }, { session: string }>(
    `SELECT v.session FROM session_value v
     WHERE v.name = 'recordedAs' AND v.value = @kept AND v.session <> @kept
       AND EXISTS (SELECT 1 FROM session_value n WHERE n.session = v.session AND n.name = 'agent')
       AND (EXISTS (SELECT 1 FROM session_value a WHERE a.session = v.session AND a.name = 'activity' AND a.last_at > 0)
         OR EXISTS (SELECT 1 FROM entry e LEFT JOIN record r ON r.id = e.key
           WHERE e.session = v.session AND (r.id IS NULL OR r.told = v.session)))
       AND ${isKept('@kept')} AND NOT ${isKept('v.session')}
     ORDER BY v.first_at = 0, v.first_at, v.session LIMIT 1`,
  );
  const known = db.prepare<[string], { session: string }>('SELECT session FROM joined WHERE recorded = ?');
  const setJoined = db.prepare('INSERT OR REPLACE INTO joined(recorded, session) VALUES (?,?)');
  const dropJoined = db.prepare('DELETE FROM joined WHERE recorded = ?');
  const moveRecords = db.prepare('UPDATE record SET session = @to WHERE told = @kept AND session <> @to');
  const moveEntries = db.prepare(
    `UPDATE entry SET session = @to,
       run = coalesce(nullif((SELECT r.run FROM record r WHERE r.id = entry.key), @kept), @to)
     WHERE key IN (SELECT id FROM record WHERE told = @kept) AND session <> @to`,
  );

  return {
    /** Call when owners are found, before sessions are derived. */
    settle(): void {
      const kept = new Set(
        [...batch.sessions].flatMap((session) => concerned.all({ session }).map((row) => row.kept)),
      );
      for (const one of kept) {
        const before = known.get(one)?.session;
        const now = inside.get({ kept: one })?.session;
        if (before !== now) {
          if (now === undefined) dropJoined.run(one);
          else setJoined.run(one, now);
        } else if (now === undefined) continue;
        const to = now ?? one;
        moveRecords.run({ kept: one, to });
        moveEntries.run({ kept: one, to });
        for (const session of [one, before, now]) if (session !== undefined) batch.sessions.add(session);
      }
    },
  };
}
