// A few random histories; histories.slow.test.ts runs hundreds.
import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { histories, runHistory } from './histories.ts';
import type { Tally } from './histories.ts';

test('no line is told to be somebody’s who did not write it', { timeout: 600_000 }, async () => {
  const tally: Tally = { lines: 0, right: 0, wrong: [], unsure: [] };
  const runs = Number(process.env['RUNS'] ?? 3);
  const seed = Number(process.env['SEED'] ?? 1);
  await fc.assert(
    fc.asyncProperty(histories, async (events) => {
      const here: Tally = { lines: 0, right: 0, wrong: [], unsure: [] };
      await runHistory(events, here);
      tally.lines += here.lines;
      tally.right += here.right;
      tally.wrong.push(...here.wrong);
      tally.unsure.push(...here.unsure);
      if (process.env['DBG']) console.log(JSON.stringify(events));
      console.log(events.map((e) => e.kind).join(' '), here.lines, here.right);
      for (const w of here.wrong) console.log('WRONG', w);
      for (const w of here.unsure) console.log('unsure', w);
    }),
    { numRuns: runs, seed, endOnFailure: true, path: process.env['RUNPATH'] },
  );
  console.log(tally.lines, tally.right, tally.right / tally.lines, tally.wrong.length);
  expect(tally.wrong).toEqual([]);
});
