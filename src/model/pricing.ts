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
  cost(usage: Usage): number | undefined;
}

export const picoPerMicro = 1_000_000;
