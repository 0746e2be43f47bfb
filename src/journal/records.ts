// Records as the index holds them. A session kept by hand and the one that an agent wrote inside of it are one: whatever
// was recorded for the former is told as the latter's.
import type { RecordKind } from '../model/index.ts';
import type { Db } from '../store/index.ts';

export interface StoredRecord {
  readonly id: string;
  readonly kind: RecordKind;
  readonly at: number;
  readonly session: string | null;
  readonly run: string | null;
  readonly operation: string | null;
  readonly root: string | null;
  readonly subject: string | null;
  readonly parent: string | null;
  readonly by: string | null;
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** SQL for the session that a column's session is told as. */
export const toldAs = (column: string): string =>
  `coalesce((SELECT j.session FROM joined j WHERE j.recorded = ${column}), ${column})`;

/** Records of some kinds that meet a condition on `record r`, in order of time. */
export function recordsOf(
  db: Db,
  kinds: readonly RecordKind[],
  condition = '1',
  ...values: readonly (string | number | null)[]
): StoredRecord[] {
  return db
    .prepare<unknown[], Omit<StoredRecord, 'data'> & { data: string | null }>(
      `SELECT r.id, r.kind, r.at, ${toldAs('r.session')} AS session, r.run, r.operation, r.root, r.subject, r.parent,
         r.by, r.text, r.data
       FROM record r WHERE r.kind IN (${kinds.map(() => '?').join(',')}) AND (${condition})
       ORDER BY r.at, r.source, r.pos`,
    )
    .all(...kinds, ...values)
    .map((row) => ({ ...row, data: objectOf(row.data) }));
}

function objectOf(json: string | null): Readonly<Record<string, unknown>> {
  const value: unknown = json === null ? null : JSON.parse(json);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Condition on a column, and its values: that it is of this session, under either of its ids. */
export function ofSession(column: string, session: string): readonly [sql: string, ...values: string[]] {
  return [`${column} = ? OR ${column} IN (SELECT recorded FROM joined WHERE session = ?)`, session, session];
}

/** What the agent of a session is called: the name that it was given, or else that of its program. */
export function agentNamer(db: Db): (session: string | null) => string | null {
  const find = db.prepare<[string, string, string], { name: string | null }>(
    `SELECT coalesce((SELECT v.value FROM session_value v WHERE v.name = 'agentName'
       AND (v.session = ? OR v.session IN (SELECT recorded FROM joined WHERE session = ?))
       ORDER BY v.weight DESC, v.last_at DESC, v.value LIMIT 1), (SELECT agent FROM session WHERE id = ?)) AS name`,
  );
  const known = new Map<string, string | null>();
  return (session) => {
    if (session === null) return null;
    const name = known.get(session) ?? find.get(session, session, session)?.name ?? null;
    known.set(session, name);
    return name;
  };
}
