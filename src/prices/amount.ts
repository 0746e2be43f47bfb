// Tokens times rates, exactly: a rate of USD per million tokens is a whole number of picodollars per token, a factor a whole
// number of ten-thousandths, a discount one of hundredths of a percent. Only what factor and discount leave is rounded.
import { divideHalfEven } from '../model/index.ts';
import type { Rates, Tokens } from '../model/index.ts';

const kinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

export interface Terms {
  readonly rates: Rates;
  readonly factor: number;
  readonly discountPercent: number;
}

const picoPerToken = (rate: number): number => Math.round(rate * 1e6);

/** Picodollars; undefined where a whole number cannot be told exactly. */
export function amountOf(tokens: Tokens, { rates, factor, discountPercent }: Terms): number | undefined {
  if (!kinds.every((kind) => Number.isSafeInteger(tokens[kind]))) return undefined;
  if (factor === 1 && discountPercent === 0) {
    // Sums of whole numbers are exact as long as none on the way is too large.
    let sum = 0;
    let size = 0;
    for (const kind of kinds) {
      const part = tokens[kind] * picoPerToken(rates[kind]);
      sum += part;
      size += Math.abs(part);
    }
    return Number.isSafeInteger(size) ? sum : undefined;
  }
  const sum = kinds.reduce((n, kind) => n + BigInt(tokens[kind]) * BigInt(picoPerToken(rates[kind])), 0n);
  const share = BigInt(Math.round(factor * 1e4)) * BigInt(10_000 - Math.round(discountPercent * 100));
  const amount = Number(divideHalfEven(sum * share, 100_000_000n));
  return Number.isSafeInteger(amount) ? amount : undefined;
}
