// Lists of operations: what was done, how it ended, who allowed it, and what it used.
import type { OperationStatus, OperationType } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { accountOf } from './operation-account.ts';
import { usesOf } from './operation-use.ts';
import { operationRow } from './timeline.ts';
import type { StoredOperation } from './timeline.ts';
import type { ListedOperation, OperationUse } from './types.ts';

export interface OperationFilter {
  readonly session?: string | undefined;
  readonly status?: OperationStatus | undefined;
  readonly type?: OperationType | undefined;
  /** A tool's name. */
  readonly name?: string | undefined;
  /** Who allowed or denied it: `user`, `mode`, `rule`, … */
  readonly approvedBy?: string | undefined;
  /** Milliseconds: begun at or after, at or before. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly limit?: number | undefined;
}

interface Stored extends StoredOperation {
  readonly agent: string | null;
  readonly target: string | null;
  readonly error: string | null;
  readonly files: number;
}

/** The latest first. `isOver`: whether what the session has left open was interrupted. */
export function listOperations(
  db: Db,
  filter: OperationFilter,
  isOver: (session: string) => boolean,
): ListedOperation[] {
  const { since = 0, until = Number.MAX_SAFE_INTEGER, session, type, name, approvedBy } = filter;
  const given = Object.entries({ session, type, name, approval_by: approvedBy }).flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, value }],
  );
  const rows = db.prepare<unknown[], Stored>(
    `SELECT o.*, s.agent, e.text AS target, f.text AS error,
       (SELECT count(*) FROM change c WHERE c.operation = o.id) AS files
     FROM operation o LEFT JOIN session s ON s.id = o.session LEFT JOIN entry e ON e.key = o.id
       LEFT JOIN entry f ON f.key = o.id || '|error'
     WHERE o.name <> '' AND o.at >= ? AND o.at <= ?${given.map(({ column }) => ` AND o.${column} = ?`).join('')}
     ORDER BY o.at DESC, e.pos DESC, o.id DESC`,
  );
  const uses = new Map<string, Map<string, OperationUse>>();
  const useOf = (row: Stored): OperationUse | null => {
    const known = uses.get(row.session) ?? usesOf(db, row.session);
    uses.set(row.session, known);
    return known.get(row.id) ?? null;
  };
  const over = new Map<string, boolean>();
  const ended = (one: string): boolean => {
    const known = over.get(one) ?? isOver(one);
    over.set(one, known);
    return known;
  };
  const found: ListedOperation[] = [];
  for (const stored of rows.iterate(since, until, ...given.map((one) => one.value))) {
    if (found.length >= (filter.limit ?? Infinity)) break;
    const { changes: _, ...row } = operationRow(
      stored,
      stored.target ?? '',
      stored.error,
      [],
      ended(stored.session),
    );
    if (filter.status !== undefined && row.status !== filter.status) continue;
    found.push({
      ...row,
      session: stored.session,
      run: stored.run,
      turn: stored.turn,
      agent: stored.agent,
      filesChanged: stored.files,
      ...accountOf(row, stored.files, useOf(stored)),
    });
  }
  return found;
}
