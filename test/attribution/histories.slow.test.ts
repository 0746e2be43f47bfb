// Random histories of commits, of agents and a person: the same at each run, so that a change is what makes a difference.
// RUNS and SEED choose more, and others.
import { expect, test } from 'vitest';
import { checkHistories } from './histories.ts';

const runs = Number(process.env['RUNS'] ?? 20);
const seed = Number(process.env['SEED'] ?? 7);

test(
  'no line is told wrong; of the others that are uncertain there are few',
  { timeout: 3_600_000 },
  async () => {
    const { lines, right, wrong, unsure } = await checkHistories(runs, seed);
    expect(wrong).toEqual([]);
    if (right / lines < 0.99) console.log(unsure.join('\n'));
    console.log(`${right} of ${lines} lines are told right, the others are said to be uncertain`);
    expect(right / lines).toBeGreaterThanOrEqual(0.99);
  },
);
