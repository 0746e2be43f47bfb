// The processes that sessions were at work in, as hooks told them. A number told only once is no process of the agent's
// that can be trusted: it may be that of a shell in between.
import type { Db } from '../store/index.ts';

export interface RecordedProcess {
  readonly session: string;
  readonly pid: number;
  /** When it last called a hook, milliseconds since the epoch. */
  readonly seenAt: number;
}

/** Of each session of this machine that was at work since then and did not end, the latest. */
export function recordedProcesses(db: Db, machine: string, since: number): RecordedProcess[] {
  const rows = db
    .prepare<[number, string], { session: string; value: string; last: number }>(
      `SELECT v.session, v.value, v.last_at AS last FROM session s
       JOIN session_value v ON v.session = s.id AND v.name = 'process'
       WHERE s.ended_at >= ? AND s.machine = ? AND s.end_reason IS NULL AND v.first_at < v.last_at
       ORDER BY v.last_at, v.value`,
    )
    .all(since, machine);
  const latest = new Map(
    rows.map(({ session, value, last }) => [session, { session, pid: Number(value), seenAt: last }]),
  );
  return [...latest.values()];
}
