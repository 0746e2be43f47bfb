// Sessions of a period: how many, how long, what they used, how long they waited.
import type { Db } from '../../store/index.ts';
import { costOf, sumCosts, sumTokens, tokensOf } from '../rows.ts';
import type { CostColumns, Moment, TokenColumns } from '../rows.ts';
import { listSessions } from '../sessions.ts';
import { durationsOf } from './calls.ts';
import type { Call } from './calls.ts';
import { of, usageWhere } from './models.ts';
import type { SessionStats, StatsFilter } from './types.ts';
import { waiting } from './waiting.ts';

export function sessionStats(
  db: Db,
  moment: Moment,
  filter: StatsFilter,
  calls: readonly Call[],
): SessionStats {
  const rows = listSessions(db, moment, filter);
  const where = usageWhere(filter);
  const used = db
    .prepare<unknown[], TokenColumns & CostColumns>(
      `SELECT ${of('u', sumTokens)}, ${of('u', sumCosts)} FROM usage u JOIN session s ON s.id = u.session WHERE ${where.sql}`,
    )
    .get(...where.values);
  const lengths = rows.flatMap(({ startedAt, endedAt }) =>
    startedAt === null || endedAt === null ? [] : [Date.parse(endedAt) - Date.parse(startedAt)],
  );
  return {
    sessions: rows.length,
    turns: rows.reduce((n, row) => n + row.turns, 0),
    operations: calls.length,
    tokens: tokensOf(used ?? ({} as TokenColumns)),
    cost: costOf(used ?? ({} as CostColumns)),
    durations: durationsOf(lengths),
    ...waiting(db, filter),
    interrupted: rows.filter((row) => row.status === 'interrupted').length,
  };
}
