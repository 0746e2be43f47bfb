// The times of events: none depends on where it is read.
import { expect, test } from 'vitest';
import { timeOfEvent } from './index.ts';

const five = Date.UTC(2026, 2, 4, 5, 6, 7);
test.each([
  ['2026-03-04T05:06:07Z', five],
  ['2026-03-04T05:06:07', five],
  ['2026-03-04 05:06:07', five],
  ['2026-03-04T05:06:07z', five],
  ['2026-03-04T07:06:07+02:00', five],
  ['2026-03-04T07:06:07+02', five],
  ['2026-03-04T05:06:07.250999+00:00', five + 250],
  ['2026-03-04T05:06', five - 7000],
  ['2026-03-04', undefined],
  ['2026-03-04T25:00:00Z', undefined],
  ['', undefined],
  [null, undefined],
])('%s', (given, ms) => {
  expect(timeOfEvent(given)).toBe(ms);
});
