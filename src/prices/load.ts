// The prices that count here: the table, with the user's settings before it.
import { isDeepStrictEqual } from 'node:util';
import type { Config, PriceOrigin, Pricing } from '../model/index.ts';
import { tableInUse } from './file.ts';
import { createPricing } from './pricing.ts';
import type { PriceSources } from './pricing.ts';
import { builtInTable } from './table.ts';

export const loadPricing = (clewHome: string, config: Config): Pricing =>
  createPricing(priceSources(clewHome, config));

export function priceSources(clewHome: string, config: Config): PriceSources {
  const { table, isUpdate } = tableInUse(clewHome);
  /** A row that an update did not touch is still the built-in one. */
  const originOf = (row: string): PriceOrigin =>
    isUpdate && !isDeepStrictEqual(table.models[row], builtInTable.models[row]) ? 'update' : 'table';
  return { table, originOf, settings: config.prices ?? { overrides: {}, discounts: [] } };
}

interface PriceCheck {
  readonly name: string;
  readonly ok: 'ok' | 'warn';
  readonly message: string;
  readonly hint?: string;
}

/** For `clew doctor`. */
export function priceCheck(clewHome: string): PriceCheck {
  const { table, isUpdate, trouble } = tableInUse(clewHome);
  const name = 'prices';
  if (trouble !== undefined)
    return {
      name,
      ok: 'warn',
      message: trouble,
      hint: 'it is passed over; `clew prices update` or `clew prices reset`',
    };
  const what = isUpdate ? 'an update' : 'the built-in table';
  return {
    name,
    ok: 'ok',
    message: `${what} of ${table.version}, ${Object.keys(table.models).length} models`,
  };
}
