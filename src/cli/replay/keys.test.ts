// What terminals send, as keys.
import { expect, test } from 'vitest';
import { keysIn } from './keys.ts';

test('arrows, paging and Home, in both ways in which terminals send them', () => {
  expect(keysIn('\u001B[C\u001BOC\u001B[5~\u001B[1~\u001B[H')).toEqual([
    'right',
    'right',
    'page up',
    'home',
    'home',
  ]);
});

test('several keys at once, characters of any plane among them', () => {
  expect(keysIn('12\r漢🎉')).toEqual([
    { typed: '1' },
    { typed: '2' },
    'enter',
    { typed: '漢' },
    { typed: '🎉' },
  ]);
});

test('what is not known is no key, and leaves no characters behind', () => {
  expect(keysIn('\u001B[1;5C\u001B[200~\u0001\u001B[<0;12;5M')).toEqual([]);
  expect(keysIn('\u001B')).toEqual(['escape']);
});
