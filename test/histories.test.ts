// A few of the histories; test/histories.slow.test.ts runs hundreds, with kills.
import { expect, test } from 'vitest';
import { checkHistories } from './histories.ts';

test('every former state can be reached again', { timeout: 120_000 }, async () => {
  await expect(checkHistories(5, false)).resolves.toBeUndefined();
});
