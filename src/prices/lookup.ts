// Finds what is known of a model: the user's own prices first, then those of the table's row.
import type { Price, PriceOrigin } from '../model/index.ts';
import { idsOf } from './model-ids.ts';
import type { PriceSources } from './pricing.ts';
import { originOf } from './table.ts';
import type { TablePrice } from './table.ts';

export interface Offer {
  readonly price: TablePrice;
  readonly origin: PriceOrigin;
}

export interface Known {
  /** The id under which it was found. */
  readonly row: string;
  readonly provider: string | undefined;
  /** The first that is valid counts. */
  readonly offers: readonly Offer[];
  /** Why it has none, where that is known. */
  readonly notPriced: string | undefined;
}

export function createLookup({ table, settings }: PriceSources): (model: string) => Known | undefined {
  const overrides = new Map(Object.entries(settings.overrides));
  const rows = new Map(Object.entries(table.models));
  const notPriced = new Map(Object.entries(table.notPriced));
  const rowOf = new Map([...rows].flatMap(([row, { aliases }]) => aliases.map((id) => [id, row])));
  const met = new Map<string, Known | undefined>();

  function under(id: string): Known | undefined {
    const row = rowOf.get(id) ?? id;
    const own = overrides.get(id) ?? overrides.get(row);
    const listed = rows.get(row);
    if (!own && !listed && !notPriced.has(id)) return undefined;
    const offer = (origin: PriceOrigin) => (price: Price | TablePrice) => ({ price, origin });
    return {
      row,
      provider: listed?.provider,
      offers: [
        ...[own ?? []].flat().map(offer('override')),
        ...(listed?.prices ?? []).map(offer(originOf(table, row))),
      ],
      notPriced: notPriced.get(id),
    };
  }

  return (model) => {
    if (!met.has(model)) met.set(model, idsOf(model).map(under).find(Boolean));
    return met.get(model);
  };
}
