import { test } from 'vitest';
import { checkHistories } from './histories.ts';

test('every former state can be reached again, also after kills in the middle', { timeout: 1_200_000 }, () =>
  checkHistories(200, true),
);
