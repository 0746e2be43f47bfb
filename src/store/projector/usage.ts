// The rollup that reports are made of: what responses used and cost, by quarter of an hour (every time zone's day begins at
// one), session, model and tier. It is kept by differences as responses are written, so it costs what has changed.
import type { Database } from 'better-sqlite3';
import type { Pricing, Tokens } from '../../model/index.ts';

/** What is asked of prices here. */
export type Prices = Pick<Pricing, 'version' | 'cost'>;

export const bucketMs = 15 * 60_000;

/** A response as the table `message` has it, without its cost. */
export interface Counted {
  readonly session: string;
  readonly at: number;
  readonly model: string;
  readonly tier: string;
  readonly input: number;
  readonly output: number;
  readonly cache_read: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly output_final: number;
  readonly reported: number | null;
  readonly chars: number;
  readonly charged: string | null;
  readonly rest: number;
}

/** Output is written at about so many characters a token. */
const charsPerToken = 3;

/** What the true output count may be, where the one that was written is that of the stream's start. */
export const outputHigh = (m: Counted): number =>
  m.output_final ? m.output : Math.max(m.output, Math.ceil(m.chars / charsPerToken));

export interface Cost {
  /** Picodollars; null without a price. */
  readonly cost: number | null;
  /** With the highest output that is likely. */
  readonly cost_high: number | null;
}

export function costOf(m: Counted, pricing: Prices): Cost {
  const told: Tokens = {
    input: m.input,
    output: m.output,
    cacheRead: m.cache_read,
    cacheWrite5m: m.cache_write_5m,
    cacheWrite1h: m.cache_write_1h,
  };
  const tokens = m.charged === null ? told : (JSON.parse(m.charged) as Tokens);
  const usage = { model: m.model, at: m.at, tier: m.tier, tokens, isRest: m.rest === 1 };
  const cost = pricing.cost(usage) ?? null;
  const high = outputHigh(m);
  if (cost === null || high === m.output) return { cost, cost_high: cost };
  return { cost, cost_high: pricing.cost({ ...usage, tokens: { ...tokens, output: high } }) ?? null };
}

const sums = [
  'messages',
  'lower_bounds',
  'input',
  'output',
  'output_high',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'cost',
  'cost_high',
  'unpriced',
  'reported',
] as const;
type Sums = Record<(typeof sums)[number], number>;

/** What a response adds to its row. */
export function usageOf(m: Counted, { cost, cost_high }: Cost): Sums {
  const { input, output, cache_read, cache_write_5m, cache_write_1h } = m;
  const total = input + output + cache_read + cache_write_5m + cache_write_1h;
  const charged =
    m.charged === null
      ? total
      : Object.values(JSON.parse(m.charged) as Tokens).reduce((n: number, count: number) => n + count, 0);
  return {
    messages: 1 - m.rest,
    lower_bounds: 1 - m.output_final,
    input,
    output,
    output_high: outputHigh(m),
    cache_read,
    cache_write_5m,
    cache_write_1h,
    cost: cost ?? 0,
    cost_high: cost_high ?? 0,
    // What one row counts and another is charged for comes out even.
    unpriced: cost === null ? total : total - charged,
    reported: m.reported ?? 0,
  };
}

export function usageWriter(db: Database) {
  const changes = new Map<string, { key: readonly [number, string, string, string]; sums: Sums }>();
  let isLess = false;
  const add = db.prepare(
    `INSERT INTO usage(bucket, session, model, tier, ${sums.join(', ')}) VALUES (?,?,?,?, ${sums.map(() => '?').join(',')})
     ON CONFLICT DO UPDATE SET ${sums.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );
  const drop = db.prepare(
    `DELETE FROM usage WHERE bucket = ? AND session = ? AND model = ? AND tier = ? AND ${sums.map((name) => `${name} = 0`).join(' AND ')}`,
  );

  return {
    /** Counts a response, or no longer. */
    count(m: Counted, cost: Cost, sign: 1 | -1 = 1): void {
      if (sign < 0) isLess = true;
      const key = [Math.floor(m.at / bucketMs), m.session, m.model, m.tier] as const;
      const name = key.join('\0');
      const own = usageOf(m, cost);
      const so = changes.get(name);
      if (so) for (const column of sums) so.sums[column] += sign * own[column];
      else {
        if (sign < 0) for (const column of sums) own[column] = -own[column];
        changes.set(name, { key, sums: own });
      }
    },
    begin(): void {
      changes.clear();
      isLess = false;
    },
    settle(): void {
      for (const { key, sums: own } of changes.values()) {
        add.run(...key, ...sums.map((name) => own[name]));
        if (isLess) drop.run(...key);
      }
      changes.clear();
    },
  };
}
export type UsageWriter = ReturnType<typeof usageWriter>;
