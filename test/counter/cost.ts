// A second opinion on costs: slow, obvious, straight from the counting rules, in whole numbers of any size, and sharing no
// code with the project. What one response costs is exact here; only a figure that is shown is rounded.
import type { Tokens } from './counts.ts';
import type { Listed, Prices, Rates } from './prices.ts';
import type { Response } from './responses.ts';

export interface Cost {
  /** Whole micro-dollars, rounded once, half to even. */
  readonly cost: number;
  /** Tokens that have no price. */
  readonly unpriced: number;
}

/** `when`: the day whose prices count, where that is not the day of the response. */
export function costOf(responses: readonly Response[], prices: Prices, when?: number): Cost {
  let sum = 0n;
  let unpriced = 0;
  for (const one of responses) {
    const exact = exactly(when === undefined ? one : { ...one, at: when }, prices);
    if (exact === undefined) unpriced += kinds.reduce((n, kind) => n + one.tokens[kind], 0);
    else sum += exact;
  }
  return { cost: halfEven(sum, 10n ** 10n), unpriced };
}

const kinds = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

/** In units of 10^-16 USD: a millionth of a millionth, of which a rate has six decimals and a factor four. */
function exactly({ kind, model, at, tier, tokens }: Response, prices: Prices): bigint | undefined {
  if (kind === 'part') return undefined;
  const listed = find(model, prices)?.find((one) => isOf(one, at));
  if (!listed) return undefined;
  const prompt = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
  const long = kind === 'sum' ? [] : listed.long.filter(({ above }) => prompt > above);
  const factor = tier === '' ? 1 : (listed.factors[tier] ?? 1);
  return times(tokens, long.at(-1) ?? listed) * decimals(factor, 4);
}

function times(tokens: Tokens, rates: Rates): bigint {
  let sum = 0n;
  for (const kind of kinds) sum += BigInt(tokens[kind]) * decimals(rates[kind] ?? rates.input ?? 0, 6);
  return sum;
}

/** 0.25 with 6 decimals is 250,000: read off its digits, as products of such numbers are not exact. */
function decimals(n: number, digits: number): bigint {
  const [whole = '0', behind = ''] = n.toFixed(digits).split('.');
  return BigInt(whole + behind);
}

function isOf({ from, until }: Listed, at: number): boolean {
  if (at === 0) return until === undefined;
  const day = new Date(at).toISOString().slice(0, 10);
  return (from === undefined || from <= day) && (until === undefined || day < until);
}

/** As it is written; else without what hosts put around it, with dashes in Claude's names, and at last without its date. */
function find(model: string, prices: Prices): readonly Listed[] | undefined {
  const bare = model.slice(model.lastIndexOf('/') + 1);
  const plain = bare.replace(/^([a-z]+\.)?anthropic\./, '').replace(/-v\d+:\d+$/, '');
  const dashed = plain.startsWith('claude-') ? plain.replaceAll('.', '-') : plain;
  const names = [model, bare, plain, dashed, dashed.replace(/[-@]\d{8}$/, '')];
  return names.map((name) => prices.get(name)).find((listed) => listed !== undefined);
}

function halfEven(n: bigint, unit: bigint): number {
  const twice = 2n * (n % unit);
  const up = twice > unit || (twice === unit && (n / unit) % 2n === 1n);
  return Number(n / unit + (up ? 1n : 0n));
}
