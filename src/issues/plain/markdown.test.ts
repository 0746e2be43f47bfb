// ISSUES.md as docs/issues.md describes it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { describeTracker } from '../contract.ts';
import type { Issue } from '../tracker.ts';
import { markdown, markdownTracker } from './markdown.ts';

const docs = readFileSync(path.join(import.meta.dirname, '../../../docs/issues.md'), 'utf8');
const example = /```markdown\n([^]*?)```/.exec(docs)?.[1] ?? '';
const finished = example.replace(
  'Created: 2026-01-05',
  'Created: 2026-01-05\nUpdated: 2026-01-06\nClosed: 2026-01-07',
);

describeTracker(markdown, [
  {
    name: 'the example of its documentation',
    make: async (folder) => writeFileSync(path.join(folder, 'ISSUES.md'), finished),
  },
]);

async function issuesOf(text: string): Promise<readonly Issue[]> {
  const file = path.join(tempFolder(), 'ISSUES.md');
  writeFileSync(file, text);
  return markdownTracker(file).list();
}

test('the example of its documentation', async () => {
  const all = await issuesOf(example);
  expect(all.map(({ id, status, state }) => [id, status, state])).toEqual([
    ['#9', 'closed', 'closed'],
    ['#12', 'in progress', 'in_progress'],
    ['#13', 'open', 'open'],
    ['#14', 'in_progress', 'in_progress'],
  ]);
  expect(all[1]).toEqual({
    id: '#12',
    title: 'The clock is wrong at noon',
    description: 'It shows 0:00. Lines up to the next heading of the same level are the description.',
    status: 'in progress',
    state: 'in_progress',
    priority: 1,
    type: 'bug',
    assignee: 'mira',
    labels: ['time', 'noon'],
    createdAt: '2026-01-05T00:00:00.000Z',
    updatedAt: null,
    closedAt: null,
    closeReason: null,
    closedBySession: null,
    dependencies: [{ id: '#9', type: 'blocks' }],
    comments: null,
    externalRef: 'https://example.org/12',
  });
  expect(all[3]?.description).toBe('Indented lines below a box belong to it.');
});

test.each([
  ['## #12: Title', '#12', 'Title'],
  ['### ABC-12 – Title', 'ABC-12', 'Title'],
  ['## bd-a3f2.1 Title ##', 'bd-a3f2.1', 'Title'],
  ['* [ ] my-app-7 Title', 'my-app-7', 'Title'],
  ['## [x] #12 Title', '#12', 'Title'],
])('%s', async (line, id, title) => {
  expect(await issuesOf(line)).toMatchObject([{ id, title }]);
});

test.each(['## Later', '## 12 Title', '- [ ] buy milk', '- #12 no box', '```\n## #12 in code\n```', ''])(
  'no issue: %s',
  async (text) => {
    expect(await issuesOf(text)).toEqual([]);
  },
);

test('a heading below an issue belongs to it, one beside it does not', async () => {
  const [first, second] = await issuesOf(
    '## #1 One\n\nThis.\n### Why\nThat.\n## Later\nNot this.\n## #2 Two\n',
  );
  expect(first?.description).toBe('This.\n### Why\nThat.');
  expect(second?.description).toBeNull();
});

test('of an id that stands twice, the first one counts', async () => {
  expect(await issuesOf('- [x] #1 One\n- [ ] #1 Again\n')).toMatchObject([{ title: 'One', state: 'closed' }]);
});
