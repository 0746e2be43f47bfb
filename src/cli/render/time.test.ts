import { expect, test } from 'vitest';
import { between, day, duration, fullMoment, moment, seconds } from './time.ts';

const now = new Date(2025, 10, 12, 14, 30).getTime();
const at = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();

test('moments are local and as short as can be understood', () => {
  expect(moment(at(2025, 10, 12, 14, 3), now)).toBe('14:03');
  expect(moment(at(2025, 10, 11, 23, 59), now)).toBe('yesterday 23:59');
  expect(moment(at(2025, 10, 2, 9, 0), now)).toBe('Nov 2');
  expect(moment(at(2024, 11, 31, 9, 0), now)).toBe('Dec 31 2024');
  expect(moment(null, now)).toBe('–');
  expect(fullMoment(at(2025, 10, 2, 9, 5), now)).toBe('Nov 2 09:05');
});

test('yesterday is a day of the calendar, also at the turn of a month', () => {
  const first = new Date(2025, 2, 1, 0, 1).getTime();
  expect(day(new Date(2025, 1, 28, 0, 0).toISOString(), first)).toBe('yesterday');
});

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1200, '1.2 s'],
  [9960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [180_000, '3 min'],
  [3_600_000, '1 h'],
  [4_800_000, '1 h 20 min'],
  [86_400_000, '1 d'],
  [97_200_000, '1 d 3 h'],
])('%d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('what is known to the second is not told more exactly', () => {
  expect([0, 3, 59, 60, 3720].map(seconds)).toEqual(['0 s', '3 s', '59 s', '1 min', '1 h 2 min']);
});

test('a span needs both of its ends', () => {
  expect(between(at(2025, 0, 1, 1, 0), at(2025, 0, 1, 1, 3))).toBe('3 min');
  expect(between(null, at(2025, 0, 1, 1, 3))).toBeUndefined();
});
