import { expect, test } from 'vitest';
import type { UsageFigures, UsageReport } from '../../index.ts';
import { csvCell, csvLines, dollars } from './csv.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  [' edge', '" edge"'],
  // It cannot drive a terminal, either.
  ['red\u001B[2J', 'red␛[2J'],
])('%j', (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test.each([
  [0, '0.000000'],
  [1, '0.000001'],
  [12_345_678, '12.345678'],
  [-1_500_000, '-1.500000'],
])('%d micro-dollars', (micros, text) => {
  expect(dollars(micros)).toBe(text);
});

test('a line for each row, with as many cells as the first', () => {
  const figures: UsageFigures = {
    messages: 1,
    sessions: 1,
    tokens: { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 },
    highestOutput: 9,
    lowerBounds: 1,
    cost: { computed: 100, highest: 200, unpricedTokens: 0, reported: null },
    comparison: null,
  };
  const row = { key: 'a, b', group: 'a, b', by: null, title: null, from: null, until: null, models: ['m'] };
  const report = { group: 'branch', by: null, rows: [{ ...row, ...figures }] } as unknown as UsageReport;
  const [head = '', line] = csvLines(report);
  expect(line).toBe('"a, b",1,1,1,2,9,3,4,5,0.000100,0.000200,0,,,,m');
  expect(head.split(',')).toHaveLength(16);
});
