// The block of five hours that is still open: how fast it fills, and what it comes to if that goes on.
import { divideHalfEven } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { allTokens, computedOf } from './figures.ts';
import type { Gathered, GatheredRow } from './gather.ts';
import type { ActiveBlock, UsageOptions } from './types.ts';

const minute = 60_000;

export function activeBlock(
  db: Db,
  { rows }: Gathered,
  { tokenLimit, model }: UsageOptions,
  now: number,
): ActiveBlock | null {
  const row = rows.find(({ period }) => period && period.start <= now && now < period.end);
  if (!row?.period) return null;
  const { start, end } = row.period;
  const { first, last } = db
    .prepare<unknown[], { first: number; last: number }>(
      `SELECT min(at) AS first, max(at) AS last FROM message
       WHERE at >= ? AND at < ? AND session IN (SELECT value FROM json_each(?)) AND instr(lower(model), lower(?)) > 0`,
    )
    .get(start, end, JSON.stringify([...row.tally.sessions.keys()]), model ?? '')!;
  const tokens = allTokens(row.tally.sums);
  const cost = computedOf(row.tally.sums);
  const spent = last - first;
  const remaining = end - now;
  const burn =
    spent > 0
      ? {
          tokensPerMinute: perTime(tokens, minute, spent),
          costPerHour: perTime(cost, 60 * minute, spent),
          projectedTokens: tokens + perTime(tokens, remaining, spent),
          projectedCost: cost + perTime(cost, remaining, spent),
        }
      : null;
  const limit = tokenLimit === 'max' ? fullest(rows, row) : tokenLimit;
  return {
    key: row.key,
    remainingMinutes: Math.ceil(remaining / minute),
    burn,
    limit: limit
      ? {
          tokens: limit,
          used: percent(tokens, limit),
          projected: burn && percent(burn.projectedTokens, limit),
        }
      : null,
  };
}

/** What a sum of `spent` milliseconds comes to in others. */
const perTime = (sum: number, time: number, spent: number): number =>
  Number(divideHalfEven(BigInt(sum) * BigInt(time), BigInt(spent)));

const percent = (part: number, whole: number): number => Math.round((1000 * part) / whole) / 10;

const fullest = (rows: readonly GatheredRow[], active: GatheredRow): number =>
  Math.max(0, ...rows.filter((row) => row !== active && row.period).map((row) => allTokens(row.tally.sums)));
