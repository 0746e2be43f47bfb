import { expect, test } from 'vitest';
import { UsageError } from './usage-error.ts';
import { parseWhen } from './when.ts';

const now = new Date(2025, 10, 12, 14, 30).getTime();
const local = (...parts: [number, number, number, number?, number?]): number => new Date(...parts).getTime();
const since = (text: string): number => parseWhen(text, 'start', now, '--since');
const until = (text: string): number => parseWhen(text, 'end', now, '--until');

test('days are local; --since means their start, --until their end', () => {
  expect(since('2025-11-03')).toBe(local(2025, 10, 3));
  expect(until('2025-11-03')).toBe(local(2025, 10, 4) - 1);
  expect(since('today')).toBe(local(2025, 10, 12));
  expect(since('Yesterday')).toBe(local(2025, 10, 11));
  expect(until('yesterday')).toBe(local(2025, 10, 12) - 1);
});

test('spans count back from now', () => {
  expect(since('7d')).toBe(now - 7 * 86_400_000);
  expect(since('12h')).toBe(now - 12 * 3_600_000);
  expect(since('30m')).toBe(now - 30 * 60_000);
  expect(since('2w')).toBe(now - 14 * 86_400_000);
});

test('times may carry a zone, and are local without one', () => {
  expect(since('2025-11-03T10:00Z')).toBe(Date.UTC(2025, 10, 3, 10));
  expect(since('2025-11-03T10:00:00+02:00')).toBe(Date.UTC(2025, 10, 3, 8));
  expect(since('2025-11-03 10:00')).toBe(local(2025, 10, 3, 10, 0));
});

test.each(['', 'soon', '7', 'd', '2025-02-31', '2025-13-01', '2025-11-03T25:00', '-7d'])(
  '"%s" is no time',
  (text) => {
    expect(() => since(text)).toThrow(UsageError);
    expect(() => since(text)).toThrow(`--since "${text}" is no time`);
  },
);
