// What the agents did, the main one of each session and each type of subagent.
import type { Db } from '../../store/index.ts';
import { whereSession } from '../filter.ts';
import { costOf, sumCosts, sumTokens, tokensOf } from '../rows.ts';
import type { CostColumns, TokenColumns } from '../rows.ts';
import { outcomesOf } from './calls.ts';
import type { Call } from './calls.ts';
import { of } from './models.ts';
import type { AgentStats, StatsFilter } from './types.ts';

interface Row extends TokenColumns, CostColumns {
  readonly agent: string;
  readonly type: string;
  readonly runs: number;
  readonly messages: number;
}

/** As the rollup counts it: what one row counts and another is charged for comes out even. */
const total = 'input + output + cache_read + cache_write_5m + cache_write_1h';
const charged = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h']
  .map((kind) => `json_extract(charged, '$.${kind}')`)
  .join(' + ');
const unpriced = `CASE WHEN cost IS NULL THEN ${total} WHEN charged IS NULL THEN 0 ELSE ${total} - (${charged}) END`;

export function agentStats(db: Db, filter: StatsFilter, calls: readonly Call[]): AgentStats[] {
  const where = whereSession(filter);
  const rows = db
    .prepare<unknown[], Row>(
      `SELECT s.agent, CASE WHEN m.run = m.session THEN 'main' ELSE coalesce(r.type, 'subagent') END AS type,
         count(DISTINCT m.session || ' ' || m.run) AS runs, sum(1 - m.rest) AS messages, ${of('m', sumTokens)}, ${of('m', sumCosts)}
       FROM session s JOIN (SELECT *, ${unpriced} AS unpriced FROM message) m
         ON m.session = s.id LEFT JOIN run r ON r.session = m.session AND r.id = m.run
       WHERE ${where.sql} AND m.at >= ? AND m.at <= ? GROUP BY 1, 2 ORDER BY sum(m.cost) DESC, 1, 2`,
    )
    .all(...where.values, filter.since ?? 0, filter.until ?? Number.MAX_SAFE_INTEGER);
  const types = db.prepare<[string, string], { type: string | null }>(
    'SELECT type FROM run WHERE session = ? AND id = ?',
  );
  const typeOf = new Map<string, string>();
  const groupOf = (call: Call): string => {
    const run = `${call.session} ${call.run}`;
    const type =
      typeOf.get(run) ??
      (call.run === call.session ? 'main' : (types.get(call.session, call.run)?.type ?? 'subagent'));
    typeOf.set(run, type);
    return `${call.agent} ${type}`;
  };
  const byGroup = Map.groupBy(calls, groupOf);
  return rows.map((row) => ({
    agent: row.agent,
    type: row.type,
    runs: row.runs,
    messages: row.messages,
    ...outcomesOf(byGroup.get(`${row.agent} ${row.type}`) ?? []),
    tokens: tokensOf(row),
    cost: costOf(row),
  }));
}
