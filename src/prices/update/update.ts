// An update of the table: read, understood, checked as a whole, compared with what counts now, and only then written.
import { isDeepStrictEqual } from 'node:util';
import { ClewError } from '../../model/index.ts';
import type { Context } from '../../model/index.ts';
import { tableInUse, writeTable } from '../file.ts';
import { rowsOf } from '../rows.ts';
import type { PriceRow } from '../rows.ts';
import { builtInTable, parseTable } from '../table.ts';
import type { PriceTable } from '../table.ts';
import { isUrl, readJson } from './fetch.ts';
import { fromLitellm } from './litellm.ts';
import { mergeQuotes } from './merge.ts';
import { fromModelsDev } from './models-dev.ts';
import { isObject } from './quote.ts';

export interface PriceChange {
  readonly model: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Its prices, by period. */
  readonly before: readonly PriceRow[];
  readonly after: readonly PriceRow[];
}

export interface PriceUpdate {
  readonly from: string;
  readonly form: 'clew' | 'LiteLLM' | 'models.dev';
  /** Days that the tables are of. */
  readonly version: string;
  readonly versionBefore: string;
  /** By model. */
  readonly changes: readonly PriceChange[];
  /** Models whose prices stay. */
  readonly unchanged: number;
  readonly written: boolean;
}

export interface UpdateOptions {
  /** Only tell what would change. */
  readonly dryRun?: boolean;
  /** Asked before anything is written, if something changes. */
  readonly accept?: (update: PriceUpdate) => boolean | Promise<boolean>;
}

/** Throws UNREADABLE, and BAD_INPUT for what is no table, or an older one than the built-in. */
export async function updateTable(
  { clewHome, cwd, now }: Context,
  from: string,
  { dryRun = false, accept }: UpdateOptions = {},
): Promise<PriceUpdate> {
  const before = tableInUse(clewHome).table;
  const today = new Date(now()).toISOString().slice(0, 10);
  const { form, table: after } = understand(await readJson(from, cwd), from, before, today);
  if (after.version < builtInTable.version)
    throw new ClewError(
      'BAD_INPUT',
      `${from} is of ${after.version}, older than the built-in table of ${builtInTable.version}`,
      'a table that is to count in its place has a later `version`',
    );
  const changes = compare(before, after);
  const unchanged =
    Object.keys(after.models).length - changes.filter((one) => one.change !== 'removed').length;
  const update = { from, form, version: after.version, versionBefore: before.version, changes, unchanged };
  const plan = { ...update, written: false };
  const isSame = changes.length === 0 && isDeepStrictEqual(before.notPriced, after.notPriced);
  if (dryRun || isSame || (accept && !(await accept(plan)))) return plan;
  writeTable(clewHome, after);
  return { ...update, written: true };
}

function understand(
  value: unknown,
  from: string,
  before: PriceTable,
  today: string,
): { form: PriceUpdate['form']; table: PriceTable } {
  if (isObject(value) && 'format' in value) return { form: 'clew', table: parseTable(value, from) };
  const converters = [
    ['models.dev', fromModelsDev],
    ['LiteLLM', fromLitellm],
  ] as const;
  for (const [form, convert] of converters) {
    const quotes = convert(value);
    if (!quotes) continue;
    if (quotes.length === 0) break;
    const what = `${form}, ${isUrl(from) ? `${from}, ` : ''}taken on ${today}`;
    const table = mergeQuotes(before, quotes, today, [`${form} ${today}`, what]);
    return { form, table: parseTable(table, from) };
  }
  throw new ClewError(
    'BAD_INPUT',
    `${from} holds no prices that clew understands`,
    'docs/prices.md lists the forms that are understood',
  );
}

function compare(before: PriceTable, after: PriceTable): PriceChange[] {
  const [old, next] = [byModel(before), byModel(after)];
  return [...new Set([...old.keys(), ...next.keys()])].sort().flatMap((model): PriceChange[] => {
    const [was, is] = [old.get(model), next.get(model)];
    if (!was) return [{ model, change: 'added', before: [], after: is ?? [] }];
    if (!is) return [{ model, change: 'removed', before: was, after: [] }];
    const isSame = isDeepStrictEqual(was.map(whatMatters), is.map(whatMatters));
    return isSame ? [] : [{ model, change: 'changed', before: was, after: is }];
  });
}

const whatMatters = (row: PriceRow) => ({ ...row, source: null, note: null, origin: null });

const byModel = (table: PriceTable): Map<string, PriceRow[]> =>
  Map.groupBy(rowsOf({ table, settings: { overrides: {}, discounts: [] } }), (row) => row.model);
