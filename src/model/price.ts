// What a price is: rates for the five kinds of tokens, a long-context tier, factors of service tiers, a period. Tables and
// the user's settings hold them in this one form; docs/prices.md describes it.
import * as v from 'valibot';

export const atMostDecimals = (decimals: number) => (n: number) =>
  Math.abs(n * 10 ** decimals - Math.round(n * 10 ** decimals)) < 1e-3;

const rate = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(1_000_000),
  v.check(atMostDecimals(6), 'a price has at most six decimals'),
);
const ownRate = v.optional(v.nullable(rate));
const rates = { input: rate, output: rate, cacheRead: ownRate, cacheWrite5m: ownRate, cacheWrite1h: ownRate };

export const day = v.pipe(v.string(), v.isoDate('a day looks like 2026-11-20'));
const isInOrder = (one: { readonly from?: string; readonly until?: string }): boolean =>
  one.from === undefined || one.until === undefined || one.from < one.until;

export const priceEntries = {
  ...rates,
  /** By `above`: the highest one that a prompt is above counts. */
  longContext: v.optional(
    v.pipe(
      v.array(v.strictObject({ above: v.pipe(v.number(), v.safeInteger(), v.minValue(1)), ...rates })),
      v.check(
        (all) => all.every(({ above }, i) => above > (all[i - 1]?.above ?? 0)),
        'thresholds stand in order',
      ),
    ),
  ),
  tiers: v.optional(
    v.record(
      v.pipe(v.string(), v.nonEmpty()),
      v.pipe(
        v.number(),
        v.minValue(0),
        v.maxValue(1000),
        v.check(atMostDecimals(4), 'a factor has at most four decimals'),
      ),
    ),
  ),
  from: v.optional(day),
  until: v.optional(day),
};

const ownPrice = v.pipe(
  v.strictObject(priceEntries),
  v.check((one) => isInOrder(one), '`until` must come after `from`'),
);

/** Not a union: that would not say what is wrong within. */
const oneOrMore = v.lazy((value) => (Array.isArray(value) ? v.array(ownPrice) : ownPrice));

/** Of the user's settings. */
export const priceSettings = v.strictObject({
  /** By model id; in place of the table's. */
  overrides: v.optional(v.record(v.string(), oneOrMore), {}),
  /** Off list prices; the first that matches counts. */
  discounts: v.optional(
    v.array(
      v.pipe(
        v.strictObject({
          /** `*` stands for anything. */
          model: v.optional(v.pipe(v.string(), v.nonEmpty())),
          provider: v.optional(v.pipe(v.string(), v.nonEmpty())),
          percent: v.pipe(
            v.number(),
            v.minValue(0),
            v.maxValue(100),
            v.check(atMostDecimals(2), 'a discount has at most two decimals'),
          ),
          from: v.optional(day),
          until: v.optional(day),
        }),
        v.check((one) => isInOrder(one), '`until` must come after `from`'),
      ),
    ),
    [],
  ),
});

export type Price = v.InferOutput<typeof ownPrice>;
export type PriceSettings = v.InferOutput<typeof priceSettings>;
