// Hundreds of random histories of commits, of agents and a person. RUNS and SEED choose how many, and which.
import { expect, test } from 'vitest';
import { checkHistories } from './histories.ts';

const runs = Number(process.env['RUNS'] ?? 150);
const seed = process.env['SEED'] === undefined ? undefined : Number(process.env['SEED']);

test('of all lines at least 99 in 100 are told right, and none wrong', { timeout: 3_600_000 }, async () => {
  const { lines, right, wrong, unsure } = await checkHistories(runs, seed);
  expect(wrong).toEqual([]);
  if (right / lines < 0.99) console.log(unsure.join('\n'));
  console.log(`${right} of ${lines} lines are told right, the others are said to be uncertain`);
  expect(right / lines).toBeGreaterThanOrEqual(0.99);
});
