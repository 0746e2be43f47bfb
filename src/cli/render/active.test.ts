import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { ActiveAgent } from '../../index.ts';
import { activeLines } from './active.ts';
import type { View } from './view.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const view: View = { width: 80, colour: pc.createColors(false), home: '/home/me', now };
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

const one: ActiveAgent = {
  session: '4c1d8e90-0000-4000-8000-000000000001',
  agent: 'claude-code',
  title: 'Mend the totals',
  project: '/home/me/shop',
  root: '/home/me/shop',
  branch: 'ABC-12-cart',
  issue: 'ABC-12',
  issueFrom: 'branch',
  startedAt: ago(9),
  quietSince: ago(2),
  waiting: { on: 'tool', what: 'Bash', operation: 't1', tool: 'Bash', target: 'npm test', since: ago(2) },
  files: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
    path: `/home/me/shop/${name}.ts`,
    at: ago(3),
    pending: false,
  })),
};
const shown = (...agents: ActiveAgent[]): string => activeLines({ agents, warnings: [] }, view).join('\n');
const waiting = (what: string, target: string | null): ActiveAgent => ({
  ...one,
  waiting: {
    on: 'user',
    what,
    operation: null,
    tool: what === 'permission' ? 'Bash' : null,
    target,
    since: ago(1),
  },
});

test('nobody is at work', () => {
  expect(shown()).toBe('no agent is at work');
});

test('says where an agent is, since when, for whom it waits, and what it changed', () => {
  const text = shown(one);
  expect(text).toContain('4c1d8e90  claude-code  ~/shop on ABC-12-cart for ABC-12');
  expect(text).toMatch(/at work for 9 min, since \d\d:\d\d; last heard of 2 min ago/);
  expect(text).toContain('waits for Bash: npm test, for 2 min');
  expect(text).toContain('changed a.ts, b.ts, c.ts, d.ts, e.ts and 1 more');
});

test.each([
  ['permission', 'rm -r x', 'waits for you to permit Bash: rm -r x, for 1 min'],
  ['question', 'Which?', 'waits for you to answer: Which?, for 1 min'],
  ['plan', 'first', 'waits for you to approve its plan, for 1 min'],
  ['prompt', null, 'waits for you to go on, for 1 min'],
])('says what it asks of its user: %s', (what, target, words) => {
  expect(shown(waiting(what, target))).toContain(words);
});

test('a file that is not changed yet is told to be so', () => {
  const files = [
    { path: '/home/me/shop/a.ts', at: ago(1), pending: true },
    { path: '/home/me/shop/b.ts', at: ago(2), pending: false },
  ];
  expect(shown({ ...one, files })).toMatch(/is about to change a\.ts\n {2}changed b\.ts/);
});

test('what it does not know it does not say', () => {
  const text = shown({ ...one, waiting: null, files: [], startedAt: null, branch: null, issue: null });
  expect(text).not.toContain('waits');
  expect(text).not.toContain('changed');
  expect(text).not.toContain('null');
});

test('warnings come first, and lines fit the width', () => {
  const two = { ...one, session: '4c1d8e90-0000-4000-8000-000000000002', title: 'x'.repeat(200) };
  const warnings = [
    { kind: 'file', path: '/home/me/shop/a.ts', sessions: [one.session, two.session] },
  ] as const;
  const [first = '', ...rest] = activeLines({ agents: [one, two], warnings }, view);
  expect(first).toMatch(/^! 4c1d8e90-\S+01, 4c1d8e90-\S+02 change the same file: ~\/shop\/a\.ts$/);
  expect(rest.filter((line) => line.length > 80)).toEqual([]);
});
