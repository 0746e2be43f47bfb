import { expect, test } from 'vitest';
import { shortIds } from './ids.ts';

const shown = (...ids: string[]): string[] => ids.map(shortIds(ids));

test('eight characters, and as many more as tell apart what stands in the list', () => {
  expect(shown('9d4c0033-b5e3-4401', '9d4c0044-b5e3-4401')).toEqual(['9d4c0033', '9d4c0044']);
  expect(shown('9d4c0033-b5e3-4401', '9d4c0033-b5e3-4402')).toEqual([
    '9d4c0033-b5e3-4401',
    '9d4c0033-b5e3-4402',
  ]);
});

test('what all ids of a kind begin with tells nothing, also where one stands alone', () => {
  expect(shown('toolu_01ZdKsL1uL3WzMz2Do2cfD49')).toEqual(['toolu_01ZdKsL1uL']);
  expect(shown('session_20260112_090000')).toEqual(['session_20260112_0']);
  expect(shown('ses_e031c2df4ffeUT815E641WPf3P')).toEqual(['ses_e031c2df']);
});
