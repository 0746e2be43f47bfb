// The calls of a period, with how they ended and the part of the response that asked for them.
import type { Db } from '../../store/index.ts';
import { whereSession } from '../filter.ts';
import type { Durations, Outcomes, StatsFilter } from './types.ts';

export interface Call {
  readonly id: string;
  readonly session: string;
  readonly run: string;
  readonly agent: string;
  readonly at: number;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly duration: number | null;
  /** Of the response that asked for it; 0 where that is not known. */
  readonly tokens: number;
  /** Picodollars. */
  readonly cost: number;
  /** How many calls that response asked for. */
  readonly siblings: number;
}

/** Codex tells what a response used behind the calls that it asked for, and does not name it there. */
const next = `(SELECT n.id FROM message n WHERE n.session = o.session AND n.at >= o.at AND n.run = o.run ORDER BY n.at, n.pos LIMIT 1)`;

/** In order of session and time. `isOver` tells whether what a session has left open was interrupted. */
export function callsOf(db: Db, filter: StatsFilter, isOver: (session: string) => boolean): Call[] {
  const where = whereSession(filter);
  const rows = db
    .prepare<unknown[], Omit<Call, 'siblings'> & { message: string | null }>(
      `SELECT o.id, o.session, o.run, s.agent, o.at, o.name, o.type, o.status, coalesce(o.duration_ms, CASE WHEN o.result_at > o.at THEN o.result_at - o.at END) AS duration, m.id AS message,
         coalesce(m.input + m.output + m.cache_read + m.cache_write_5m + m.cache_write_1h, 0) AS tokens,
         coalesce(m.cost, 0) AS cost
       FROM session s JOIN operation o ON o.session = s.id LEFT JOIN message m ON m.id = coalesce(o.message, ${next})
       WHERE ${where.sql} AND o.name <> '' AND o.at >= ? AND o.at <= ? ORDER BY o.session, o.at, o.id`,
    )
    .all(...where.values, filter.since ?? 0, filter.until ?? Number.MAX_SAFE_INTEGER);
  const siblings = new Map<string, number>();
  for (const { message } of rows)
    if (message !== null) siblings.set(message, (siblings.get(message) ?? 0) + 1);
  const over = new Map<string, boolean>();
  const ended = (session: string): boolean => {
    const known = over.get(session) ?? isOver(session);
    over.set(session, known);
    return known;
  };
  return rows.map(({ message, ...row }) => ({
    ...row,
    status: row.status === 'pending' && ended(row.session) ? 'interrupted' : row.status,
    siblings: (message !== null && siblings.get(message)) || 1,
  }));
}

export function outcomesOf(calls: readonly Pick<Call, 'status'>[]): Outcomes {
  const count = (status: string): number => calls.filter((call) => call.status === status).length;
  const [success, failed] = [count('success'), count('failed')];
  return {
    calls: calls.length,
    success,
    failed,
    blocked: count('blocked'),
    interrupted: count('interrupted'),
    successRate: success + failed === 0 ? null : success / (success + failed),
  };
}

/** By nearest rank: the p95 is a duration that was met. */
export function durationsOf(all: readonly (number | null)[]): Durations | null {
  const sorted = all.filter((one): one is number => one !== null).toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return {
    average: Math.round(sorted.reduce((n, one) => n + one, 0) / sorted.length),
    p95: rank(0.95),
    p99: rank(0.99),
    longest: sorted.at(-1) ?? 0,
  };
}
