import { expect, test } from 'vitest';
import { nearest } from './suggest.ts';

test.each([
  ['sesions', 'sessions'],
  ['serach', 'search'],
  ['sess', 'sessions'],
  ['xyz', undefined],
  ['', undefined],
])('%s: %s', (typed, meant) => {
  expect(nearest(typed, ['sessions', 'search', 'show', 'log'])).toBe(meant);
});
