// Everything about one session but its timeline.
import { operationStatuses, operationTypes } from '../model/index.ts';
import type { OperationStatus, OperationType } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { costOf, sessionRow, sumCosts, sumTokens, tokensOf } from './rows.ts';
import type { CostColumns, Moment, StoredSession, TokenColumns } from './rows.ts';
import { runTree } from './runs.ts';
import { sessionFields } from './session-fields.ts';
import type { Owner } from './session-fields.ts';
import type { ChangedFile, SessionDetail } from './types.ts';

/** Undefined for a session that is not known. `owner`: who uses this machine, where that is known. */
export function sessionDetail(db: Db, id: string, moment: Moment, owner?: Owner): SessionDetail | undefined {
  const stored = db.prepare<[string], StoredSession>('SELECT * FROM session WHERE id = ?').get(id);
  if (!stored) return undefined;
  const row = sessionRow(stored, moment);
  const isOver = row.status !== 'active';
  const all = <T>(sql: string, named?: { id: string }): T[] => db.prepare<unknown[], T>(sql).all(named ?? id);
  const counts = (column: string): Record<string, number> =>
    Object.fromEntries(
      all<{ value: string; n: number }>(
        `SELECT ${column} AS value, count(*) AS n FROM operation WHERE session = ? AND name <> '' GROUP BY ${column} ORDER BY n DESC, value`,
      ).map(({ value, n }) => [value, n]),
    );
  const texts = (kind: string): string[] =>
    all<{ text: string }>(
      `SELECT DISTINCT text FROM entry WHERE session = ? AND kind = '${kind}' ORDER BY at, text`,
    ).map((one) => one.text);
  const values = (name: string): string[] =>
    all<{ value: string }>(
      `SELECT value FROM session_value WHERE session = ? AND name = '${name}' ORDER BY first_at, value`,
    ).map((one) => one.value);
  // One that was recorded by hand is named by its record.
  const skills = all<{ name: string }>(
    `SELECT coalesce(r.subject, e.text) AS name FROM entry e LEFT JOIN record r ON r.id = e.key
     WHERE e.session = ? AND e.kind = 'skill' GROUP BY name ORDER BY min(e.at), name`,
  ).map((one) => one.name);
  const byStatus = counts('status');
  if (isOver) {
    byStatus['interrupted'] = (byStatus['interrupted'] ?? 0) + (byStatus['pending'] ?? 0);
    byStatus['pending'] = 0;
  }
  return {
    ...row,
    ...sessionFields(db, stored, row, skills, owner),
    runs: [runTree(db, row)],
    operationsByType: complete(operationTypes, counts('type')) as Record<OperationType, number>,
    operationsByName: counts('name'),
    operationsByStatus: complete(operationStatuses, byStatus) as Record<OperationStatus, number>,
    tokensByModel: all<TokenColumns & CostColumns & { model: string; n: number }>(
      `SELECT model, sum(messages) AS n, ${sumTokens}, ${sumCosts} FROM usage WHERE session = ? GROUP BY model ORDER BY n DESC, model`,
    ).map((one) => ({ model: one.model, messages: one.n, tokens: tokensOf(one), cost: costOf(one) })),
    changedFiles: all<ChangedFile>(
      `SELECT c.path, count(*) AS changes, sum(c.added) AS added, sum(c.removed) AS removed
       FROM operation o JOIN change c ON c.operation = o.id WHERE o.session = ? GROUP BY c.path ORDER BY c.path`,
    ),
    commits: texts('commit'),
    pullRequests: texts('pull_request'),
    skills,
    versions: values('version'),
    branches: values('branch'),
    forks: all<{ id: string }>('SELECT id FROM session WHERE parent = ? ORDER BY id').map((one) => one.id),
    messagesSeen: stored.messages_seen,
    costState: costState(db, id),
    sources: all<{ kind: string; path: string; machine: string; lines: number }>(
      `SELECT kind, path, machine, lines FROM source WHERE id IN (SELECT DISTINCT source FROM entry WHERE session = @id) OR session = @id ORDER BY kind DESC, path`,
      { id },
    ),
  };
}

/** Cumulative over the session's processes: the last one counts. */
export function costState(db: Db, id: string): unknown {
  const value = db
    .prepare<[string], { value: string }>(
      "SELECT value FROM session_value WHERE session = ? AND name = 'costState' ORDER BY last_at DESC, value DESC LIMIT 1",
    )
    .get(id)?.value;
  return value === undefined ? null : (JSON.parse(value) as unknown);
}

const complete = (
  names: readonly string[],
  counts: Readonly<Record<string, number>>,
): Record<string, number> => Object.fromEntries(names.map((name) => [name, counts[name] ?? 0]));
