// Prices as they are shown: one row per model and period, every rate told.
import type { Price, PriceOrigin, Rates } from '../model/index.ts';
import { createLookup } from './lookup.ts';
import { ratesOf } from './pricing.ts';
import type { PriceSources } from './pricing.ts';
import { originOf } from './table.ts';
import type { PriceTable, TablePrice } from './table.ts';

export interface PriceRow extends Rates {
  readonly model: string;
  readonly aliases: readonly string[];
  readonly provider: string | null;
  /** The built-in table, an update of it, or the user's settings. */
  readonly origin: PriceOrigin;
  /** Where the table has it from: a short name of its sources. */
  readonly source: string | null;
  /** First day, and first day no more; null for always. */
  readonly from: string | null;
  readonly until: string | null;
  /** Rates of requests whose prompt is above so many tokens. */
  readonly longContext: readonly (Rates & { readonly above: number })[];
  /** Factors by the name of the tier. */
  readonly tiers: Readonly<Record<string, number>>;
  readonly note: string | null;
}

/** By model; the user's own prices before those of the table. */
export function rowsOf({ table, settings }: PriceSources): PriceRow[] {
  const own = Object.entries(settings.overrides).flatMap(([model, prices]) =>
    [prices].flat().map((price) => rowOf(model, undefined, price, 'override')),
  );
  const listed = Object.entries(table.models).flatMap(([model, row]) =>
    row.prices.map((price) => rowOf(model, row, price, originOf(table, model))),
  );
  return [...own, ...listed].sort((a, b) => (a.model < b.model ? -1 : Number(a.model > b.model)));
}

/** Those with this in an id, or else those of the row that stands for such an id. */
export function rowsFor(sources: PriceSources, wanted: string | undefined): PriceRow[] {
  const rows = rowsOf(sources);
  if (wanted === undefined) return rows;
  const part = wanted.toLowerCase();
  const found = rows.filter(({ model, aliases }) =>
    [model, ...aliases].some((id) => id.toLowerCase().includes(part)),
  );
  if (found.length > 0) return found;
  const known = createLookup(sources)(wanted);
  return rows.filter(({ model }) => model === known?.row);
}

function rowOf(
  model: string,
  row: PriceTable['models'][string] | undefined,
  price: TablePrice | Price,
  origin: PriceOrigin,
): PriceRow {
  return {
    model,
    aliases: row?.aliases ?? [],
    provider: row?.provider ?? null,
    origin,
    source: ('source' in price ? price.source : undefined) ?? null,
    from: price.from ?? null,
    until: price.until ?? null,
    ...ratesOf(price),
    longContext: (price.longContext ?? []).map((one) => ({ above: one.above, ...ratesOf(one) })),
    tiers: price.tiers ?? {},
    note: row?.note ?? null,
  };
}
