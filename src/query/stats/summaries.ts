// The two summaries that other tools read: of a day, and of a project.
import { toMicros } from '../../model/index.ts';
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { calendarOf } from '../usage/periods.ts';
import { zoneNamed } from '../usage/zone.ts';

export interface DailySummary {
  /** `2026-11-20` */
  readonly date: string;
  readonly userId: string;
  /** Sessions in which something was done on that day. */
  readonly sessionCount: number;
  readonly operationCount: number;
  readonly totalTokens: number;
  /** Micro-dollars. */
  readonly totalCost: number;
  /** Of the operations that succeeded or failed, the share that succeeded, 0 to 1; 1 where there are none. */
  readonly successRate: number;
  readonly blockedOperations: number;
}

export const summaryPeriods = ['day', 'week', 'month'] as const;
export type SummaryPeriod = (typeof summaryPeriods)[number];

export interface ProjectSummary {
  /** The project's folder. */
  readonly projectId: string;
  readonly period: SummaryPeriod;
  /** Machines on which somebody worked at it. */
  readonly activeUsers: number;
  /** Micro-dollars. */
  readonly totalCost: number;
  readonly topModels: readonly { readonly model: string; readonly cost: number }[];
  readonly topOperations: readonly { readonly type: string; readonly count: number }[];
}

const most = 5;

/** `at`: a moment of the day, milliseconds. */
export function dailySummary(db: Db, at: number, userId: string, timezone: string | undefined): DailySummary {
  const { key, start, end } = calendarOf(zoneNamed(timezone)).containing('day', at);
  const used = db
    .prepare<[number, number], { tokens: number | null; micros: number | null; pico: number | null }>(
      `SELECT sum(input + output + cache_read + cache_write_5m + cache_write_1h) AS tokens,
         sum(cost) / 1000000 AS micros, sum(cost) % 1000000 AS pico FROM usage WHERE bucket >= ? AND bucket < ?`,
    )
    .get(start / bucketMs, end / bucketMs);
  const done = db
    .prepare<[number, number, number], Record<'n' | 'success' | 'failed' | 'blocked', number | null>>(
      `SELECT count(*) AS n, sum(o.status = 'success') AS success, sum(o.status = 'failed') AS failed, sum(o.status = 'blocked') AS blocked
       FROM session s JOIN operation o ON o.session = s.id
       WHERE s.ended_at >= ? AND o.name <> '' AND o.at >= ? AND o.at < ?`,
    )
    .get(start, start, end);
  const sessions = db
    .prepare<[number, number, number, number], { n: number }>(
      `SELECT count(*) AS n FROM session s WHERE s.ended_at >= ? AND s.started_at < ?
         AND EXISTS (SELECT 1 FROM entry e WHERE e.session = s.id AND e.at >= ? AND e.at < ?)`,
    )
    .get(start, end, start, end);
  const [success, failed] = [done?.success ?? 0, done?.failed ?? 0];
  return {
    date: key,
    userId,
    sessionCount: sessions?.n ?? 0,
    operationCount: done?.n ?? 0,
    totalTokens: used?.tokens ?? 0,
    totalCost: toMicros(used?.micros ?? 0, used?.pico ?? 0),
    successRate: success + failed === 0 ? 1 : success / (success + failed),
    blockedOperations: done?.blocked ?? 0,
  };
}

/** Of the period that `at` lies in. */
export function projectSummary(
  db: Db,
  project: string,
  period: SummaryPeriod,
  at: number,
  timezone: string | undefined,
): ProjectSummary {
  const { start, end } = calendarOf(zoneNamed(timezone)).containing(period, at);
  const models = db
    .prepare<[string, number, number], { model: string; micros: number; pico: number }>(
      `SELECT u.model, sum(u.cost) / 1000000 AS micros, sum(u.cost) % 1000000 AS pico
       FROM session s JOIN usage u ON u.session = s.id WHERE s.project = ? AND u.bucket >= ? AND u.bucket < ?
       GROUP BY u.model ORDER BY sum(u.cost) DESC, u.model`,
    )
    .all(project, start / bucketMs, end / bucketMs);
  const operations = db
    .prepare<[string, number, number], { type: string; count: number }>(
      `SELECT o.type, count(*) AS count FROM session s JOIN operation o ON o.session = s.id
       WHERE s.project = ? AND o.name <> '' AND o.at >= ? AND o.at < ? GROUP BY o.type ORDER BY count DESC, o.type`,
    )
    .all(project, start, end);
  const users = db
    .prepare<[string, number, number, number, number], { n: number }>(
      `SELECT count(DISTINCT s.machine) AS n FROM session s WHERE s.project = ? AND s.ended_at >= ? AND s.started_at < ?
         AND EXISTS (SELECT 1 FROM entry e WHERE e.session = s.id AND e.at >= ? AND e.at < ?)`,
    )
    .get(project, start, end, start, end);
  const micros = models.reduce((n, row) => n + row.micros, 0);
  const pico = models.reduce((n, row) => n + row.pico, 0);
  return {
    projectId: project,
    period,
    activeUsers: users?.n ?? 0,
    totalCost: toMicros(micros, pico),
    topModels: models
      .slice(0, most)
      .map((row) => ({ model: row.model, cost: toMicros(row.micros, row.pico) })),
    topOperations: operations.slice(0, most),
  };
}
