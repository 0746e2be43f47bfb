// The timeline of a session: what was said and done, in order, subagents where they were started.
import type { EntryKind, OperationStatus, OperationType } from '../model/index.ts';
import { turnKinds } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { changesOf } from './changes.ts';
import { accountOf } from './operation-account.ts';
import { usesOf } from './operation-use.ts';
import { iso, tokensOf, sumTokens } from './rows.ts';
import type { TokenColumns } from './rows.ts';
import { runDepths } from './runs.ts';
import type { OperationDetail, OperationRow, Timeline, TimelineEntry, TurnDetail } from './types.ts';

export interface StoredOperation {
  readonly id: string;
  readonly session: string;
  readonly run: string;
  readonly turn: string | null;
  readonly at: number;
  readonly name: string;
  readonly type: string;
  readonly message: string | null;
  readonly description: string | null;
  readonly status: string;
  readonly result_at: number;
  readonly duration_ms: number | null;
  readonly spawned: string | null;
  readonly batch: string | null;
  readonly detail: string | null;
  readonly approval: string | null;
  readonly approval_by: string | null;
}

interface StoredEntry {
  readonly id: number;
  readonly key: string;
  readonly kind: EntryKind;
  readonly session: string;
  readonly run: string;
  readonly turn: string | null;
  readonly at: number;
  readonly pos: number;
  readonly text: string;
  readonly detail: string | null;
}

export interface TimelineOptions {
  readonly run?: string | undefined;
  readonly kinds?: readonly EntryKind[] | undefined;
  /** Only the turn that this prompt began, with the subagents that it started. */
  readonly turn?: string | undefined;
  /** Only entries at or after this time, milliseconds since the epoch. */
  readonly since?: number | undefined;
}

/** Behind the key of an operation: its error. */
const ofOperation = '|error';

/** `isOver`: the session's process is not at work, so that calls without a result will not get one. */
export function timelineOf(
  db: Db,
  session: string,
  isOver: boolean,
  options: TimelineOptions = {},
): Timeline {
  const since = options.since ?? 0;
  const depths = runDepths(db, session);
  const operations = new Map(
    db
      .prepare<[string, number], StoredOperation>('SELECT * FROM operation WHERE session = ? AND at >= ?')
      .all(session, since)
      .map((row) => [row.id, row]),
  );
  const rows = db
    .prepare<[string, number], StoredEntry>(
      `SELECT * FROM entry e WHERE session = ? AND at >= ? AND NOT EXISTS
         (SELECT 1 FROM run r WHERE r.session = e.session AND r.id = e.run AND r.status = 'warmup')
       ORDER BY at, source, pos, key`,
    )
    .all(session, since);
  const errors = new Map(
    rows
      .filter((row) => row.kind === 'error')
      .map((row) => [row.key.slice(0, -ofOperation.length), row.text]),
  );
  const changes = changesOf(db, session, { since });
  const turnOf = turnsOfRuns(db, session);
  const entries: TimelineEntry[] = [];
  for (const row of rows) {
    // An error that is no operation's stands by itself.
    if (row.kind === 'change' || (row.kind === 'error' && row.key.endsWith(ofOperation))) continue;
    const turn = row.turn ?? turnOf.get(row.run) ?? null;
    if (options.run !== undefined && row.run !== options.run) continue;
    if (options.turn !== undefined && turn !== options.turn && row.key !== options.turn) continue;
    const stored = row.kind === 'operation' ? operations.get(row.key) : undefined;
    const entry: TimelineEntry = {
      key: row.key,
      kind: row.kind,
      at: iso(row.at),
      session,
      run: row.run,
      depth: depths.get(row.run) ?? (row.run === session ? 0 : 1),
      turn,
      text: row.text,
      detail: row.detail === null ? null : (JSON.parse(row.detail) as unknown),
      ...(stored && {
        operation: operationRow(
          stored,
          row.text,
          errors.get(row.key) ?? null,
          changes.get(row.key) ?? [],
          isOver,
        ),
      }),
    };
    if (isOfKind(entry, options.kinds)) entries.push(entry);
  }
  return { session, entries };
}

/** Changes and errors stand in the entries of their operations: who asks for them wants those operations. */
function isOfKind({ kind, operation }: TimelineEntry, kinds: readonly EntryKind[] | undefined): boolean {
  if (kinds === undefined || kinds.includes(kind)) return true;
  if (operation === undefined) return false;
  return (
    (kinds.includes('change') && operation.changes.length > 0) ||
    (kinds.includes('error') && operation.error !== null)
  );
}

