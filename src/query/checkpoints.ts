// Checkpoints as they are listed: with the turn and the tokens that the session had at that moment.
import type { InnerRepository, LeftOut } from '../model/index.ts';
import type { Db, StoredCheckpoint } from '../store/index.ts';
import { iso } from './rows.ts';
import type { CheckpointDetail, CheckpointFilter, CheckpointRow, EffectRow } from './types.ts';

interface Stored extends StoredCheckpoint {
  readonly changed: number;
}

const changed = '(SELECT count(*) FROM effect e WHERE e.checkpoint = c.id) AS changed';

/** The latest first. */
export function listCheckpoints(db: Db, filter: CheckpointFilter = {}): CheckpointRow[] {
  const where: string[] = ['1'];
  const values: (string | number)[] = [];
  const add = (sql: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    where.push(sql);
    values.push(value);
  };
  add('c.session = ?', filter.session);
  add('c.root = ?', filter.root);
  const rows = db
    .prepare<unknown[], Stored>(
      `SELECT c.*, ${changed} FROM checkpoint c WHERE ${where.join(' AND ')} ORDER BY c.at DESC, c.id LIMIT ?`,
    )
    .all(...values, filter.limit ?? -1);
  return rows.map((row) => checkpointRow(db, row));
}

export function checkpointDetail(db: Db, id: string): CheckpointDetail | undefined {
  const row = db.prepare<[string], Stored>(`SELECT c.*, ${changed} FROM checkpoint c WHERE c.id = ?`).get(id);
  if (!row) return undefined;
  const left = listOf(db, row.left_out) as { items: LeftOut[]; more: number } | undefined;
  return {
    ...checkpointRow(db, row),
    effects: effectsAt(db, id),
    inner: (listOf(db, row.inner) as InnerRepository[] | undefined) ?? [],
    leftOut: left?.items ?? [],
    leftOutMore: left?.more ?? 0,
  };
}

function listOf(db: Db, id: string | null): unknown {
  if (id === null) return undefined;
  const row = db.prepare<[string], { items: string }>('SELECT items FROM list WHERE id = ?').get(id);
  return row && JSON.parse(row.items);
}

function checkpointRow(db: Db, row: Stored): CheckpointRow {
  const point = row.session === null ? undefined : pointOf(db, row.session, row.at);
  return {
    id: row.id,
    at: iso(row.at),
    root: row.root,
    trigger: row.trigger,
    session: row.session,
    run: row.run,
    turn: point?.turn ?? null,
    operation: row.operation,
    tree: row.tree,
    head: row.head,
    branch: row.branch,
    tokens: point?.tokens ?? null,
    changed: row.changed,
    late: row.late === 1,
    why: row.why,
    message: row.message,
  };
}

/** Where the conversation was: its turn, and the tokens used until then. */
function pointOf(db: Db, session: string, at: number): { turn: string | null; tokens: number } {
  const turn = db
    .prepare<[string, number], { key: string }>(
      "SELECT key FROM entry WHERE session = ? AND at <= ? AND kind IN ('prompt', 'command', 'shell', 'notification') ORDER BY at DESC, pos DESC LIMIT 1",
    )
    .get(session, at)?.key;
  const tokens = db
    .prepare<[string, number], { n: number }>(
      'SELECT coalesce(sum(input + output + cache_read + cache_write_5m + cache_write_1h), 0) AS n FROM message WHERE session = ? AND at <= ?',
    )
    .get(session, at)?.n;
  return { turn: turn ?? null, tokens: tokens ?? 0 };
}

/** What differs from the checkpoint before, and whose doing it is. */
function effectsAt(db: Db, checkpoint: string): EffectRow[] {
  return db
    .prepare<[string], StoredEffect>('SELECT * FROM effect WHERE checkpoint = ? ORDER BY path')
    .all(checkpoint)
    .map(effectRow);
}

/** What an operation did to files, as the checkpoints around it tell. */
export function effectsOfOperation(db: Db, operation: string): EffectRow[] {
  return db
    .prepare<[string], StoredEffect>(
      `SELECT e.* FROM effect_of o JOIN effect e ON e.checkpoint = o.checkpoint AND e.path = o.path
       JOIN checkpoint c ON c.id = e.checkpoint WHERE o.operation = ? ORDER BY c.at, e.path`,
    )
    .all(operation)
    .map(effectRow);
}

interface StoredEffect {
  readonly checkpoint: string;
  readonly path: string;
  readonly before_mode: string | null;
  readonly before_oid: string | null;
  readonly after_mode: string | null;
  readonly after_oid: string | null;
  readonly by: EffectRow['by'];
  readonly operations: string;
}

function effectRow(row: StoredEffect): EffectRow {
  const made = row.before_oid === null;
  return {
    checkpoint: row.checkpoint,
    path: row.path,
    kind: made ? 'create' : row.after_oid === null ? 'delete' : 'update',
    before: row.before_oid,
    after: row.after_oid,
    beforeMode: row.before_mode,
    afterMode: row.after_mode,
    by: row.by,
    operations: JSON.parse(row.operations) as string[],
  };
}
