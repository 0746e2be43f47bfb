// The prices that the counter computes with, read as plain JSON: from the project's table, and from a list of facts in another
// form, so that the one can be held against the other.
import { readFileSync } from 'node:fs';
import path from 'node:path';

type Kind = 'input' | 'output' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h';

/** USD per million tokens; what has no rate is charged as input. */
export type Rates = Readonly<Partial<Record<Kind, number | null>>>;

/** A price and the days on which it was valid, the last one not included. */
export interface Listed extends Rates {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly long: readonly (Rates & { readonly above: number })[];
  readonly factors: Readonly<Record<string, number>>;
}

/** By the model's id. */
export type Prices = ReadonlyMap<string, readonly Listed[]>;

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export function tablePrices(): Prices {
  type Price = Rates & {
    from?: string;
    until?: string;
    longContext?: Listed['long'];
    tiers?: Listed['factors'];
  };
  const file = path.join(import.meta.dirname, '..', '..', 'src', 'prices', 'table.json');
  const { models } = read(file) as { models: Record<string, { aliases?: string[]; prices: Price[] }> };
  const prices = new Map<string, Listed[]>();
  for (const [id, row] of Object.entries(models)) {
    const listed = row.prices.map((one) => ({
      ...one,
      long: one.longContext ?? [],
      factors: one.tiers ?? {},
    }));
    for (const name of [id, ...(row.aliases ?? [])]) prices.set(name, listed);
  }
  return prices;
}

interface Fact {
  readonly input: number;
  readonly output: number;
  readonly cache_read: number | null;
  readonly cache_write_5m: number | null;
  readonly cache_write_1h: number | null;
  readonly long_context?: Fact & { readonly above_prompt_tokens: number };
  readonly until?: string;
  readonly history?: readonly Fact[];
  readonly fast_multiplier?: number;
  readonly priority_multiplier?: number;
}

export function factPrices(file: string): Prices {
  const rates = (fact: Fact): Rates => ({
    input: fact.input,
    output: fact.output,
    cacheRead: fact.cache_read,
    cacheWrite5m: fact.cache_write_5m,
    cacheWrite1h: fact.cache_write_1h,
  });
  const { models } = read(file) as { models: Record<string, Fact> };
  const prices = new Map<string, Listed[]>();
  for (const [id, now] of Object.entries(models)) {
    const factors = { fast: now.fast_multiplier ?? 1, priority: now.priority_multiplier ?? 1 };
    const long = ({ long_context: one }: Fact): Listed['long'] =>
      one ? [{ ...rates(one), above: one.above_prompt_tokens }] : [];
    // The first that is not over yet counts, so earlier ones stand before the one of today.
    const all = [...(now.history ?? []), now];
    prices.set(
      id,
      all.map((one) => ({ ...rates(one), until: one.until, long: long(one), factors })),
    );
  }
  return prices;
}
