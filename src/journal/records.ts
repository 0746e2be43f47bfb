// Records as the index holds them: those of a session kept by hand, inside of which an agent wrote one, are the latter's.
import type { EntryKind, Recorded, RecordKind } from '../model/index.ts';
import type { Db } from '../store/index.ts';

export interface StoredRecord extends Omit<Recorded, 'data'> {
  readonly id: string;
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Records of some kinds that meet a condition on `record r`, in order of time. */
export function recordsOf(
  db: Db,
  kinds: readonly RecordKind[],
  condition = '1',
  ...values: readonly (string | number | null)[]
): StoredRecord[] {
  return db
    .prepare<unknown[], Omit<StoredRecord, 'data'> & { data: string | null }>(
      `SELECT r.id, r.kind, r.at, r.session, r.run, r.operation, r.root, r.subject, r.parent,
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

/** A condition on a column, with its values, that all meet where there is nothing to compare with. */
export const where = (column: string, value: string | undefined): readonly [string, ...string[]] =>
  value === undefined ? ['1'] : [`${column} = ?`, value];

/** A condition on `entry e`, with its values. Of all sessions it reads an index, and only the entries that are meant. */
export const ofKind = (kind: EntryKind, session: string | undefined): readonly [string, ...string[]] =>
  session === undefined
    ? ['e.id IN (SELECT id FROM entry WHERE kind = ?)', kind]
    : ['e.session = ? AND e.kind = ?', session, kind];

/** What the agent of a session is called: the name that it was given, or else that of its program. */
export function agentNamer(db: Db): (session: string | null) => string | null {
  const find = db.prepare<[string], { name: string }>(
    'SELECT coalesce(agent_name, agent) AS name FROM session WHERE id = ?',
  );
  const known = new Map<string, string | null>();
  return (session) => {
    if (session === null) return null;
    const name = known.get(session) ?? find.get(session)?.name ?? null;
    known.set(session, name);
    return name;
  };
}
