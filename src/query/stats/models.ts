// What each model was used for and how much of its prompts came out of the cache.
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { whereSession } from '../filter.ts';
import { costOf, sumCosts, sumTokens, tokensOf } from '../rows.ts';
import type { CostColumns, TokenColumns } from '../rows.ts';
import type { Where } from '../filter.ts';
import type { ModelStats, StatsFilter } from './types.ts';

/** The rollup's rows of a period, for sessions that match. */
export function usageWhere(filter: StatsFilter): Where {
  const where = whereSession(filter);
  const until = filter.until === undefined ? Number.MAX_SAFE_INTEGER : Math.floor(filter.until / bucketMs);
  return {
    sql: `${where.sql} AND u.bucket >= ? AND u.bucket <= ?`,
    values: [...where.values, Math.floor((filter.since ?? 0) / bucketMs), until],
  };
}

export function modelStats(db: Db, filter: StatsFilter): ModelStats[] {
  const where = usageWhere(filter);
  return db
    .prepare<unknown[], TokenColumns & CostColumns & { model: string; n: number; sessions: number }>(
      `SELECT u.model, sum(u.messages) AS n, count(DISTINCT u.session) AS sessions, ${of('u', sumTokens)}, ${of('u', sumCosts)}
       FROM usage u JOIN session s ON s.id = u.session WHERE ${where.sql} GROUP BY u.model ORDER BY sum(u.cost) DESC, u.model`,
    )
    .all(...where.values)
    .map((row) => {
      const tokens = tokensOf(row);
      const sent = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
      return {
        model: row.model,
        messages: row.n,
        sessions: row.sessions,
        tokens,
        cost: costOf(row),
        cacheHits: sent === 0 ? null : tokens.cacheRead / sent,
      };
    });
}

/** The columns of sums as those of one table, as others have columns of the same names. */
export const of = (table: string, sums: string): string =>
  sums.replaceAll(/sum\((\w+)\)/g, `sum(${table}.$1)`);
