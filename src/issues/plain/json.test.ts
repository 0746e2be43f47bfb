// issues.json in its shapes, and what other trackers export.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { describeTracker } from '../contract.ts';
import { json, jsonTracker } from './json.ts';

const one = {
  id: 'app-1',
  title: 'The clock',
  description: 'It is wrong.',
  status: 'closed',
  priority: 'P1',
  type: 'bug',
  assignee: 'mira',
  labels: ['noon'],
  created_at: '2026-01-05T10:00:00Z',
  updated_at: '2026-01-05T11:00:00+01:00',
  closed_at: '2026-01-06T10:00:00Z',
  close_reason: 'right at noon',
  dependencies: ['app-2'],
  comments: 2,
  external_ref: 'gh-12',
};
const two = { id: 'app-2', title: 'Time zones', depends_on: [{ id: 'app-3', type: 'related' }] };

const shapes: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'a list': ['issues.json', JSON.stringify([one, two], null, 2)],
  'an object with a list': ['issues.json', JSON.stringify({ issues: [one, two] })],
  'one a line': ['issues.jsonl', `${JSON.stringify(one)}\n\n${JSON.stringify(two)}\n`],
  'one a line under the other name': ['issues.json', `${JSON.stringify(one)}\n${JSON.stringify(two)}\n`],
};

describeTracker(
  json,
  Object.entries(shapes).map(([name, [file, text]]) => ({
    name,
    make: async (folder) => writeFileSync(path.join(folder, file), text),
    damage: (folder) => writeFileSync(path.join(folder, file), '{"torn'),
  })),
);

function trackerOf(value: unknown) {
  const file = path.join(tempFolder(), 'issues.json');
  writeFileSync(file, JSON.stringify(value));
  return jsonTracker(file);
}

test.each(Object.keys(shapes))('%s tells the same', async (name) => {
  const [file, text] = shapes[name] ?? ['', ''];
  const place = path.join(tempFolder(), file);
  writeFileSync(place, text);
  expect(await jsonTracker(place).list()).toMatchObject([
    {
      id: 'app-1',
      priority: 1,
      state: 'closed',
      updatedAt: '2026-01-05T10:00:00.000Z',
      closeReason: 'right at noon',
      comments: 2,
    },
    { id: 'app-2', status: 'open', dependencies: [{ id: 'app-3', type: 'related' }], comments: null },
  ]);
});

test('what `gh issue list --json` prints', async () => {
  const tracker = trackerOf([
    {
      number: 12,
      id: 'I_kwDO',
      title: 'The clock',
      body: 'It is wrong.',
      state: 'CLOSED',
      labels: [
        {
          id: 'L1',
          name: 'noon',
        },
      ],
      assignees: [{ login: 'mira' }],
      createdAt: '2026-01-05T10:00:00Z',
      closedAt: '2026-01-06T10:00:00Z',
      url: 'https://example.org/12',
      comments: [{ body: 'Seen.' }],
    },
  ]);
  expect(await tracker.get('#12')).toMatchObject({
    title: 'The clock',
    description: 'It is wrong.',
    status: 'CLOSED',
    state: 'closed',
    assignee: 'mira',
    labels: ['noon'],
    comments: 1,
    externalRef: 'https://example.org/12',
  });
});

test('what Linear exports', async () => {
  const tracker = trackerOf([
    {
      id: 'b0c1',
      identifier: 'ENG-7',
      title: 'The clock',
      state: { name: 'In Progress' },
      priority: 2,
      assignee: { name: 'Mira' },
    },
  ]);
  expect(await tracker.list()).toMatchObject([
    { id: 'ENG-7', status: 'In Progress', state: 'in_progress', priority: 2, assignee: 'Mira' },
  ]);
});

test('what is no issue is passed over and told', async () => {
  const tracker = trackerOf([one, { name: 'something else' }]);
  expect(await tracker.list()).toHaveLength(1);
  expect(await tracker.warnings()).toEqual([expect.stringContaining('1 entry is no issue')]);
});
