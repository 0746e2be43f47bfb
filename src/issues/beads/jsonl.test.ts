// beads' JSONL in the variants that its versions write, and as merges of git leave it.
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { describeTracker } from '../contract.ts';
import { makeBeads } from '../../../test/support/beads.ts';
import { beads } from './index.ts';
import { jsonlTracker } from './jsonl.ts';

const first = {
  id: 'bd-a3f2',
  title: 'The clock is wrong at noon',
  description: 'It shows <0:00>.',
  status: 'in_progress',
  priority: 1,
  issue_type: 'bug',
  assignee: 'mira',
  created_at: '2026-01-05T03:30:00.123456789-07:00',
  updated_at: '2026-01-05T12:30:00Z',
  external_ref: 'gh-12',
  labels: ['noon', 'time'],
  dependencies: [
    { issue_id: 'bd-a3f2', depends_on_id: 'bd-b71', type: 'blocks', created_at: '2026-01-05T03:30:00Z' },
  ],
};
const closed = {
  id: 'bd-b71',
  title: 'Time zones',
  status: 'closed',
  priority: 0,
  issue_type: 'task',
  created_at: '2026-01-04T10:00:00Z',
  updated_at: '2026-01-06T10:00:00Z',
  closed_at: '2026-01-06T10:00:00Z',
};
const comments = [
  { id: 1, issue_id: 'bd-a3f2', author: 'mira', text: 'Seen.', created_at: '2026-01-05T11:00:00Z' },
];
const closer = { closed_by_session: 'a1d85e3b-7f26-4c90-b3ea-58c2049d6f17', close_reason: 'done' };

type Lines = readonly (object | string)[];
const variants: Readonly<Record<string, Lines>> = {
  '0.9': [
    Object.fromEntries(Object.entries(first).filter(([name]) => !['labels', 'external_ref'].includes(name))),
    { description: '', ...closed },
  ],
  '0.24, with content hashes': [
    { ...first, content_hash: 'c0ffee', comments },
    { ...closed, ...closer, content_hash: 'bad' },
  ],
  '0.47, with tombstones': [
    { ...first, comments },
    { ...closed, ...closer },
    {
      id: 'bd-zz9',
      title: 'A mistake',
      status: 'tombstone',
      priority: 3,
      original_type: 'task',
      deleted_at: '2026-01-05T10:00:00Z',
    },
  ],
  '1.0.3, with types, counts and memories': [
    {
      _type: 'issue',
      ...first,
      comments: [{ ...comments[0], id: '0e64b7d3' }],
      comment_count: 1,
      dependency_count: 1,
    },
    { _type: 'issue', ...closed, ...closer, comment_count: 0 },
    { _type: 'memory', key: 'noon', value: 'Lunch is at noon.' },
  ],
  br: [
    {
      ...first,
      comments,
      compaction_level: 0,
      source_repo: '.',
      created_at: '2026-01-05T10:30:00.123456789+00:00',
    },
    { ...closed, ...closer, compaction_level: 0 },
  ],
};

function write(folder: string, lines: Lines, name = 'issues.jsonl'): string {
  mkdirSync(path.join(folder, '.beads'), { recursive: true });
  const file = path.join(folder, '.beads', name);
  writeFileSync(
    file,
    lines
      .map((one) => (typeof one === 'string' ? one : JSON.stringify(one).replaceAll('<', '\\u003c')))
      .map((line) => `${line}\n`)
      .join(''),
  );
  return file;
}

describeTracker(
  beads,
  Object.entries(variants).map(([name, lines]) => ({
    name: `JSONL of ${name}`,
    make: async (folder) => {
      write(folder, lines);
    },
    without:
      name === '0.9'
        ? (['labels', 'comments', 'externalRef', 'closeReason', 'closedBySession'] as const)
        : [],
  })),
);

const trackerOf = (lines: Lines) => jsonlTracker(write(tempFolder(), lines), '/p');

test.each(Object.keys(variants))('%s tells the same', async (name) => {
  const all = await trackerOf(variants[name] ?? []).list();
  expect(all.slice(0, 2)).toMatchObject([
    {
      id: 'bd-a3f2',
      description: 'It shows <0:00>.',
      state: 'in_progress',
      createdAt: '2026-01-05T10:30:00.123Z',
      dependencies: [{ id: 'bd-b71', type: 'blocks' }],
    },
    { id: 'bd-b71', state: 'closed', closedAt: '2026-01-06T10:00:00.000Z', priority: 0 },
  ]);
  expect(all.slice(2).map((one) => one.state)).toEqual(name.includes('tombstones') ? ['deleted'] : []);
});

