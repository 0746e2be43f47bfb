// Writes operations, their changes and the runs they start. What transcript and hooks tell of one call is joined into
// one row; joinOperations does not depend on the order in which they tell it.
import type { Database } from 'better-sqlite3';
import { joinOperations, joinRuns } from '../condense.ts';
import type { ChangeRow, OperationRow, RunRow } from '../rows.ts';
import type { Batch } from './batch.ts';

interface StoredOperation extends Omit<
  OperationRow,
  'place' | 'statusBy' | 'isError' | 'resultAt' | 'durationMs' | 'durationBy' | 'approvalBy'
> {
  session: string;
  status_by: number;
  is_error: number;
  result_at: number;
  duration_ms: number | null;
  duration_by: number;
  approval_by: string | null;
}

const told =
  'name, type, message, description, status, status_by, is_error, result_at, duration_ms, duration_by, spawned, batch, detail, approval, approval_by';

export function operationWriter(db: Database, batch: Batch) {
  const insert = db.prepare(
    `INSERT INTO operation(id, session, run, turn, at, ${told}) VALUES (?,?,?,?,?, ${told.replaceAll(/\w+/g, '?')}) ON CONFLICT(id) DO NOTHING`,
  );
  const update = db.prepare(`UPDATE operation SET ${told.replaceAll(/\w+/g, '$& = ?')} WHERE id = ?`);
  const find = db.prepare<[string], StoredOperation>('SELECT * FROM operation WHERE id = ?');
  // The place is the entry's, which knows of copies and ranks.
  const place = db.prepare<[string], { session: string; run: string; turn: string | null; at: number }>(
    'SELECT session, run, turn, at FROM entry WHERE key = ?',
  );
  const setChange = db.prepare(
    'INSERT INTO change(operation, path, kind, added, removed, partial) VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET kind = min(kind, excluded.kind), added = max(added, excluded.added), removed = max(removed, excluded.removed), partial = min(partial, excluded.partial)',
  );
  const findRun = db.prepare<[string, string], StoredRun>('SELECT * FROM run WHERE session = ? AND id = ?');
  const setRun = db.prepare('INSERT OR REPLACE INTO run VALUES (?,?,?,?,?,?,?,?,?,?)');

  return {
    /** `isPlaced`: its entry is new, and so at the place that the row names. */
    write(row: OperationRow, isPlaced: boolean): void {
      const at = (isPlaced ? undefined : place.get(row.id)) ?? { ...row.place, turn: row.place.turn ?? null };
      if (insert.run(row.id, at.session, at.run, at.turn, at.at, ...values(row)).changes === 0) {
        const old = find.get(row.id) as StoredOperation;
        update.run(...values(joinOperations(fromStored(old, row), row)), row.id);
        batch.sessions.add(old.session);
      }
      batch.sessions.add(at.session);
    },

    writeChange(row: ChangeRow): void {
      setChange.run(row.operation, row.path, row.kind, row.added, row.removed, row.partial);
    },

    writeRun(row: RunRow): void {
      const old = findRun.get(row.session, row.id);
      const r = old ? joinRuns({ ...old, startedAt: old.started_at, endedAt: old.ended_at }, row) : row;
      setRun.run(
        r.session,
        r.id,
        r.type,
        r.description,
        r.model,
        r.operation,
        r.parent,
        r.status,
        r.startedAt,
        r.endedAt,
      );
      batch.sessions.add(row.session);
    },
  };
}

interface StoredRun extends Omit<RunRow, 'startedAt' | 'endedAt'> {
  readonly started_at: number;
  readonly ended_at: number;
}

function fromStored(old: StoredOperation, row: OperationRow): OperationRow {
  const { status_by, is_error, result_at, duration_ms, duration_by, approval_by, ...same } = old;
  return {
    ...same,
    place: row.place,
    statusBy: status_by,
    isError: is_error,
    resultAt: result_at,
    durationMs: duration_ms,
    durationBy: duration_by,
    approvalBy: approval_by,
  };
}

function values(o: OperationRow): unknown[] {
  return [
    o.name,
    o.type,
    o.message,
    o.description,
    o.status,
    o.statusBy,
    o.isError,
    o.resultAt,
    o.durationMs,
    o.durationBy,
    o.spawned,
    o.batch,
    o.detail,
    o.approval,
    o.approvalBy,
  ];
}
