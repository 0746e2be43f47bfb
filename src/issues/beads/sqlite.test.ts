// beads' SQLite databases of every version: read as they are, while beads writes to them, and without leaving a trace.
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { describeTracker } from '../contract.ts';
import { beadsVersions, makeBeads, session } from '../../../test/support/beads.ts';
import type { BeadsVersion } from '../../../test/support/beads.ts';
import { beads } from './index.ts';

const old: ReadonlySet<BeadsVersion> = new Set(['0.9.1', '0.9.4']);
describeTracker(
  beads,
  beadsVersions.map((version) => ({
    name: version,
    make: async (folder) => {
      makeBeads(folder, version);
    },
    without: [
      ...(old.has(version) ? (['comments'] as const) : []),
      ...(version === '0.9.1' ? (['externalRef'] as const) : []),
      ...(old.has(version) || version === '0.9.11' ? (['closedBySession', 'closeReason'] as const) : []),
    ],
    damage: (folder) => writeFileSync(path.join(folder, '.beads', 'beads.db'), 'no database'.repeat(1000)),
  })),
);

const read = async (folder: string) => beads.find(folder, { env: {}, home: '/nowhere' })?.list();

describe('a database of', () => {
  test.each(beadsVersions)('%s tells the same', async (version) => {
    const folder = tempFolder();
    makeBeads(folder, version);
    const isOld = old.has(version);
    const hasSession = !isOld && version !== '0.9.11';
    expect((await read(folder))?.filter((one) => one.state !== 'deleted')).toEqual([
      {
        id: 'bd-a3f2',
        title: 'The clock is wrong at noon',
        description: 'It shows 0:00.',
        status: 'in_progress',
        state: 'in_progress',
        priority: 1,
        type: 'bug',
        assignee: 'mira',
        labels: ['noon', 'time'],
        createdAt: '2026-01-05T03:30:00.123Z',
        updatedAt: '2026-01-05T08:30:00.123Z',
        closedAt: null,
        closeReason: null,
        closedBySession: null,
        dependencies: [{ id: 'bd-b71', type: 'blocks' }],
        comments: isOld ? 0 : 2,
        externalRef: version === '0.9.1' ? null : 'gh-12',
      },
      expect.objectContaining({
        id: 'bd-a3f2.1',
        state: 'closed',
        closedAt: '2026-01-05T09:30:00.123Z',
        closeReason: hasSession ? 'Right since Friday' : null,
        closedBySession: hasSession ? session : null,
        dependencies: [{ id: 'bd-a3f2', type: 'parent-child' }],
      }),
      expect.objectContaining({
        id: 'bd-b71',
        status: 'deferred',
        state: 'open',
        priority: 0,
        createdAt: '2026-01-05T10:00:00.000Z',
      }),
    ]);
  });
});

test('what was deleted is told as deleted', async () => {
  const folder = tempFolder();
  makeBeads(folder, '0.47');
  expect((await read(folder))?.find((one) => one.id === 'bd-zz9')).toMatchObject({
    status: 'tombstone',
    state: 'deleted',
  });
});

test("a project's own statuses are what it says that they amount to", async () => {
  const folder = tempFolder();
  const db = new Database(makeBeads(folder, '0.50.3'));
  db.exec("INSERT INTO config VALUES ('status.custom', 'cooking:wip,served:done,shelved:frozen')");
  db.exec("UPDATE issues SET status = 'cooking' WHERE id = 'bd-a3f2'");
  db.exec("UPDATE issues SET status = 'shelved' WHERE id = 'bd-b71'");
  db.close();
  const states = Object.fromEntries((await read(folder))?.map((one) => [one.id, one.state]) ?? []);
  expect(states).toMatchObject({ 'bd-a3f2': 'in_progress', 'bd-b71': 'open' });
});

test('what git brought in the JSONL, and beads has not taken in yet, is told', async () => {
  const folder = tempFolder();
  const db = new Database(makeBeads(folder, '0.47'));
  const jsonl = path.join(folder, '.beads', 'issues.jsonl');
  writeFileSync(jsonl, '{"id":"bd-1","title":"One"}\n');
  const warnings = async () => beads.find(folder, { env: {}, home: '/nowhere' })?.warnings();
  expect(await warnings()).toEqual([]);
  const hash = createHash('sha256').update(readFileSync(jsonl)).digest('hex');
  db.prepare("INSERT INTO metadata VALUES ('jsonl_content_hash', ?)").run(hash);
  expect(await warnings()).toEqual([]);
  appendFileSync(jsonl, '{"id":"bd-2","title":"Two"}\n');
  expect(await warnings()).toEqual([expect.stringContaining('`bd sync` takes it in')]);
  db.close();
});

test('what `bd list` leaves out is found by its id only', async () => {
  const folder = tempFolder();
  const db = new Database(makeBeads(folder, '0.47'));
  db.exec("UPDATE issues SET is_template = 1 WHERE id = 'bd-b71'");
  db.exec("UPDATE issues SET issue_type = 'gate' WHERE id = 'bd-a3f2.1'");
  db.close();
  const tracker = beads.find(folder, { env: {}, home: '/nowhere' });
  expect((await tracker?.list())?.map((one) => one.id)).toEqual(['bd-a3f2', 'bd-zz9']);
  expect(await tracker?.get('bd-b71')).toMatchObject({ id: 'bd-b71' });
});

test('what beads has written is seen while it has the database open, also in the middle of a change', async () => {
  const folder = tempFolder();
  const writer = new Database(makeBeads(folder, '0.47'));
  writer.exec("UPDATE issues SET title = 'Only in the log' WHERE id = 'bd-b71'");
  writer.exec("BEGIN IMMEDIATE; UPDATE issues SET title = 'Not yet' WHERE id = 'bd-b71'");
  try {
    expect((await read(folder))?.find((one) => one.id === 'bd-b71')?.title).toBe('Only in the log');
  } finally {
    writer.exec('ROLLBACK');
    writer.close();
  }
});

test('nothing is left beside a database that nobody has open', async () => {
  const folder = tempFolder();
  makeBeads(folder, '0.47');
  await read(folder);
  expect(readdirSync(path.join(folder, '.beads'))).toEqual(['beads.db']);
});

test.each(['bd.db', 'issues.db', 'my-app.db'])('an older name: %s', async (name) => {
  const folder = tempFolder();
  const made = makeBeads(folder, '0.9.11');
  const db = new Database(made);
  db.exec(`VACUUM INTO '${path.join(folder, '.beads', name)}'`);
  db.exec(`VACUUM INTO '${path.join(folder, '.beads', `${name}.backup.db`)}'`);
  db.close();
  rmSync(made);
  expect(existsSync(made)).toBe(false);
  expect(await read(folder)).toHaveLength(3);
});

test('a database without issues gives way to the JSONL beside it, and that is said', async () => {
  const folder = tempFolder();
  mkdirSync(path.join(folder, '.beads'));
  new Database(path.join(folder, '.beads', 'beads.db')).exec('CREATE TABLE t(x)').close();
  writeFileSync(path.join(folder, '.beads', 'issues.jsonl'), '{"id":"bd-1","title":"One"}\n');
  const tracker = beads.find(folder, { env: {}, home: '/nowhere' });
  expect(await tracker?.list()).toHaveLength(1);
  expect((await tracker?.warnings())?.[0]).toContain('read from');
});
