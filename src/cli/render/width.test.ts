import * as fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fit, fitEnd, oneLine, pad, widthOf, wrap } from './width.ts';

test('wide characters, emoji and combining marks are measured as terminals show them', () => {
  expect(widthOf('abc')).toBe(3);
  expect(widthOf('漢字')).toBe(4);
  expect(widthOf('👩‍👩‍👧')).toBe(2);
  expect(widthOf('e\u0301')).toBe(1);
  expect(widthOf('…–≥−•▸●✓✗')).toBe(9);
});

test('what is not given to string-width has the width that it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(widthOf(text)).toBe(stringWidth(text, { countAnsiEscapeCodes: true }));
    }),
  );
  for (let code = 0x20; code < 0x2900; code++) {
    const character = String.fromCharCode(code);
    if (widthOf(character) !== stringWidth(character, { countAnsiEscapeCodes: true }))
      throw new Error(`U+${code.toString(16)} is ${stringWidth(character)} wide`);
  }
});

test('a cut text fits, and says that it is cut', () => {
  expect(fit('hello', 5)).toBe('hello');
  expect(fit('hello world', 8)).toBe('hello w…');
  expect(fit('漢字漢字', 5)).toBe('漢字…');
  expect(fit('漢字漢字', 4)).toBe('漢…');
  expect(fit('abc', 1)).toBe('…');
  expect(fit('abc', 0)).toBe('');
  expect(fitEnd('/home/me/project/src/a.ts', 12)).toBe('…ct/src/a.ts');
});

test('no text is cut to more than the width', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, width) => {
      expect(widthOf(fit(oneLine(text), width))).toBeLessThanOrEqual(width);
      expect(widthOf(fitEnd(oneLine(text), width))).toBeLessThanOrEqual(width);
    }),
  );
});

test('wrapping breaks at spaces, keeps line breaks and indents, and loses no word', () => {
  expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  expect(wrap('a\n\n  b', 10)).toEqual(['a', '', '  b']);
  expect(wrap('abcdefghijkl', 5)).toEqual(['abcde', 'fghij', 'kl']);
  expect(wrap('漢字漢字漢字', 4)).toEqual(['漢字', '漢字', '漢字']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 40 }), (text, width) => {
      const lines = wrap(text, width);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
    }),
  );
});

test('padding counts columns, not characters', () => {
  expect(pad('漢', 4)).toBe('漢  ');
  expect(pad('7', 3, 'right')).toBe('  7');
});
