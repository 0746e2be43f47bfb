// OpenCode's database, read while somebody else writes it.
import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStored, storedSessions } from './rows.ts';
import { openCode } from './index.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'clew-opencode-'));
  file = path.join(folder, 'opencode.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const session = 'ses_1';

/** As OpenCode 1.18 has it, as far as it is read; `old`: as 1.2 had it, without events. */
function write(old = false): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(`
    CREATE TABLE session (id text PRIMARY KEY, parent_id text, directory text, title text, version text, time_created integer, time_updated integer);
    CREATE TABLE message (id text PRIMARY KEY, session_id text, time_created integer, time_updated integer, data text NOT NULL);
    CREATE TABLE part (id text PRIMARY KEY, message_id text, session_id text, time_created integer, time_updated integer, data text NOT NULL);
    CREATE INDEX message_session ON message (session_id);
    CREATE INDEX part_session ON part (session_id);
    CREATE INDEX part_message ON part (message_id);
    INSERT INTO session VALUES ('${session}', NULL, '/p', 'A title', '1.18.33', ${began}, ${began});
  `);
  if (!old)
    db.exec(`CREATE TABLE event_sequence (aggregate_id text PRIMARY KEY, seq integer NOT NULL);
      CREATE TABLE event (id integer PRIMARY KEY, aggregate_id text, seq integer, type text, data text)`);
  return db;
}

const began = 1_790_000_000_000;

