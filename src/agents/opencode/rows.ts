// The rows of OpenCode's database: which sessions there are, how each looks, and what of one is new or changed.
import type { Stamp } from '../../model/index.ts';
import type { Json } from '../shared/shapes.ts';
import { withDatabase } from './database.ts';
import type { Opened } from './database.ts';
import { briefOf, messageLine, partLine, sessionLine } from './record-lines.ts';

export interface StoredSession {
  readonly id: string;
  readonly parent: string | undefined;
  readonly stamp: Stamp;
}

/** To tell sizes of work apart: rows are not measured. */
const bytesOfMessage = 16_384;
/** Times above this are times, numbers below it are those of events. */
const leastTime = 100_000_000_000;
/** Times are taken before the write, so a row may come after one that has a later time. */
const disorderMs = 1000;

/** All sessions, and how each looks: the stamp changes whenever something of the session is written. */
export function storedSessions(file: string): StoredSession[] {
  return withDatabase(file, ({ prepare, has }) => {
    const time = (table: string, alias: string): string =>
      has(table, 'time_updated') ? `coalesce(${alias}.time_updated, 0)` : '0';
    const counts = has('event_sequence', 'seq');
    const partOf = has('part', 'session_id')
      ? '(SELECT max(rowid) FROM part WHERE session_id = s.id)'
      : '(SELECT max(p2.rowid) FROM part p2 WHERE p2.message_id = m.id)';
    return prepare<[], { id: string; parent: string | null; mtime: number; size: number; ino: number }>(
      `SELECT s.id, ${has('session', 'parent_id') ? 's.parent_id' : 'NULL'} AS parent,
           max(${time('session', 's')}, ${time('message', 'm')}, ${time('part', 'p')}) AS mtime,
           ${bytesOfMessage} * (SELECT count(*) FROM message WHERE session_id = s.id) AS size,
           coalesce(p.rowid, 0) + ${counts ? 'coalesce(e.seq + 1, 0)' : '0'} AS ino
         FROM session s
         LEFT JOIN message m ON m.rowid = (SELECT max(rowid) FROM message WHERE session_id = s.id)
         LEFT JOIN part p ON p.rowid = ${partOf}
         ${counts ? 'LEFT JOIN event_sequence e ON e.aggregate_id = s.id' : ''}`,
    )
      .all()
      .map(({ id, parent, mtime, size, ino }) => ({
        id,
        parent: parent ?? undefined,
        stamp: { size, mtime, ino },
      }));
  });
}

interface MessageRow {
  readonly id: string;
  readonly data: string;
}

/**
 * The rows of a session that are new or changed, as lines. Where OpenCode keeps count of its events (from about 1.3 on)
 * the cursor is the number of the next one; an earlier version's is the time of the latest row.
 */
export function* readStored(file: string, session: string, since: number): Generator<string, number> {
  const { info, cursor, changed } = withDatabase(file, (opened) => lookUp(opened, session, since));
  if (!info) return since;
  yield sessionLine(info);
  // A message at a time, each for itself: no snapshot is held while the lines are worked on.
  for (const ids of portions(changed)) {
    const lines = withDatabase(file, ({ prepare }) => {
      const message = prepare<[string], MessageRow>('SELECT id, data FROM message WHERE id = ?');
      const parts = prepare<[string], MessageRow>(
        'SELECT id, data FROM part WHERE message_id = ? ORDER BY id',
      );
      return ids.flatMap(({ id, isWhole, parts: only }) => {
        const row = message.get(id);
        if (!row) return [];
        const told = parsed(row.data);
        const brief = briefOf(id, told);
        const own = parts.all(id).filter((part) => !only || only.has(part.id));
        return [
          ...(isWhole ? [messageLine(id, told)] : []),
          ...own.map((part) => partLine(part.id, brief, inOneLine(part.data))),
        ];
      });
    });
    yield* lines;
  }
  return cursor;
}

interface Changed {
  readonly id: string;
  /** The message itself, too. */
  isWhole: boolean;
  /** Of its parts these only. */
  parts: Set<string> | undefined;
}

function* portions(changed: readonly Changed[], of = 64): Generator<readonly Changed[]> {
  for (let from = 0; from < changed.length; from += of) yield changed.slice(from, from + of);
}

