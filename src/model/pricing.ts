// What tokens cost. Money is counted in picodollars (10^-12 USD), as tokens times a price in USD per million tokens come
// out whole there; it is shown in micro-dollars.
import type { Tokens } from './tokens.ts';

/** What one API response used, or what a session's own sum tells of several (`isRest`). */
export interface Usage {
  readonly model: string;
  /** Milliseconds since the epoch: the price valid then counts; 0 where unknown: then the latest. */
  readonly at: number;
  /** Empty for the standard one. */
  readonly tier: string;
  readonly tokens: Tokens;
  readonly isRest: boolean;
}

export interface Pricing {
  /** Changes with every price: what was computed with another one is computed anew. */
  readonly version: string;
  /** Picodollars, a whole number; undefined for a model without a price. */
  readonly cost: (usage: Usage) => number | undefined;
  /** How that cost comes about. */
  readonly explain: (usage: Usage) => Explanation;
}

export interface Explanation {
  /** As `Pricing.cost` tells it; null without a price. */
  readonly cost: number | null;
  /** Null where there is none. */
  readonly price: AppliedPrice | null;
  /** Why there is no cost, in words. */
  readonly unpriced: string | null;
}

/** The built-in table, an update of it, or the user's own price. */
export type PriceOrigin = 'table' | 'update' | 'override';

/** USD per million tokens. */
export type Rates = Readonly<Record<keyof Tokens, number>>;

export interface AppliedPrice {
  /** The id of the row, where the model was found under another one. */
  readonly row: string;
  readonly origin: PriceOrigin;
  /** The version of the table; null for the user's own price. */
  readonly table: string | null;
  /** Where the table has it from, in words. */
  readonly reference: string | null;
  /** First day, and first day no more; null for always. */
  readonly from: string | null;
  readonly until: string | null;
  /** Before factor and discount. */
  readonly rates: Rates;
  /** The number of tokens above which these rates apply; null for the normal ones. */
  readonly longContextAbove: number | null;
  /** Of the tier; 1 for the standard one, and for one that the row does not know. */
  readonly factor: number;
  readonly tierIsKnown: boolean;
  readonly discountPercent: number;
}
