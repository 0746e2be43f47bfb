// Agents that no hook tells of. Of those whose records clew reads, their calls are found by time, and a change that came meanwhile
// may be theirs or the user's. Of one whose session is kept by hand not even that is known: while it is active, nobody can tell.
import { actionKinds, isWithin, sessionState } from '../model/index.ts';
import type { Db, StoredCheckpoint } from '../store/index.ts';
import { backgroundTasks } from './background.ts';
import { callsOf } from './calls-by-time.ts';
import type { TimedCall } from './calls-by-time.ts';

export interface Unheard {
  readonly calls: readonly TimedCall[];
  /** Whether an agent was at work of which no calls are known, at some time between two moments. */
  readonly isAtWork: (from: number, to: number) => boolean;
}

interface Row {
  readonly id: string;
  readonly agent: string;
  readonly workspace: string;
  readonly ended_at: number;
  readonly kept: string | null;
  readonly agent_type: string | null;
  readonly heard: number | null;
}

/** Checkpoints that no hook of an agent's has taken. */
const byHand = JSON.stringify([...actionKinds, 'manual', 'watch']);

/** `root`: the folder that the checkpoints are of; `since`, milliseconds: what was over by then is left out. */
export function unheardIn(db: Db, root: string, since: number, all: readonly StoredCheckpoint[]): Unheard {
  const rows = db
    .prepare<[string, number], Row>(
      `SELECT id, agent, workspace, ended_at, kept, agent_type,
         (SELECT min(c.at) FROM checkpoint c WHERE c.session = s.id
          AND c.trigger NOT IN (SELECT value FROM json_each(?))) AS heard
       FROM session s WHERE workspace IS NOT NULL AND (ended_at >= ? OR state IN ('active', 'paused'))`,
    )
    .all(byHand, since)
    .filter(({ workspace }) => isWithin(workspace, root) || isWithin(root, workspace));
  const captured = rows.filter((row) => row.kept !== row.id);
  const heard = new Set(captured.filter((row) => row.heard !== null).map((row) => row.agent));
  const spans = rows
    .filter((row) => row.kept === row.id && row.agent_type !== 'human' && !heard.has(row.agent))
    .flatMap((row) => activeSpans(db, row.id));
  return {
    calls: captured.flatMap((row) => callsBefore(db, row, row.heard ?? Infinity, all)),
    isAtWork: (from, to) => spans.some((span) => span.from < to && span.to > from),
  };
}

/** Calls of a session that were over before its first hook was heard, or that it did not tell the beginning of. */
function callsBefore(db: Db, row: Row, heard: number, all: readonly StoredCheckpoint[]): TimedCall[] {
  const first = all[0]?.at ?? Infinity;
  const begun = all.filter((one) => one.session === row.id && one.trigger === 'PreToolUse');
  const told = new Set(begun.map((one) => one.operation));
  const isTold = (call: { id: string; ended: number }): boolean =>
    told.has(call.id) || (told.has(null) && call.ended >= heard);
  const behind = backgroundTasks(db, [row.id]).map(({ operation: id, at, ended }) => ({ id, at, ended }));
  // What subagents did are calls of their own.
  const own = callsOf(db, [row.id]).filter((call) => !call.spawning);
  return [...own, ...behind]
    .filter((call) => call.at < heard && !isTold(call))
    .map((call) => ({
      ...call,
      session: row.id,
      // Nothing says when it was over: by then the session was.
      ended: call.ended === Infinity ? Math.max(call.at, row.ended_at) : call.ended,
      spawning: false,
    }))
    .filter((call) => call.ended > first);
}

/** When a session that is kept by hand was active, neither paused nor over. */
function activeSpans(db: Db, id: string): { readonly from: number; readonly to: number }[] {
  const steps = db
    .prepare<[string], { subject: string; at: number; data: string | null }>(
      "SELECT subject, at, data FROM record WHERE told = ? AND kind = 'session' ORDER BY at, source, pos",
    )
    .all(id);
  const states = steps.map(({ at }, i) => ({ at, state: sessionState(steps.slice(0, i + 1)) }));
  return states.flatMap(({ at, state }, i) =>
    state?.status === 'active' ? [{ from: at, to: states[i + 1]?.at ?? Infinity }] : [],
  );
}
