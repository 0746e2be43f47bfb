// What is said of sessions by hand: which are kept so, as what they stand, and which are joined with an agent's own.
import type { Database } from 'better-sqlite3';
import { sessionState } from '../../model/index.ts';
import type { SessionState } from '../../model/index.ts';

export interface KeptSession extends SessionState {
  /** The id that it has by hand. */
  readonly id: string;
}

export function keptSessions(db: Database) {
  const steps = db.prepare<[string], { subject: string; at: number; data: string | null }>(
    "SELECT subject, at, data FROM record WHERE told = ? AND kind = 'session' ORDER BY at, source, pos",
  );
  const joined = db
    .prepare<[string], string>('SELECT recorded FROM joined WHERE session = ? ORDER BY recorded')
    .pluck();
  const isJoined = db.prepare('SELECT 1 FROM joined WHERE recorded = ?');

  function stateOf(id: string): KeptSession | undefined {
    const rows = steps.all(id);
    const state = sessionState(
      rows.map((row) => ({ ...row, data: JSON.parse(row.data ?? 'null') as unknown })),
    );
    return state && { ...state, id };
  }

  return {
    /** True for a session whose row is that of the agent's own. */
    isJoined: (id: string): boolean => isJoined.get(id) !== undefined,
    joinedTo: (session: string): string[] => joined.all(session),
    /** As what the session stands by hand; of several that are joined with it, the latest. Undefined where it is not kept so. */
    stateOf: (session: string): KeptSession | undefined =>
      [session, ...joined.all(session)]
        .flatMap((id) => stateOf(id) ?? [])
        .toSorted((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1))[0],
  };
}
