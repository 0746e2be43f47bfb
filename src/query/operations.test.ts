// Operations in lists: who allowed them, what came of them, and their part of what was used.
import { beforeEach, expect, test } from 'vitest';
import { decided, decidedSession } from '../../test/support/decided.ts';
import { testHome } from '../../test/support/home.ts';
import type { Clew } from '../index.ts';
import { totalTokens } from '../model/index.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
let clew: Clew;

beforeEach(async () => {
  const home = testHome({ now: () => start + 86_400_000 });
  clew = home.open();
  decidedSession(home, '/w', start);
  await clew.import();
});

const ids = (filter: Parameters<Clew['operations']>[0]): string[] =>
  clew.operations(filter).map((one) => one.id);

test('the latest first, by session, type, status, tool and who allowed them', () => {
  expect(ids({})).toEqual(['toolu_rm', 'toolu_git', 'toolu_two', 'toolu_one', 'toolu_ask']);
  expect(ids({ session: decided.slice(0, 8), type: 'write' })).toEqual(['toolu_two', 'toolu_one']);
  expect(ids({ status: 'blocked' })).toEqual(['toolu_rm']);
  expect(ids({ name: 'Bash', limit: 1 })).toEqual(['toolu_rm']);
  expect(ids({ approvedBy: 'user' })).toEqual(['toolu_rm']);
  expect(ids({ since: start + 5000, until: start + 8000 })).toEqual(['toolu_git']);
});

test('edits are allowed by a mode that accepts them, and what the user refused is not', () => {
  const told = clew.operations().map(({ id, approved, approvedBy }) => [id, approved, approvedBy]);
  expect(told).toEqual([
    ['toolu_rm', false, 'user'],
    ['toolu_git', null, null],
    ['toolu_two', true, 'mode'],
    ['toolu_one', true, 'mode'],
    ['toolu_ask', null, null],
  ]);
});

test('calls of one response share what it used, and the parts add up to it', () => {
  const [two, one] = clew.operations({ type: 'write' });
  expect([one?.use?.tokens, two?.use?.tokens]).toMatchObject([
    { input: 501, output: 38 },
    { input: 500, output: 37 },
  ]);
  expect(one?.use?.sharedAmong).toBe(2);
  const all = clew.operations().flatMap(({ use }) => use ?? []);
  const session = clew.session(decided);
  expect(all.reduce((n, use) => n + totalTokens(use.tokens), 0)).toBe(totalTokens(session.tokens));
  expect(all.reduce((n, use) => n + use.cost.computed, 0)).toBe(session.cost.computed);
  expect(session.cost.computed).toBeGreaterThan(0);
});

test('one operation tells the same', () => {
  const row = clew.operations({ name: 'Bash' }).find((one) => one.id === 'toolu_git');
  const { approved, result, use } = clew.operation('toolu_git');
  expect({ approved, result, use }).toEqual({
    approved: row?.approved,
    result: '4 characters of output',
    use: row?.use,
  });
});