const golden = path.join(import.meta.dirname, 'golden');
const written = readdirSync(golden).filter((name) => name.endsWith('.jsonl'));
test.each(written)('what beads itself wrote: %s', async (name) => {
  const all = await jsonlTracker(path.join(golden, name), '/p').list();
  const named = Object.fromEntries(all.map((one) => [one.title, one]));
  const id = (title: string): string | undefined => named[title]?.id;
  const isOld = name.startsWith('0.9') || name.startsWith('0.24');
  const tellsComments = name.startsWith('0.47') || name.startsWith('1.');
  expect(named).toMatchObject({
    'The clock is wrong at noon': {
      description: 'It shows <0:00>.',
      state: 'in_progress',
      priority: 1,
      type: 'bug',
      assignee: 'mira',
      labels: ['noon', 'time'],
      dependencies: [{ id: id('Time zones'), type: 'blocks' }],
      comments: tellsComments ? 1 : null,
      externalRef: 'gh-12',
    },
    'Time zones': { description: 'All of them', type: 'feature' },
    'Right all day': { description: null, state: 'open', priority: 0, type: 'epic' },
    'A test for noon': {
      state: 'closed',
      closeReason: isOld ? null : 'Right since Friday',
      dependencies: [{ id: id('Right all day'), type: 'parent-child' }],
    },
    ...(id('A mistake') && { 'A mistake': { status: 'tombstone', state: 'deleted' } }),
  });
  expect(all.filter((one) => one.state === 'deleted')).toHaveLength(/^0\.(?:30|47)/.test(name) ? 1 : 0);
  const times = all.flatMap((one) => [one.createdAt, one.updatedAt]);
  expect(times.every((at) => at?.startsWith('2026-11-21T13:'))).toBe(true);
});

test('of an issue that stands twice after a merge, the newer one counts, as a moment, not as text', async () => {
  const tracker = trackerOf([
    { ...first, title: 'newer', updated_at: '2026-01-05T12:00:00-07:00' },
    { ...first, title: 'older', updated_at: '2026-01-05T18:00:00Z' },
  ]);
  expect(await tracker.list()).toMatchObject([{ title: 'newer' }]);
});

test('an issue that was opened again is open, though early versions still tell its end', async () => {
  const tracker = trackerOf([{ ...closed, status: 'open' }]);
  expect(await tracker.list()).toMatchObject([
    { state: 'open', closedAt: closed.closed_at.replace('Z', '.000Z') },
  ]);
});

test('the marks of a conflict are passed over and told, and so is what does not parse', async () => {
  const tracker = trackerOf([
    '<<<<<<< HEAD',
    { ...first, title: 'ours', updated_at: '2026-01-05T12:00:00Z' },
    '=======',
    { ...first, title: 'theirs', updated_at: '2026-01-05T13:00:00Z' },
    '>>>>>>> theirs',
    '{"id": "bd-torn", "ti',
    closed,
  ]);
  expect((await tracker.list()).map((one) => one.title)).toEqual(['theirs', 'Time zones']);
  expect(await tracker.warnings()).toEqual([
    expect.stringContaining('1 merge conflict'),
    expect.stringContaining('1 line'),
  ]);
});

test('deletions.jsonl deletes what was not changed since', async () => {
  const folder = tempFolder();
  write(folder, [first, closed]);
  write(
    folder,
    [
      { id: 'bd-a3f2', ts: '2026-01-05T12:00:00Z', by: 'mira' },
      { id: 'bd-b71', ts: '2026-01-07T10:00:00Z', by: 'mira', reason: 'no' },
    ],
    'deletions.jsonl',
  );
  const all = await beads.find(folder, { env: {}, home: '/nowhere' })?.list();
  expect(all?.map((one) => [one.id, one.state])).toEqual([
    ['bd-a3f2', 'in_progress'],
    ['bd-b71', 'deleted'],
  ]);
});

test('it is told to be old where the database was written to since, or has issues that it lacks', async () => {
  const folder = tempFolder();
  const database = makeBeads(folder, '0.47');
  const file = write(folder, [first]);
  const at = (name: string, seconds: number): void => utimesSync(name, seconds, seconds);
  const warnings = () => jsonlTracker(file, folder, { database }).warnings();
  at(database, 1_700_000_000);
  at(file, 1_700_000_100);
  expect(await warnings()).toEqual([]);
  at(database, 1_700_000_200);
  expect(await warnings()).toEqual([expect.stringContaining('may be old')]);
  new Database(database).exec("INSERT INTO dirty_issues(issue_id) VALUES ('bd-b71')").close();
  at(file, 9_000_000_000);
  expect(await warnings()).toEqual([expect.stringContaining('1 issue was changed')]);
});

test('comments that are not told are not taken for none: most versions write them at `bd sync` only', async () => {
  const tracker = trackerOf([first, { ...closed, comments }]);
  expect((await tracker.list()).map((one) => one.comments)).toEqual([null, 1]);
});

test('what `bd list` leaves out is found by its id only', async () => {
  const tracker = trackerOf([
    { ...first, issue_type: 'gate' },
    { ...closed, is_template: true },
    { ...closed, id: 'bd-1' },
  ]);
  expect((await tracker.list()).map((one) => one.id)).toEqual(['bd-1']);
  expect(await tracker.get('bd-a3f2')).toMatchObject({ type: 'gate' });
});

test('merge leftovers and other lines of beads are no issues', async () => {
  const folder = tempFolder();
  for (const name of ['issues.base.jsonl', 'issues.left.jsonl', 'interactions.jsonl', 'deletions.jsonl'])
    write(folder, [first], name);
  expect(beads.find(folder, { env: {}, home: '/nowhere' })).toBeUndefined();
  write(folder, [first], 'beads.jsonl');
  expect(await beads.find(folder, { env: {}, home: '/nowhere' })?.list()).toHaveLength(1);
});