/** The turn in which each subagent was started, through all levels. */
function turnsOfRuns(db: Db, session: string): Map<string, string> {
  const starts = db
    .prepare<[string], { id: string; run: string; turn: string | null }>(
      'SELECT r.id, o.run, o.turn FROM run r JOIN operation o ON o.id = r.operation WHERE r.session = ?',
    )
    .all(session);
  const started = new Map(starts.map((row) => [row.id, row]));
  const turns = new Map<string, string>();
  for (const { id } of starts) {
    const seen = new Set<string>();
    for (let at = started.get(id); at && !seen.has(at.id); at = started.get(at.run)) {
      seen.add(at.id);
      if (at.turn !== null) turns.set(id, at.turn);
    }
  }
  return turns;
}

export function operationRow(
  o: StoredOperation,
  target: string,
  error: string | null,
  changes: OperationRow['changes'],
  isOver: boolean,
): OperationRow {
  const between = o.result_at && o.at && o.result_at > o.at ? o.result_at - o.at : null;
  const from = between === null ? null : 'times';
  return {
    id: o.id,
    name: o.name,
    type: o.type as OperationType,
    target,
    description: o.description,
    status: (o.status === 'pending' && isOver ? 'interrupted' : o.status) as OperationStatus,
    startedAt: iso(o.at),
    durationMs: o.duration_ms ?? between,
    durationFrom: o.duration_ms === null ? from : 'agent',
    error,
    approval: o.approval as OperationRow['approval'],
    approvedBy: o.approval_by,
    spawned: o.spawned,
    batch: o.batch,
    detail: o.detail === null ? null : (JSON.parse(o.detail) as Record<string, unknown>),
    changes,
  };
}

/** One operation, with where its record stands. */
export function operationDetail(
  db: Db,
  id: string,
  isOver: (session: string) => boolean,
): OperationDetail | undefined {
  const row = db.prepare<[string], StoredOperation>('SELECT * FROM operation WHERE id = ?').get(id);
  if (!row) return undefined;
  const text = (key: string): string | null =>
    db.prepare<[string], { text: string }>('SELECT text FROM entry WHERE key = ?').get(key)?.text ?? null;
  const place = db
    .prepare<[string], { source: string; path: string; pos: number }>(
      'SELECT s.id AS source, s.path, e.pos FROM entry e JOIN source s ON s.id = e.source WHERE e.key = ?',
    )
    .get(id);
  const changes = changesOf(db, row.session, { operation: id }).get(id) ?? [];
  const told = operationRow(row, text(id) ?? '', text(`${id}|error`), changes, isOver(row.session));
  return {
    ...told,
    ...accountOf(told, changes.length, usesOf(db, row.session).get(id) ?? null),
    session: row.session,
    run: row.run,
    turn: row.turn,
    message: row.message,
    record: place ?? { source: '', path: '', pos: 0 },
  };
}

/** A turn with all that was done in it. */
export function turnDetail(db: Db, id: string, isOver: (session: string) => boolean): TurnDetail | undefined {
  const prompt = db.prepare<[string], StoredEntry>('SELECT * FROM entry WHERE key = ?').get(id);
  if (!prompt) return undefined;
  const { entries } = timelineOf(db, prompt.session, isOver(prompt.session), { turn: id });
  const marks = turnKinds.map(() => '?').join(',');
  const number = db
    .prepare<unknown[], { n: number }>(
      `SELECT count(*) AS n FROM entry WHERE session = ? AND kind IN (${marks}) AND (at, pos) <= (?, ?)`,
    )
    .get(prompt.session, ...turnKinds, prompt.at, prompt.pos)?.n;
  const runs = [...new Set(entries.map((entry) => entry.run))].filter((run) => run !== prompt.session);
  const tokens = db
    .prepare<unknown[], TokenColumns>(
      `SELECT ${sumTokens} FROM message WHERE session = ? AND (turn = ? OR run IN (${runs.map(() => '?').join(',')}))`,
    )
    .get(prompt.session, id, ...runs);
  return {
    id,
    session: prompt.session,
    number: number ?? 1,
    startedAt: iso(prompt.at),
    endedAt: entries.at(-1)?.at ?? iso(prompt.at),
    prompt: prompt.text,
    tokens: tokensOf(tokens ?? { input: 0, output: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0 }),
    entries,
  };
}
