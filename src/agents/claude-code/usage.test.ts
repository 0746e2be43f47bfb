import { describe, expect, test } from 'vitest';
import { outputIsFinal, tokensOf } from './usage.ts';

describe('whether an output count is final', () => {
  test.each([
    ['1.0.60', true],
    ['1.0.128', true],
    ['2.0.30', true],
    ['2.0.63', true],
    ['2.0.64', false],
    ['2.0.77', false],
    ['2.1.7', false],
    ['2.1.12', false],
    ['2.1.50', false],
    ['2.1.97', false],
    ['2.1.98', true],
    ['2.1.100', true],
    ['2.1.329', true],
    ['3.0.0', true],
    [undefined, false],
  ])('%s, on a line without a stop reason: %s', (version, final) => {
    expect(outputIsFinal(version, undefined)).toBe(final);
  });

  test('it always is on a line with a stop reason', () => {
    for (const version of ['2.0.77', '2.1.50', undefined])
      expect(outputIsFinal(version, 'end_turn')).toBe(true);
  });
});

describe('tokens', () => {
  test('are five disjoint counts', () => {
    expect(
      tokensOf({
        input_tokens: 1,
        output_tokens: 2,
        cache_read_input_tokens: 3,
        cache_creation_input_tokens: 9,
        cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 5 },
      }),
    ).toEqual({ input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 });
  });

  test('written to the cache for a time that is not told are of five minutes', () => {
    expect(tokensOf({ cache_creation_input_tokens: 9 })).toMatchObject({ cacheWrite5m: 9, cacheWrite1h: 0 });
  });

  test('that are none count nothing', () => {
    expect(tokensOf({ input_tokens: -1, output_tokens: null, cache_read_input_tokens: 'x' })).toEqual({
      input: 0,
      output: 0,
      cacheRead: 0,
      cacheWrite5m: 0,
      cacheWrite1h: 0,
    });
  });
});
