import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText } from '../json.ts';
import { harmless, harmlessText } from './harmless.ts';

const dangerous = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.entries(value).flat().flatMap(textsOf) : [];
}

test('escape sequences are shown, not obeyed; colours are taken out', () => {
  expect(harmlessText('\u001B[2J\u001B]0;title\u0007')).toBe('␛[2J␛]0;title␇');
  expect(harmlessText('\u001B[1;31mred\u001B[0m')).toBe('red');
  expect(harmlessText('a\rb\r\nc')).toBe('a␍b\nc');
  expect(harmlessText('\u009B31m')).toBe('\uFFFD31m');
  expect(harmlessText('user\u202Etxt.exe')).toBe('user\uFFFDtxt.exe');
  expect(harmlessText('\uD800')).toBe('\uFFFD');
  expect(harmlessText('a\tb')).toBe('a    b');
});

test('what is harmless stays as it is', () => {
  const text = 'Grüße, 漢字 👩‍👩‍👧\n  indented';
  expect(harmlessText(text)).toBe(text);
});

test('nothing that could drive a terminal is left, wherever in a result it stands', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
      const result = harmless({ value, list: [text, { [text]: text }] });
      expect(textsOf(result).filter((one) => dangerous.test(one))).toEqual([]);
    }),
  );
});

test('JSON carries every character, and none that could drive a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = jsonText({ text });
      expect(json).not.toMatch(dangerous);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
