// The price table as docs/prices.md describes it: the built-in one, and how any other is checked before it is believed.
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { ClewError, day, priceEntries } from '../model/index.ts';
import type { PriceOrigin } from '../model/index.ts';
import builtIn from './table.json' with { type: 'json' };

const word = v.pipe(v.string(), v.nonEmpty());

const tablePrice = v.strictObject({
  ...priceEntries,
  source: v.optional(word),
  checked: v.optional(v.array(word)),
});

const row = v.strictObject({
  provider: word,
  aliases: v.optional(v.array(word), []),
  prices: v.pipe(
    v.array(tablePrice),
    v.nonEmpty('a model has at least one price'),
    v.check((prices) => followEachOther(prices), 'periods stand in order of time and do not overlap'),
  ),
  note: v.optional(v.string()),
});

const tableSchema = v.pipe(
  v.strictObject({
    format: v.literal(1),
    version: day,
    sources: v.optional(v.record(v.string(), v.string()), {}),
    models: v.record(word, row),
    notPriced: v.optional(v.record(word, v.string()), {}),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const ids = Object.entries(dataset.value.models).flatMap(([id, { aliases }]) => [id, ...aliases]);
    const all = [...ids, ...Object.keys(dataset.value.notPriced)];
    const twice = all.find((id, i) => all.indexOf(id) !== i);
    if (twice !== undefined) addIssue({ message: `${twice} stands in it twice` });
  }),
);

export type PriceTable = v.InferOutput<typeof tableSchema>;
export type PriceRow = PriceTable['models'][string];
export type TablePrice = PriceRow['prices'][number];

/** Throws BAD_INPUT, naming the first places that are wrong. `where`: what is read, for the message. */
export function parseTable(value: unknown, where: string): PriceTable {
  const result = v.safeParse(tableSchema, value);
  if (result.success) return result.output;
  const places = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the table'}: ${issue.message}`);
  const more = places.length > 5 ? ` and ${places.length - 5} more` : '';
  throw new ClewError(
    'BAD_INPUT',
    `${where} is no table of prices: ${places.slice(0, 5).join('; ')}${more}`,
    'docs/prices.md says what a table looks like',
  );
}

/** A row that an update did not touch is still the built-in one. */
export const originOf = (table: PriceTable, row: string): PriceOrigin =>
  isDeepStrictEqual(table.models[row], builtInTable.models[row]) ? 'table' : 'update';

/** A test holds it to the schema. */
export const builtInTable: PriceTable = withDefaults(builtIn);

function withDefaults(
  table: Omit<v.InferInput<typeof tableSchema>, 'format'> & { format: number },
): PriceTable {
  const { sources = {}, notPriced = {}, version } = table;
  const models = Object.fromEntries(
    Object.entries(table.models).map(([id, { aliases = [], ...rest }]) => [id, { ...rest, aliases }]),
  );
  return { format: 1, version, sources, models, notPriced };
}

function followEachOther(prices: readonly { readonly from?: string; readonly until?: string }[]): boolean {
  return prices.every(({ from = '', until = '9' }, i) => {
    const before = prices[i - 1];
    return from < until && (i === 0 || (before?.until ?? '9') <= from);
  });
}
