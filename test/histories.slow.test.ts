// Hundreds of histories, in which some of clew's commands are killed in the middle.
import { expect, test } from 'vitest';
import { checkHistories } from './histories.ts';

test(
  'every former state can be reached again, also after kills in the middle',
  { timeout: 1_200_000 },
  async () => {
    await expect(checkHistories(200, true)).resolves.toBeUndefined();
  },
);
