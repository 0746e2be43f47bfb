// A few of the histories; test/histories.slow.test.ts runs hundreds, with kills.
import { test } from 'vitest';
import { checkHistories } from './histories.ts';

test('every former state can be reached again', { timeout: 120_000 }, () => checkHistories(5, false));
