// Calls that the user was asked about and allowed, where the agent's hooks say so without naming the call: it is the one of
// this tool and target that was over within the time told. Both may become known in any order.
import type { Database } from 'better-sqlite3';
import type { Batch } from './batch.ts';

interface Allowed {
  readonly tool: string;
  readonly target: string;
  readonly from: number;
  readonly until: number;
}

/** Records are written a little later than hooks are called. */
const laterMs = 10_000;

export function approvalWriter(db: Database, batch: Batch) {
  const told = db
    .prepare<[string], string>("SELECT value FROM session_value WHERE session = ? AND name = 'allowed'")
    .pluck();
  const approve = db.prepare<Allowed & { readonly session: string }>(
    `UPDATE operation SET approval = 'approved', approval_by = 'user' WHERE approval IS NULL AND id = (
       SELECT o.id FROM operation o JOIN entry e ON e.key = o.id
       WHERE o.session = @session AND o.name = @tool AND e.text = @target AND o.result_at BETWEEN @from AND @until
       ORDER BY o.result_at, o.id LIMIT 1)`,
  );
  return {
    settle(): void {
      for (const session of batch.sessions)
        for (const value of told.all(session)) {
          const { until, ...call } = JSON.parse(value) as Allowed;
          approve.run({ ...call, session, until: until + laterMs });
        }
    },
  };
}
