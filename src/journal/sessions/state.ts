// As what a session stands that is kept by hand, and which ones are active beside it.
import { ClewError, sessionState, shortId } from '../../model/index.ts';
import type { SessionState } from '../../model/index.ts';
import { statusOfSession } from '../../query/index.ts';
import type { Moment } from '../../query/index.ts';
import type { Db } from '../../store/index.ts';

export interface KeptState extends SessionState {
  /** The id that it has by hand, under which its further steps are recorded. */
  readonly kept: string;
  readonly project: string | null;
  readonly agentType: string | null;
  readonly agentName: string | null;
  readonly goal: string | null;
  readonly parallel: boolean;
}

interface Kept {
  readonly id: string;
  readonly kept: string;
  readonly project: string | null;
  readonly agent_type: string | null;
  readonly agent_name: string | null;
  readonly goal: string | null;
}

const columns = 'id, kept, project, agent_type, agent_name, goal';

/** Throws BAD_INPUT for a session that only an agent's own records tell of: it is not ended by hand. */
export function stateOf(db: Db, id: string): KeptState {
  const row = db
    .prepare<[string], Kept>(`SELECT ${columns} FROM session WHERE id = ? AND kept IS NOT NULL`)
    .get(id);
  if (!row)
    throw new ClewError(
      'BAD_INPUT',
      `session ${shortId(id)} was not started by hand`,
      'its agent begins and ends it; `clew session list` shows those that are kept by hand',
    );
  const steps = db
    .prepare<[string], { subject: string; at: number; data: string | null }>(
      "SELECT subject, at, data FROM record WHERE told = ? AND kind = 'session' ORDER BY at, source, pos",
    )
    .all(row.kept)
    .map((one) => ({ ...one, data: JSON.parse(one.data ?? 'null') as { parallel?: boolean } | null }));
  const state = sessionState(steps);
  if (!state) throw new Error(`session ${row.kept} has no start`);
  return {
    ...state,
    kept: row.kept,
    project: row.project,
    agentType: row.agent_type,
    agentName: row.agent_name,
    goal: row.goal,
    parallel: steps.some((one) => one.subject === 'start' && one.data?.parallel === true),
  };
}

/** Sessions kept by hand of the same project and agent that are active, but for those whose agent is known to be gone. */
export function activeLike(
  db: Db,
  moment: Moment,
  like: { readonly project: string; readonly agentType: string; readonly agentName: string | null },
): readonly { readonly id: string; readonly goal: string | null; readonly startedAt: number }[] {
  return db
    .prepare<unknown[], { id: string; goal: string | null; startedAt: number }>(
      `SELECT id, goal, started_at AS startedAt FROM session
       WHERE state = 'active' AND project = ? AND agent_type = ? AND agent_name IS ? ORDER BY started_at DESC, id`,
    )
    .all(like.project, like.agentType, like.agentName)
    .filter(({ id }) => statusOfSession(db, id, moment) === 'active');
}
