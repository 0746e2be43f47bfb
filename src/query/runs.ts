// The tree of agent runs of a session.
import type { Db } from '../store/index.ts';
import { iso, sumTokens, tokensOf } from './rows.ts';
import type { TokenColumns } from './rows.ts';
import type { RunNode } from './types.ts';

interface StoredRun {
  readonly id: string;
  readonly type: string | null;
  readonly description: string | null;
  readonly model: string | null;
  readonly operation: string | null;
  readonly parent: string | null;
  readonly status: string | null;
  readonly started_at: number;
  readonly ended_at: number;
  /** The run in which the starting operation was called. */
  readonly caller: string | null;
}

/** Subagents that belong here: not the client's warm-ups, nor what a fork copied of its parent's. */
function runsOf(db: Db, session: string): StoredRun[] {
  return db
    .prepare<[string], StoredRun>(
      `SELECT r.*, coalesce(r.operation, s.id) AS operation, coalesce(o.run, s.run) AS caller FROM run r
       LEFT JOIN operation o ON o.id = r.operation
       LEFT JOIN operation s ON r.operation IS NULL AND s.session = r.session AND s.spawned = r.id
       WHERE r.session = ? AND coalesce(r.status, '') <> 'warmup' AND coalesce(o.session, r.session) = r.session
       GROUP BY r.id ORDER BY nullif(r.started_at, 0), r.id`,
    )
    .all(session);
}

const parentOf = (run: StoredRun, session: string, known: ReadonlySet<string>): string => {
  const parent = run.caller ?? run.parent ?? session;
  return parent !== run.id && known.has(parent) ? parent : session;
};

export function runDepths(db: Db, session: string): Map<string, number> {
  const runs = runsOf(db, session);
  const known = new Set(runs.map((run) => run.id));
  const parents = new Map(runs.map((run) => [run.id, parentOf(run, session, known)]));
  const depths = new Map([[session, 0]]);
  for (const { id } of runs) {
    let depth = 1;
    // Bounded by the number of runs: a circle in the records must not be one here.
    for (
      let at = parents.get(id);
      at !== undefined && at !== session && depth <= runs.length;
      at = parents.get(at)
    )
      depth++;
    depths.set(id, depth);
  }
  return depths;
}

/** One root, the main agent, with its subagents below it. */
export function runTree(
  db: Db,
  session: { id: string; title: string | null; startedAt: string | null; endedAt: string | null },
): RunNode {
  const runs = runsOf(db, session.id);
  const known = new Set(runs.map((run) => run.id));
  const operations = new Map(
    db
      .prepare<[string], { run: string; n: number }>(
        "SELECT run, count(*) AS n FROM operation WHERE session = ? AND name <> '' GROUP BY run",
      )
      .all(session.id)
      .map((row) => [row.run, row.n]),
  );
  const usage = new Map(
    db
      .prepare<[string], TokenColumns & { run: string; n: number; model: string }>(
        `SELECT run, sum(1 - rest) AS n, max(model) AS model, ${sumTokens} FROM message WHERE session = ? GROUP BY run`,
      )
      .all(session.id)
      .map((row) => [row.run, row]),
  );
  const numbers = (id: string): Pick<RunNode, 'operations' | 'messages' | 'tokens'> => ({
    operations: operations.get(id) ?? 0,
    messages: usage.get(id)?.n ?? 0,
    tokens: tokensOf(
      usage.get(id) ?? { input: 0, output: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0 },
    ),
  });
  const children = (parent: string, seen: ReadonlySet<string>): RunNode[] =>
    runs
      .filter((run) => !seen.has(run.id) && parentOf(run, session.id, known) === parent)
      .map((run) => ({
        id: run.id,
        type: run.type ?? 'subagent',
        description: run.description,
        model: run.model ?? usage.get(run.id)?.model ?? null,
        status: run.status,
        operation: run.operation,
        startedAt: iso(run.started_at),
        endedAt: iso(run.ended_at),
        ...numbers(run.id),
        children: children(run.id, new Set([...seen, run.id])),
      }));
  return {
    id: session.id,
    type: 'main',
    description: session.title,
    model: usage.get(session.id)?.model ?? null,
    status: null,
    operation: null,
    startedAt: session.startedAt,
    endedAt: session.endedAt,
    ...numbers(session.id),
    children: children(session.id, new Set([session.id])),
  };
}
