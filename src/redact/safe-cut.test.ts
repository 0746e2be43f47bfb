import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inContext, tokens } from './corpus/positive.ts';
import { createRedactor, safeCut } from './index.ts';

const { redact } = createRedactor({ salt: Buffer.alloc(16) });
const all = [...tokens, ...inContext].map(({ text = '§', secret }) => text.replace('§', () => secret));
const filler = 'the quick brown fox '.repeat(1000);
const line = JSON.stringify(all.flatMap((text) => [filler.slice(0, 300), text]).join(' '));
const bytes = Buffer.from(line);

describe('a huge line cut in two', () => {
  it('is redacted as if it were whole', () => {
    const whole = redact(bytes).bytes.toString();
    fc.assert(
      fc.property(fc.nat(bytes.length), (at) => {
        const cut = safeCut(bytes, at);
        const parts = [bytes.subarray(0, cut), bytes.subarray(cut)].map((part) =>
          redact(part).bytes.toString(),
        );
        expect(cut).toBeLessThanOrEqual(at);
        expect(parts.join('')).toBe(whole);
      }),
      { numRuns: 300 },
    );
  });

  it('is not cut where a secret could not be told any more, as what follows it is missing', () => {
    const url = Buffer.from(`${filler}postgres://app:sEMQUUSN9oGl@db.internal:5432/app`);
    const behind = url.indexOf('@') + 1;
    expect(safeCut(url, behind)).toBeLessThan(url.indexOf('postgres'));
  });

  it('is cut where it was asked for, if nothing is there', () => {
    const plain = Buffer.from(filler);
    expect(safeCut(plain, 5000)).toBe(5000);
    expect(safeCut(plain, 1e9)).toBe(plain.length);
    expect(safeCut(Buffer.alloc(1_000_000, 'a'), 500_000)).toBe(500_000);
  });

  it('keeps escape sequences and placeholders whole', () => {
    for (const [text, at] of [
      ['ab\\\\\\"cd', 4],
      ['ab\\u0041cd', 5],
      ['ab[REDACTED:jwt:01234567]cd', 9],
    ] as const) {
      expect(safeCut(Buffer.from(text), at)).toBe(2);
    }
  });

  it('goes somewhere even if there is no good place', () => {
    expect(safeCut(Buffer.alloc(100_000, '\\'), 50_000)).toBeGreaterThan(0);
  });
});
