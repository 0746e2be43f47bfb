// Puts another table's prices of today into a table. A price that differs begins today; what was before keeps its price.
import { isDeepStrictEqual } from 'node:util';
import { covers } from '../period.ts';
import type { PriceRow, PriceTable, TablePrice } from '../table.ts';
import type { Quote } from './quote.ts';

/** `today`: a day, as in tables. `source`: a short name of the other table, and what it stands for. */
export function mergeQuotes(
  table: PriceTable,
  quotes: readonly Quote[],
  today: string,
  source: readonly [name: string, what: string],
): PriceTable {
  const models = new Map(Object.entries(table.models));
  const known = new Set([...models].flatMap(([id, { aliases }]) => [id, ...aliases]));
  for (const id of Object.keys(table.notPriced)) known.add(id);
  for (const { id, provider, price } of quotes) {
    const row = models.get(id);
    if (row) models.set(id, { ...row, prices: withQuote(row.prices, price, today, source[0]) });
    else if (!known.has(id))
      models.set(id, { provider, aliases: [], prices: [{ ...price, source: source[0] }] });
  }
  const version = today > table.version ? today : table.version;
  return {
    ...table,
    version,
    models: Object.fromEntries(models),
    sources: { ...table.sources, [source[0]]: source[1] },
  };
}

function withQuote(
  prices: PriceRow['prices'],
  quote: Quote['price'],
  today: string,
  source: string,
): TablePrice[] {
  const i = prices.findIndex((price) => covers(price, Date.parse(today)));
  const old = prices[i];
  if (!old) return [...prices];
  const { checked: _, ...rest } = old;
  const told = { ...rest, ...quote, ...(quote.tiers && { tiers: { ...old.tiers, ...quote.tiers } }) };
  if (isDeepStrictEqual(told, rest)) return [...prices];
  const now: TablePrice = { ...told, from: today, source };
  const before = old.from === today ? [] : [{ ...old, until: today }];
  return [...prices.slice(0, i), ...before, now, ...prices.slice(i + 1)];
}
