// The computation of costs against figures worked out by hand.
import { expect, test } from 'vitest';
import { costOf } from './cost.ts';
import { noTokens } from './counts.ts';
import type { Prices } from './prices.ts';
import type { Response } from './responses.ts';

const flat = { long: [], factors: {} };
const prices: Prices = new Map([
  ['claude-m-4-5', [{ ...flat, input: 1, output: 5, cacheRead: 0.1, cacheWrite5m: 1.25, cacheWrite1h: 2 }]],
  [
    'gpt-m',
    [
      { ...flat, input: 5, output: 30, until: '2026-08-01' },
      { ...flat, input: 4, output: 20, from: '2026-08-01', factors: { priority: 2.5 } },
    ],
  ],
  ['long', [{ ...flat, input: 3, output: 15, long: [{ above: 200, input: 6, output: 22.5 }] }]],
  ['half', [{ ...flat, input: 0.5, output: 0.25 }]],
]);

const one = (model: string, tokens: Partial<Response['tokens']>, more: Partial<Response> = {}): Response => ({
  kind: 'response',
  model,
  at: Date.UTC(2026, 10, 20),
  tier: '',
  tokens: { ...noTokens(), ...tokens },
  ...more,
});
const cost = (...responses: Response[]): number => costOf(responses, prices).cost;

test('five kinds of tokens have five rates, under every name of the model', () => {
  const tokens = { input: 100, output: 10, cacheRead: 1000, cacheWrite5m: 200, cacheWrite1h: 300 };
  // 100 + 50 + 100 + 250 + 600
  for (const name of ['claude-m-4-5', 'claude-m-4.5', 'anthropic/claude-m-4.5', 'claude-m-4-5-20251001'])
    expect(cost(one(name, tokens))).toBe(1100);
});

test('the price of the day, and the factor of the tier, where there is one', () => {
  const tokens = { input: 1000, output: 100 };
  expect(cost(one('gpt-m', tokens, { at: Date.parse('2026-07-31T23:59:59Z') }))).toBe(8000);
  expect(cost(one('gpt-m', tokens, { at: Date.parse('2026-08-01') }))).toBe(6000);
  expect(cost(one('gpt-m', tokens, { at: 0 }))).toBe(6000);
  expect(cost(one('gpt-m', tokens, { tier: 'priority' }))).toBe(15_000);
  expect(cost(one('gpt-m', tokens, { tier: 'other' }))).toBe(6000);
});

test('a request with a long prompt is charged otherwise as a whole; a sum of several is not', () => {
  const [at, above] = [
    { input: 200, output: 10 },
    { input: 1, cacheRead: 200, output: 10 },
  ];
  expect(cost(one('long', at))).toBe(600 + 150);
  expect(cost(one('long', above))).toBe(201 * 6 + 225);
  expect(cost(one('long', above, { kind: 'sum' }))).toBe(201 * 3 + 150);
});

test('sums are exact and are rounded once, half to even', () => {
  const [half, quarter] = [one('half', { input: 1 }), one('half', { output: 1 })];
  expect([cost(half), cost(half, half, half), cost(half, quarter), cost(quarter, quarter, half)]).toEqual([
    0, 2, 1, 1,
  ]);
});

test('what has no price is told in tokens, and so is output without its prompt', () => {
  const all = [one('mystery', { input: 5, output: 2 }), one('gpt-m', { output: 3 }, { kind: 'part' })];
  expect(costOf(all, prices)).toEqual({ cost: 0, unpriced: 10 });
});
