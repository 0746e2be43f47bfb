// What hours of the clock cost, and how the operations in them ended. Hours begin where the local clock shows a full one.
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';

export const hourMs = 3_600_000;
/** What an hour is held against: this much before it. */
export const historyMs = 30 * 24 * hourMs;

const picoPerMicro = 1e6;

/** The beginning of the hour. Where the clock is set back, the hour that is repeated is one of its own. */
export function hourOf(at: number): number {
  const offset = -new Date(at).getTimezoneOffset() * 60_000;
  return Math.floor((at + offset) / hourMs) * hourMs - offset;
}

export const costsSql =
  'SELECT bucket, sum(cost) AS cost FROM usage WHERE bucket >= ? AND bucket < ? GROUP BY bucket HAVING sum(cost) > 0';

/** Micro-dollars, of hours that cost anything, in order. */
export function costsByHour(db: Db, since: number, until: number): [hour: number, cost: number][] {
  const rows = db
    .prepare<[number, number], { bucket: number; cost: number }>(costsSql)
    .all(Math.ceil(since / bucketMs), Math.floor(until / bucketMs) + 1);
  const hours = new Map<number, number>();
  for (const { bucket, cost } of rows) {
    const hour = hourOf(bucket * bucketMs);
    hours.set(hour, (hours.get(hour) ?? 0) + cost);
  }
  // In whole micro-dollars sums are exact.
  return [...hours].map(([hour, cost]) => [hour, Math.round(cost / picoPerMicro)]);
}

/** Of a time in which something was used. */
export const dearestSession = (db: Db, from: number, until: number): string =>
  db
    .prepare<[number, number], { session: string }>(
      `SELECT session FROM usage WHERE bucket >= ? AND bucket < ? GROUP BY session ORDER BY sum(cost) DESC, session LIMIT 1`,
    )
    .get(from, until)!.session;

export interface HourOfOperations {
  readonly at: number;
  /** That succeeded or failed. */
  readonly operations: number;
  readonly failed: number;
  readonly blocked: number;
  /** The sessions in which most of these were. */
  readonly failing: string;
  readonly blocking: string;
}

export const outcomesSql = `SELECT o.at / ${bucketMs} AS bucket, o.session, sum(o.status IN ('success', 'failed')) AS operations,
    sum(o.status = 'failed') AS failed, sum(o.status = 'blocked') AS blocked
  FROM session s CROSS JOIN operation o ON o.session = s.id
  WHERE s.ended_at >= ? AND o.at >= ? AND o.at <= ? AND o.name <> '' GROUP BY 1, 2`;

interface Outcomes {
  readonly session: string;
  readonly operations: number;
  readonly failed: number;
  readonly blocked: number;
}

export function outcomesByHour(db: Db, since: number, until: number): HourOfOperations[] {
  const rows = db
    .prepare<number[], Outcomes & { readonly bucket: number }>(outcomesSql)
    .all(since, since, until);
  const hours = Map.groupBy(rows, ({ bucket }) => hourOf(bucket * bucketMs));
  return [...hours].map(([at, parts]) => ({
    at,
    operations: total(parts, 'operations'),
    failed: total(parts, 'failed'),
    blocked: total(parts, 'blocked'),
    failing: mostOf(parts, 'failed'),
    blocking: mostOf(parts, 'blocked'),
  }));
}

type Counted = 'operations' | 'failed' | 'blocked';

const total = (parts: readonly Outcomes[], what: Counted): number =>
  parts.reduce((n, part) => n + part[what], 0);

function mostOf(parts: readonly Outcomes[], what: Counted): string {
  const sessions = [...Map.groupBy(parts, (part) => part.session)].map(([session, own]) => ({
    session,
    n: total(own, what),
  }));
  return sessions.sort((a, b) => b.n - a.n || (a.session < b.session ? -1 : 1))[0]!.session;
}
