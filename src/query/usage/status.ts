// The few figures that a status line shows, each from one short look at the index.
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { costOf, sumCosts } from '../rows.ts';
import type { CostColumns } from '../rows.ts';
import type { Cost } from '../types.ts';

export interface StatusFigures {
  /** Of the session; null for one that is not known. */
  readonly session: { readonly tokens: number; readonly cost: Cost; readonly lastAt: number } | null;
  readonly today: Cost;
}

/** `dayStart`: when today began where the user is, milliseconds since the epoch. */
export function statusFigures(db: Db, session: string, dayStart: number): StatusFigures {
  const own = db
    .prepare<[string], CostColumns & { tokens: number | null; n: number }>(
      `SELECT count(*) AS n, sum(input + output + cache_write_5m + cache_write_1h) AS tokens, ${sumCosts} FROM usage WHERE session = ?`,
    )
    .get(session);
  const last = db
    .prepare<[string], { at: number | null }>('SELECT max(at) AS at FROM message WHERE session = ?')
    .get(session);
  const today = db
    .prepare<[number], CostColumns>(`SELECT ${sumCosts} FROM usage WHERE bucket >= ?`)
    .get(Math.ceil(dayStart / bucketMs));
  return {
    session: own && own.n > 0 ? { tokens: own.tokens ?? 0, cost: costOf(own), lastAt: last?.at ?? 0 } : null,
    today: costOf(today!),
  };
}
