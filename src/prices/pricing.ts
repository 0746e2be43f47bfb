// Prices at work: which one counts for a response, and what that makes. docs/prices.md has the rules in prose.
import { createHash } from 'node:crypto';
import type {
  AppliedPrice,
  Explanation,
  Price,
  PriceSettings,
  Pricing,
  Rates,
  Usage,
} from '../model/index.ts';
import { amountOf } from './amount.ts';
import { discounting } from './discount.ts';
import { createLookup } from './lookup.ts';
import type { Known, Offer } from './lookup.ts';
import { covers } from './period.ts';
import type { PriceTable } from './table.ts';

export interface PriceSources {
  readonly table: PriceTable;
  readonly settings: PriceSettings;
}

/** Goes up when the rules of this room change, so that costs are computed anew. */
const rulesVersion = 1;

export function createPricing(sources: PriceSources): Pricing {
  const { table, settings } = sources;
  const lookUp = createLookup(sources);
  const discountFor = discounting(settings.discounts);

  function apply(usage: Usage, known: Known): AppliedPrice | undefined {
    const offer = validAt(known.offers, usage.at);
    if (!offer) return undefined;
    const { price, origin } = offer;
    const isOwn = origin === 'override';
    const long = longContextOf(usage, price);
    const factor = usage.tier === '' ? 1 : price.tiers?.[usage.tier];
    return {
      row: known.row,
      origin,
      table: isOwn ? null : table.version,
      reference: price.source === undefined ? null : (table.sources[price.source] ?? price.source),
      from: price.from ?? null,
      until: price.until ?? null,
      rates: ratesOf(long ?? price),
      longContextAbove: long?.above ?? null,
      factor: factor ?? 1,
      tierIsKnown: factor !== undefined,
      discountPercent: isOwn ? 0 : discountFor(usage, known),
    };
  }

  function explain(usage: Usage): Explanation {
    const known = lookUp(usage.model);
    if (!known) return unpriced('no price is known for this model');
    const price = apply(usage, known);
    if (!price) return unpriced(known.notPriced ?? 'no price is known for that time');
    const cost = amountOf(usage.tokens, price);
    return cost === undefined
      ? { cost: null, price, unpriced: 'the amount is beyond what is counted exactly' }
      : { cost, price, unpriced: null };
  }

  const { models, notPriced, version } = table;
  const everything = [rulesVersion, version, models, notPriced, settings];
  return {
    version: createHash('sha256').update(JSON.stringify(everything)).digest('hex').slice(0, 16),
    cost: (usage) => explain(usage).cost ?? undefined,
    explain,
  };
}

const unpriced = (why: string): Explanation => ({ cost: null, price: null, unpriced: why });

/** Where the time is unknown and nothing is valid any more, what was valid last. */
const validAt = (offers: readonly Offer[], at: number): Offer | undefined =>
  offers.find(({ price }) => covers(price, at)) ?? (at === 0 ? offers.at(-1) : undefined);

/** The rates of long prompts, for one request whose prompt is long. */
function longContextOf({ isRest, tokens }: Usage, { longContext }: Price) {
  if (isRest) return undefined;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const prompt = input + cacheRead + cacheWrite5m + cacheWrite1h;
  return longContext?.findLast(({ above }) => prompt > above);
}

/** What has no rate of its own is charged as input. */
export const ratesOf = ({
  input,
  output,
  cacheRead,
  cacheWrite5m,
  cacheWrite1h,
}: Pick<Price, keyof Rates>): Rates => ({
  input,
  output,
  cacheRead: cacheRead ?? input,
  cacheWrite5m: cacheWrite5m ?? input,
  cacheWrite1h: cacheWrite1h ?? input,
});
