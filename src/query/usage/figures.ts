// Sums of use and cost: read from the rollup or from single responses, added up exactly, and told rounded once. Costs come
// in two parts, micro-dollars and a rest of picodollars, as in picodollars alone a sum may be more than a number holds.
import { toMicros, totalTokens } from '../../model/index.ts';
import { usageOf } from '../../store/index.ts';
import type { Counted } from '../../store/index.ts';
import { tokensOf } from '../rows.ts';
import type { CostComparison, UsageFigures } from './types.ts';

const plain = [
  'messages',
  'lower_bounds',
  'input',
  'output',
  'output_high',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'unpriced',
  'reported',
] as const;
const names = [...plain, 'cost', 'cost_rest', 'high', 'high_rest'] as const;
export type Sums = Record<(typeof names)[number], number>;

const pico = 1_000_000;

/** SQL that sums columns of `usage` under the names of `Sums`. */
export const sumUsage = [
  ...plain.map((name) => `sum(${name}) AS ${name}`),
  `sum(cost) / ${pico} AS cost`,
  `sum(cost) % ${pico} AS cost_rest`,
  `sum(cost_high) / ${pico} AS high`,
  `sum(cost_high) % ${pico} AS high_rest`,
].join(', ');

const nothing = Object.fromEntries(names.map((name) => [name, 0])) as Sums;
export const noSums = (): Sums => ({ ...nothing });

export function add(to: Sums, more: Sums): void {
  for (const name of names) to[name] += more[name];
}

/** A response as the table `message` has it. */
export type PricedMessage = Counted & { readonly cost: number | null; readonly cost_high: number | null };

/** What one response adds to the rollup. */
export function sumsOfMessage(message: PricedMessage): Sums {
  const { cost, cost_high, ...counts } = usageOf(message, message);
  return {
    ...counts,
    cost: Math.trunc(cost / pico),
    cost_rest: cost % pico,
    high: Math.trunc(cost_high / pico),
    high_rest: cost_high % pico,
  };
}

export const allTokens = (sums: Sums): number => totalTokens(tokensOf(sums));
export const computedOf = (sums: Sums): number => toMicros(sums.cost, sums.cost_rest);

export const figuresOf = (sums: Sums, sessions: number, comparison: CostComparison | null): UsageFigures => ({
  messages: sums.messages,
  sessions,
  tokens: tokensOf(sums),
  highestOutput: sums.output_high,
  lowerBounds: sums.lower_bounds,
  cost: {
    computed: computedOf(sums),
    highest: toMicros(sums.high, sums.high_rest),
    unpricedTokens: sums.unpriced,
    reported: comparison?.reported ?? null,
  },
  comparison,
});