/** Writes a row and, where there are events, tells of it. */
function put(
  db: Database.Database,
  table: 'message' | 'part',
  id: string,
  at: number,
  data: object,
  told = true,
): void {
  const values = {
    id,
    session,
    at,
    data: JSON.stringify(data),
    message: 'messageID' in data ? data.messageID : null,
  };
  db.prepare(
    table === 'message'
      ? 'INSERT OR REPLACE INTO message VALUES (@id, @session, @at, @at, @data)'
      : 'INSERT OR REPLACE INTO part VALUES (@id, @message, @session, @at, @at, @data)',
  ).run(values);
  if (!told || !db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'event'`).get()) return;
  const object = table === 'part' ? { part: { ...data, id } } : { info: { ...data, id } };
  db.prepare(
    'INSERT INTO event_sequence VALUES (?, 0) ON CONFLICT (aggregate_id) DO UPDATE SET seq = seq + 1',
  ).run(session);
  db.prepare(
    'INSERT INTO event (aggregate_id, seq, type, data) SELECT aggregate_id, seq, ?, ? FROM event_sequence',
  ).run(table === 'part' ? 'message.part.updated.1' : 'message.updated.1', JSON.stringify(object));
}

const user = (at: number): object => ({ role: 'user', time: { created: at } });
const text = (messageID: string, words: string): object => ({ type: 'text', text: words, messageID });

function read(since = 0): { lines: string[]; cursor: number } {
  const lines: string[] = [];
  const records = readStored(file, session, since);
  for (;;) {
    const next = records.next();
    if (next.done) return { lines: lines.map(short), cursor: next.value };
    lines.push(next.value);
  }
}

/** The type of a line and what it is of. */
function short(line: string): string {
  const { type, id, info, part } = JSON.parse(line);
  return `${type} ${id ?? info.id}${part ? ` ${part.text ?? JSON.stringify(part)}` : ''}`;
}

const stamp = (): unknown => storedSessions(file)[0]?.stamp;

describe.each([
  ['with events', false],
  ['without events', true],
])('a database %s', (_name, old) => {
  test('gives the session, its messages and their parts, in their order', () => {
    const db = write(old);
    put(db, 'message', 'msg_2', began + 2, user(began + 2));
    put(db, 'message', 'msg_1', began + 1, user(began + 1));
    put(db, 'part', 'prt_2', began + 1, text('msg_1', 'b'));
    put(db, 'part', 'prt_1', began + 1, text('msg_1', 'a'));
    expect(read().lines).toEqual([
      'session ses_1',
      'message msg_1',
      'part prt_1 a',
      'part prt_2 b',
      'message msg_2',
    ]);
    db.close();
  });

  test('gives what is new or changed since, also of the same millisecond', () => {
    const db = write(old);
    put(db, 'message', 'msg_1', began + 10_000, user(began + 10_000));
    for (let i = 2; i < 30; i++) put(db, 'message', `msg_0${i}`, began + i, user(began + i));
    const { cursor } = read();
    put(db, 'part', 'prt_1', began + 10_000, text('msg_1', 'a'));
    expect(read(cursor).lines).toContain('part prt_1 a');
    const next = read(cursor).cursor;
    put(db, 'part', 'prt_1', began + 20_000, text('msg_1', 'grown'));
    expect(read(next).lines.filter((line) => line !== 'message msg_1')).toEqual([
      'session ses_1',
      'part prt_1 grown',
    ]);
    db.close();
  });

  test('looks different after every write, and the same otherwise', () => {
    const db = write(old);
    const looks = [stamp()];
    put(db, 'message', 'msg_1', began + 1, user(began + 1));
    looks.push(stamp());
    put(db, 'part', 'prt_1', began + 1, text('msg_1', 'a'));
    looks.push(stamp());
    put(db, 'part', 'prt_1', began + 2, text('msg_1', 'ab'));
    looks.push(stamp());
    put(db, 'message', 'msg_1', began + 3, { ...user(began + 1), more: 1 });
    looks.push(stamp());
    db.prepare('UPDATE session SET time_updated = ?').run(began + 4);
    looks.push(stamp());
    expect(new Set(looks.map((look) => JSON.stringify(look))).size).toBe(looks.length);
    expect(stamp()).toEqual(stamp());
    db.close();
  });

  test('is read beside a writer in the middle of a transaction, who does not wait for the reader', () => {
    const db = write(old);
    for (let i = 0; i < 200; i++) put(db, 'message', `msg_${i + 100}`, began + i, user(began + i));
    db.pragma('busy_timeout = 0');
    db.exec('BEGIN IMMEDIATE');
    put(db, 'message', 'msg_500', began + 500, user(began + 500));
    const records = readStored(file, session, 0);
    expect(short(records.next().value as string)).toBe('session ses_1');
    expect(short(records.next().value as string)).toBe('message msg_100');
    db.exec('COMMIT');
    expect(db.pragma('wal_checkpoint(TRUNCATE)')).toEqual([{ busy: 0, log: 0, checkpointed: 0 }]);
    put(db, 'message', 'msg_501', began + 501, user(began + 501));
    expect([...records]).toHaveLength(199);
    expect(read().lines).toHaveLength(203);
    db.close();
  });

  test('is not written, not even a file beside it that stays', () => {
    write(old).close();
    const before = statSync(file);
    read();
    storedSessions(file);
    const after = statSync(file);
    expect([after.mtimeMs, after.size]).toEqual([before.mtimeMs, before.size]);
  });
});

test('rows that an import wrote, which no event tells of, are found', () => {
  const db = write();
  put(db, 'message', 'msg_1', began, user(began));
  const { cursor } = read();
  const before = stamp();
  put(db, 'message', 'msg_2', began - 5000, user(began - 5000), false);
  expect(stamp()).not.toEqual(before);
  expect(read(cursor).lines).toContain('message msg_2');
  db.close();
});

test('where events are gone, all is read again', () => {
  const db = write();
  put(db, 'message', 'msg_1', began, user(began));
  const { cursor } = read();
  put(db, 'message', 'msg_2', began + 5000, user(began + 5000));
  db.exec('DELETE FROM event');
  expect(read(cursor).lines).toEqual(['session ses_1', 'message msg_1', 'message msg_2']);
  db.close();
});

test('a database that got its events since goes on with them', () => {
  const old = write(true);
  put(old, 'message', 'msg_1', began, user(began));
  const { cursor } = read();
  old.exec(`CREATE TABLE event_sequence (aggregate_id text PRIMARY KEY, seq integer NOT NULL);
    CREATE TABLE event (id integer PRIMARY KEY, aggregate_id text, seq integer, type text, data text)`);
  put(old, 'message', 'msg_2', began + 60_000, user(began + 60_000));
  const next = read(cursor);
  expect(next.lines).toContain('message msg_2');
  expect(next.cursor).toBe(1);
  old.close();
});

test('a row that holds no JSON is told, and the others are read', () => {
  const db = write();
  put(db, 'message', 'msg_1', began, user(began));
  db.prepare(`INSERT INTO message VALUES ('msg_2', ?, 1, 1, '{torn')`).run(session);
  const source = [...openCode.discover({ path: folder, machine: 'm', origin: 'test' }, () => {})][0]!;
  const odd: unknown[] = [];
  const reader = openCode.reader(source, undefined);
  for (const line of openCode.documents!.read(source, 0))
    reader.read(
      { value: JSON.parse(line), pos: 0, line: 1 },
      (fact) => fact.fact === 'oddity' && odd.push(fact.what),
    );
  expect(odd).toEqual(['message.info']);
  db.close();
});

describe('what cannot be read is named, and harms nothing else', () => {
  const failures = (): string[] => {
    const found: string[] = [];
    const root = { path: folder, machine: 'm', origin: 'test' };
    expect([
      ...openCode.discover(root, (place, error) => found.push(`${path.basename(place)}: ${error.message}`)),
    ]).toEqual([]);
    return found;
  };

  test('another schema', () => {
    const db = new Database(file);
    db.exec('CREATE TABLE session (id text); CREATE TABLE message (id text, body text)');
    db.close();
    expect(failures()[0]).toContain('no message.session_id, message.data, part.id');
  });

  test('no database at all, and a damaged one', () => {
    writeFileSync(file, 'words '.repeat(1000));
    expect(failures()[0]).toContain('not a database');
    rmSync(file);
    const db = write();
    for (let i = 0; i < 500; i++) put(db, 'message', `msg_${i}`, began + i, user(began + i));
    db.close();
    const copy = path.join(folder, 'opencode-copy.db');
    copyFileSync(file, copy);
    rmSync(file);
    const bytes = Buffer.alloc(statSync(copy).size - 4096, 0xff);
    writeFileSync(copy, bytes, { flag: 'r+' });
    expect(failures()).toHaveLength(1);
  });

  test('columns that are not there are done without', () => {
    const db = new Database(file);
    db.exec(`CREATE TABLE session (id text); CREATE TABLE message (id text, session_id text, data text);
      CREATE TABLE part (id text, message_id text, data text);
      INSERT INTO session VALUES ('${session}');
      INSERT INTO message VALUES ('msg_1', '${session}', '{"role":"user","time":{"created":${began}}}');
      INSERT INTO part VALUES ('prt_1', 'msg_1', '{"type":"text","text":"a"}')`);
    db.close();
    expect(storedSessions(file)).toHaveLength(1);
    expect(read().lines).toEqual(['session ses_1', 'message msg_1', 'part prt_1 a']);
  });
});
