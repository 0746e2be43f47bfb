// The prices that count here: the table, with the user's settings before it.
import type { Config, Pricing } from '../model/index.ts';
import { tableInUse } from './file.ts';
import { createPricing } from './pricing.ts';
import type { PriceSources } from './pricing.ts';

export const loadPricing = (clewHome: string, config: Config): Pricing =>
  createPricing(priceSources(clewHome, config));

export const priceSources = (clewHome: string, config: Config): PriceSources => ({
  table: tableInUse(clewHome).table,
  settings: config.prices ?? { overrides: {}, discounts: [] },
});

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
