// Operations, and the prompts that they were an answer to.
import { turnKinds } from '../../model/index.ts';
import type { OperationStatus, OperationType } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import type { WhyOperation, WhyPrompt } from './types.ts';

interface Row {
  readonly id: string;
  readonly session: string;
  readonly run: string;
  readonly turn: string | null;
  readonly name: string;
  readonly type: string;
  readonly target: string | null;
  readonly at: number;
  readonly status: string;
}

/** Those of these ids that are known, in order of time. */
export function operationsNamed(db: Db, ids: readonly string[]): WhyOperation[] {
  return db
    .prepare<[string], Row>(
      `SELECT o.id, o.session, o.run, o.turn, o.name, o.type, e.text AS target, o.at, o.status
       FROM operation o LEFT JOIN entry e ON e.key = o.id
       WHERE o.id IN (SELECT value FROM json_each(?)) AND o.name <> '' ORDER BY o.at, o.id`,
    )
    .all(JSON.stringify(ids))
    .map((row) => ({
      id: row.id,
      session: row.session,
      turn: row.turn ?? turnOfRun(db, row),
      name: row.name,
      type: row.type as OperationType,
      target: row.target ?? '',
      at: timeText(row.at),
      status: row.status as OperationStatus,
      paths: db
        .prepare<[string], string>('SELECT path FROM change WHERE operation = ? ORDER BY path')
        .pluck()
        .all(row.id),
    }));
}

export const timeText = (at: number): string | null => (at === 0 ? null : new Date(at).toISOString());

/** A subagent's operation belongs to the turn in which the subagent was started, through all levels. */
function turnOfRun(db: Db, { session, run, at }: Row): string | null {
  const start = db.prepare<[string, string], { run: string; turn: string | null }>(
    'SELECT o.run, o.turn FROM run r JOIN operation o ON o.id = r.operation WHERE r.session = ? AND r.id = ?',
  );
  const seen = new Set<string>();
  for (let one = run; !seen.has(one);) {
    seen.add(one);
    const above = start.get(session, one);
    if (!above) break;
    if (above.turn !== null) return above.turn;
    one = above.run;
  }
  return turnAt(db, session, at);
}

/** The last prompt that was given by then. */
export function turnAt(db: Db, session: string, at: number): string | null {
  const found = db
    .prepare<unknown[], { key: string }>(
      `SELECT key FROM entry WHERE session = ? AND at <= ? AND run = session
         AND kind IN (${turnKinds.map(() => '?').join(',')}) ORDER BY at DESC, pos DESC LIMIT 1`,
    )
    .get(session, at, ...turnKinds);
  return found?.key ?? null;
}

export function promptsOf(db: Db, turns: readonly string[]): WhyPrompt[] {
  return db
    .prepare<[string], { key: string; session: string; at: number; text: string }>(
      `SELECT key, session, at, text FROM entry WHERE key IN (SELECT value FROM json_each(?)) ORDER BY at, pos, key`,
    )
    .all(JSON.stringify(turns))
    .map(({ key, session, at, text }) => ({ turn: key, session, at: timeText(at), text }));
}
