// Commands that go on in the background: between the result of their call and their end, or what came next behind the end
// of their session, they may write at any time.
import type { Db, StoredCheckpoint } from '../store/index.ts';

export interface BackgroundTask {
  readonly operation: string;
  readonly session: string;
  /** When its call returned, and when it was known to be over: milliseconds, Infinity where it is not known to be. */
  readonly at: number;
  readonly ended: number;
}

export function backgroundTasks(db: Db, sessions: readonly string[]): BackgroundTask[] {
  const rows = db
    .prepare<[string], { session: string; name: string; value: string; first_at: number; last_at: number }>(
      // A fork's copy of the record tells of tasks that are not the fork's.
      `SELECT session, name, value, first_at, last_at FROM session_value v
       WHERE session IN (SELECT value FROM json_each(?)) AND (name = 'taskEnded' OR (name = 'task' AND EXISTS (
         SELECT 1 FROM operation o WHERE o.id = substr(v.value, instr(v.value, ' ') + 1) AND o.session = v.session)))
       ORDER BY first_at`,
    )
    .all(JSON.stringify(sessions));
  const ends = new Map(
    rows.filter((row) => row.name === 'taskEnded').map((row) => [`${row.session} ${row.value}`, row]),
  );
  return rows
    .filter((row) => row.name === 'task')
    .map(({ session, value, first_at: at }) => {
      const [task = '', operation = ''] = value.split(' ');
      const end = ends.get(`${session} ${task}`);
      // Old versions count tasks anew when a session is resumed.
      const ended = [end?.first_at, end?.last_at].find((time) => time !== undefined && time >= at);
      return { operation, session, at, ended: ended ?? Infinity };
    });
}

/** Which of them may have written between two checkpoints. */
export function inBackground(
  all: readonly StoredCheckpoint[],
  tasks: readonly BackgroundTask[],
  processOf: (session: string) => 'running' | 'gone' | 'silent' | undefined,
) {
  const known = tasks.map((task) => ({ ...task, over: Math.min(task.ended, endOfSession(task)) }));
  return (from: StoredCheckpoint, to: StoredCheckpoint): string[] =>
    known.filter((task) => task.at < to.at && task.over > from.at).map((task) => task.operation);

  /** A task may outlive its session, as in 1.0.128: it is thought of until whatever came next. */
  function endOfSession({ session, at }: BackgroundTask): number {
    const own = all.filter((one) => one.session === session && one.at >= at);
    const isGone = ['gone', 'silent'].includes(processOf(session) ?? '');
    const end = own.find((one) => one.trigger === 'SessionEnd') ?? (isGone ? own.at(-1) : undefined);
    const last = end?.at ?? (isGone ? at : Infinity);
    return all.find((one) => one.at > last)?.at ?? Infinity;
  }
}
