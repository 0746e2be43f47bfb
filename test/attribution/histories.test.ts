// A few of the random histories; histories.slow.test.ts runs hundreds.
import { expect, test } from 'vitest';
import { checkHistories } from './histories.ts';

test('no line is told to be somebody’s who did not write it', { timeout: 300_000 }, async () => {
  const { lines, right, wrong } = await checkHistories(2, 1);
  expect(wrong).toEqual([]);
  expect(lines).toBeGreaterThan(20);
  // So few histories can have one in which much is uncertain.
  expect(right / lines).toBeGreaterThan(0.9);
});
