import { expect, test } from 'vitest';
import { bytes, many, short, tokensLine } from './numbers.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1k'],
  [12_400, '12.4k'],
  [99_960, '100k'],
  [999_499, '999k'],
  [999_500, '1M'],
  [1_234_567, '1.2M'],
  [3_000_000_000, '3B'],
])('%d is %s', (n, text) => {
  expect(short(n)).toBe(text);
});

test('counted things', () => {
  expect(many(1, 'error')).toBe('1 error');
  expect(many(0, 'error')).toBe('0 errors');
  expect(many(1_234_567, 'query', 'queries')).toBe('1,234,567 queries');
  expect(bytes(1_500_000)).toBe('1.5 MB');
});

test('a lower bound is marked', () => {
  const tokens = { input: 100, output: 12, cacheRead: 800, cacheWrite5m: 100, cacheWrite1h: 0 };
  expect(tokensLine(tokens, true)).toBe('1k in (80% cached), ≥12 out');
  expect(tokensLine({ ...tokens, cacheRead: 0 }, false)).toBe('200 in, 12 out');
});
