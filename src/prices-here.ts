// Prices as the library offers them: what models cost here, which ones met have no price, updates of the table.
import type { Config, Context, PriceSettings, Tokens } from './model/index.ts';
import { loadPricing, priceSources, removeTable, rowsFor, tableInUse, updateTable } from './prices/index.ts';
import type { PriceRow, PriceUpdate, UpdateOptions } from './prices/index.ts';
import { unpricedModels } from './query/index.ts';
import type { Db } from './store/index.ts';

export interface PriceList {
  /** The day that the table is of. */
  readonly version: string;
  /** The built-in table, or an update that stands in its place. */
  readonly origin: 'table' | 'update';
  /** Why an update that is there does not count. */
  readonly trouble: string | null;
  /** Where its prices were taken from: short names, and what they stand for. */
  readonly sources: Readonly<Record<string, string>>;
  /** By model. */
  readonly prices: readonly PriceRow[];
  /** What the user has taken off list prices. */
  readonly discounts: PriceSettings['discounts'];
  /** What was met and has no price, the model with most messages first. */
  readonly unpriced: readonly UnpricedModel[];
}

export interface UnpricedModel {
  readonly model: string;
  /** Why it has no price, in words. */
  readonly why: string;
  readonly messages: number;
  readonly tokens: Tokens;
}

export interface PriceReset {
  /** The day that the built-in table is of. */
  readonly version: string;
  /** False where there was no update. */
  readonly removed: boolean;
}

export interface PricesHere {
  /** All prices, or those of models with this in their id. */
  prices(model?: string): PriceList;
  /**
   * Takes a newer table from a file or a URL; costs are computed with it from the next opening on. Throws UNREADABLE,
   * and BAD_INPUT for what is no table, or an older one than the built-in.
   */
  updatePrices(from: string, options?: UpdateOptions): Promise<PriceUpdate>;
  /** Goes back to the built-in table. */
  resetPrices(): PriceReset;
}

export function pricesHere(context: Context, config: Config, db: () => Db): PricesHere {
  const { clewHome } = context;

  function unpriced(): UnpricedModel[] {
    const pricing = loadPricing(clewHome, config);
    return unpricedModels(db()).map(({ model, messages, tokens }) => {
      const told = pricing.explain({ model, at: 0, tier: '', tokens, isRest: true });
      return { model, why: told.unpriced ?? 'no price is known for its time', messages, tokens };
    });
  }

  return {
    prices(model) {
      const { table, isUpdate, trouble } = tableInUse(clewHome);
      const sources = priceSources(clewHome, config);
      return {
        version: table.version,
        origin: isUpdate ? 'update' : 'table',
        trouble: trouble ?? null,
        sources: table.sources,
        prices: rowsFor(sources, model),
        discounts: sources.settings.discounts,
        unpriced: unpriced().filter((one) => model === undefined || one.model.includes(model)),
      };
    },
    updatePrices: (from, how) => updateTable(context, from, how),
    resetPrices() {
      const removed = removeTable(clewHome);
      return { version: tableInUse(clewHome).table.version, removed };
    },
  };
}