function lookUp({ prepare, has }: Opened, session: string, since: number) {
  const row = prepare<[string], Json>('SELECT * FROM session WHERE id = ?').get(session);
  const sequence = has('event_sequence', 'seq')
    ? prepare<[string], number>('SELECT seq FROM event_sequence WHERE aggregate_id = ?').pluck().get(session)
    : undefined;
  const order = has('message', 'time_created') ? 'time_created, id' : 'id';
  const all = (): Changed[] =>
    prepare<[string], string>(`SELECT id FROM message WHERE session_id = ? ORDER BY ${order}`)
      .pluck()
      .all(session)
      .map((id) => ({ id, isWhole: true, parts: undefined }));
  const timed = has('message', 'time_updated') && has('part', 'time_updated') && has('part', 'session_id');
  const latest = (): number =>
    timed
      ? (prepare<{ session: string }, number | null>(
          `SELECT max(t) FROM (SELECT max(time_updated) AS t FROM message WHERE session_id = @session
             UNION ALL SELECT max(time_updated) FROM part WHERE session_id = @session)`,
        )
          .pluck()
          .get({ session }) ?? 0)
      : 0;
  const info = row && infoOf(row);
  const cursor = sequence === undefined ? latest() : sequence + 1;
  if (since === 0) return { info, cursor, changed: all() };
  if (since >= leastTime)
    return {
      info,
      cursor,
      changed: timed ? changedSince(prepare, session, since - disorderMs, order) : all(),
    };
  // Something changed that no event tells of, as by an import, or events are gone: there is no telling what it was.
  const told = has('event', 'seq')
    ? prepare<[string, number], number>('SELECT count(*) FROM event WHERE aggregate_id = ? AND seq >= ?')
        .pluck()
        .get(session, since)
    : undefined;
  const isTold = cursor > since && told === cursor - since;
  return { info, cursor, changed: isTold ? changedByEvents(prepare, session, since, order) : all() };
}

function changedSince(prepare: Opened['prepare'], session: string, since: number, order: string): Changed[] {
  return inOrder(
    prepare,
    session,
    order,
    prepare<{ session: string; since: number }, { message: string; part: string | null }>(
      `SELECT id AS message, NULL AS part FROM message WHERE session_id = @session AND time_updated >= @since
         UNION ALL
         SELECT message_id, id FROM part WHERE session_id = @session AND time_updated >= @since`,
    ).all({ session, since }),
  );
}

function changedByEvents(
  prepare: Opened['prepare'],
  session: string,
  since: number,
  order: string,
): Changed[] {
  return inOrder(
    prepare,
    session,
    order,
    prepare<{ session: string; since: number }, { message: string | null; part: string | null }>(
      `SELECT coalesce(data ->> '$.part.messageID', data ->> '$.info.id') AS message, data ->> '$.part.id' AS part
         FROM event WHERE aggregate_id = @session AND seq >= @since AND type LIKE 'message.%' AND json_valid(data)`,
    ).all({ session, since }),
  );
}

/** Joined by message, and in the order in which messages stand in the session. */
function inOrder(
  prepare: Opened['prepare'],
  session: string,
  order: string,
  rows: readonly { readonly message: string | null; readonly part: string | null }[],
): Changed[] {
  const found = new Map<string, Changed>();
  for (const { message, part } of rows) {
    if (message === null) continue;
    const one = found.get(message) ?? { id: message, isWhole: false, parts: new Set<string>() };
    if (part === null) one.isWhole = true;
    else one.parts?.add(part);
    found.set(message, one);
  }
  return prepare<[string, string], string>(
    `SELECT id FROM message WHERE session_id = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY ${order}`,
  )
    .pluck()
    .all(session, JSON.stringify([...found.keys()]))
    .flatMap((id) => found.get(id) ?? []);
}

/** The row of a session in the form that it has in exports. */
function infoOf(row: Json): Json {
  const json = (name: string): unknown => (typeof row[name] === 'string' ? parsed(row[name]) : undefined);
  return {
    id: row['id'],
    slug: row['slug'] ?? undefined,
    projectID: row['project_id'] ?? undefined,
    parentID: row['parent_id'] ?? undefined,
    directory: row['directory'] ?? undefined,
    path: row['path'] ?? undefined,
    title: row['title'] ?? undefined,
    version: row['version'] ?? undefined,
    agent: row['agent'] ?? undefined,
    model: json('model'),
    revert: json('revert'),
    permission: json('permission'),
    share: row['share_url'] ?? undefined,
    cost: row['cost'] ?? undefined,
    time: {
      created: row['time_created'] ?? undefined,
      updated: row['time_updated'] ?? undefined,
      archived: row['time_archived'] ?? undefined,
    },
  };
}

/** The text itself where it is no JSON: the reader tells of it. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** OpenCode writes JSON without line breaks; of anything else one line is made. */
const inOneLine = (json: string): string => (json.includes('\n') ? JSON.stringify(parsed(json)) : json);
