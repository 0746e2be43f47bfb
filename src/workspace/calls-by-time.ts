// The calls of sessions whose hooks name none (Claude Code before 2.0.77), found by time: a tool is at work between its
// PreToolUse and its result in the transcript.
import type { Db, StoredCheckpoint } from '../store/index.ts';

/** A call of such a session. */
export interface TimedCall {
  readonly id: string;
  readonly session: string;
  /** When the model asked for it, milliseconds. */
  readonly at: number;
  /** When its result came; Infinity where none has. */
  readonly ended: number;
  /** Starts a subagent, whose changes are those of its own calls. */
  readonly spawning: boolean;
}

/** Tools at which the hook takes no checkpoint. */
const idle =
  /^(write_todos|ask_user|update_topic|activate_skill|tracker_|Todo|Task(List|Get|Create|Update)|(Enter|Exit)PlanMode|AskUser|BashOutput|ToolSearch|NotebookRead)/;

const isCall = (one: StoredCheckpoint): boolean =>
  one.operation === null && one.session !== null && one.trigger === 'PreToolUse';

/** The calls of all sessions that have a PreToolUse without a name among these checkpoints. */
export function timedCalls(db: Db, all: readonly StoredCheckpoint[]): TimedCall[] {
  const sessions = new Set(all.filter((one) => isCall(one)).map((one) => one.session));
  return callsOf(db, sessions);
}

/** The calls of sessions of which a checkpoint is late. */
export const lateCalls = (db: Db, all: readonly StoredCheckpoint[]): TimedCall[] =>
  callsOf(db, new Set(all.filter((one) => one.late && one.session !== null).map((one) => one.session)));

/** What sessions did that may have changed files. */
export function callsOf(db: Db, sessions: Iterable<string | null>): TimedCall[] {
  const find = db.prepare<
    [string | null],
    { id: string; at: number; ended: number; name: string; spawning: number }
  >(
    `SELECT id, at, name, result_at AS ended, spawned IS NOT NULL OR name IN ('Task', 'Agent') AS spawning
     FROM operation WHERE session = ? AND type NOT IN ('read', 'query') ORDER BY at`,
  );
  return [...sessions].flatMap((session) =>
    find
      .all(session)
      .filter((row) => !idle.test(row.name))
      .map(({ id, at, ended, spawning }) => ({
        id,
        session: session ?? '',
        at,
        ended: ended > 0 ? ended : Infinity,
        spawning: spawning === 1,
      })),
  );
}

/** Which of them were at work between two checkpoints. */
export interface AtWork {
  readonly calls: readonly TimedCall[];
  /** All calls of sessions that name none. */
  readonly all: readonly TimedCall[];
  /** A call had begun that no transcript tells of. */
  readonly untold: boolean;
}

export function callsByTime(all: readonly StoredCheckpoint[], calls: readonly TimedCall[]) {
  const begins = new Map<string, number[]>();
  for (const one of all)
    if (isCall(one) && one.session !== null)
      begins.set(one.session, [...(begins.get(one.session) ?? []), one.at]);
  const started = calls.map((call) => ({
    call,
    // Not before the first PreToolUse that follows.
    from: begins.get(call.session)?.find((at) => at >= call.at) ?? call.at,
  }));

  return (from: StoredCheckpoint, to: StoredCheckpoint): AtWork => {
    const found: TimedCall[] = [];
    for (const session of begins.keys()) {
      const mine = started.filter(({ call }) => call.session === session);
      const open = mine.filter((one) => one.from < to.at && one.call.ended > from.at);
      // Of which it was the turn cannot be told by what was noted late.
      if (to.late || from.late) found.push(...open.map(({ call }) => call).filter((call) => !call.spawning));
      else found.push(...theOne(session, open, mine, from, to));
    }
    const untold =
      isCall(from) &&
      !calls.some((one) => one.session === from.session && one.at <= from.at && one.ended > from.at);
    return { calls: found, all: calls, untold };
  };

  /** Of calls that were asked for together and done in turn, the one whose turn it was. */
  function theOne(
    session: string,
    open: readonly { call: TimedCall; from: number }[],
    mine: readonly { call: TimedCall; from: number }[],
    from: StoredCheckpoint,
    to: StoredCheckpoint,
  ): TimedCall[] {
    const working = open.map(({ call }) => call).filter((call) => !call.spawning);
    if (working.length < 2) return working;
    // Since the session was last at rest, so many have begun, and so many have ended.
    let rest = Math.min(...open.map(({ call }) => call.at));
    for (const { call } of mine.toReversed()) if (call.at < rest && call.ended > rest) rest = call.at;
    const begun = (begins.get(session) ?? []).filter((at) => at >= rest && at < to.at).length;
    const over = mine.filter(({ call }) => call.at >= rest && call.ended <= from.at).length;
    const agents = open.filter(({ call }) => call.spawning).length;
    const ended = working.filter((call) => call.ended <= to.at);
    return begun - over - agents === 1 && ended.length === 1 ? ended : working;
  }
}
