// Metrics: named numbers. Some are recorded; four every session has of itself, computed from what is known of it.
import { ClewError } from '../model/index.ts';
import { statusOfSession } from '../query/index.ts';
import type { Moment } from '../query/index.ts';
import type { Db } from '../store/index.ts';
import { secondsOf } from './duration.ts';
import type { NewRecord } from './recorder.ts';
import { recordsOf, where } from './records.ts';

export interface Metric {
  /** null for one that is computed. */
  readonly id: string | null;
  readonly name: string;
  readonly value: number;
  readonly session: string | null;
  readonly at: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /** Computed from the session's record. */
  readonly automatic: boolean;
}

/** The latest first; of a session also what is computed, behind those. Without a session, all that were recorded. */
export function listMetrics(db: Db, moment: Moment, session?: string): Metric[] {
  const recorded = recordsOf(db, ['metric'], ...where('r.session', session))
    .map((record): Metric => {
      const { value, metadata } = record.data;
      return {
        id: record.id,
        name: record.subject ?? '',
        value: typeof value === 'number' ? value : 0,
        session: record.session,
        at: new Date(record.at).toISOString(),
        metadata: isObject(metadata) ? metadata : null,
        automatic: false,
      };
    })
    .toReversed();
  return session === undefined ? recorded : [...recorded, ...computed(db, moment, session)];
}

/** What the agent's records tell, and what was recorded by hand. */
function computed(db: Db, moment: Moment, session: string): Metric[] {
  const row = db
    .prepare<[string], { tokens: number; startedAt: number; endedAt: number }>(
      `SELECT input + output + cache_read + cache_write_5m + cache_write_1h AS tokens,
         started_at AS startedAt, ended_at AS endedAt FROM session WHERE id = ?`,
    )
    .get(session);
  const files = db
    .prepare<[string, string], { n: number }>(
      `SELECT count(*) AS n FROM (
         SELECT c.path FROM operation o JOIN change c ON c.operation = o.id WHERE o.session = ?
         UNION SELECT text FROM record WHERE session = ? AND kind = 'interaction' AND subject = 'file_write')`,
    )
    .get(session, session);
  const commands = db
    .prepare<[string, string], { n: number }>(
      `SELECT (SELECT count(*) FROM operation WHERE type = 'execute' AND name <> '' AND session = ?)
         + (SELECT count(*) FROM record WHERE session = ? AND kind = 'interaction' AND subject = 'command_execution') AS n`,
    )
    .get(session, session);
  const status = statusOfSession(db, session, moment);
  const metric = (name: string, value: number): Metric => ({
    id: null,
    name,
    value,
    session,
    at: null,
    metadata: null,
    automatic: true,
  });
  return [
    metric('tokens_used', row?.tokens ?? 0),
    metric('files_modified', files?.n ?? 0),
    metric('commands_run', commands?.n ?? 0),
    metric('duration_seconds', row && status ? secondsOf({ ...row, status }, moment.now) : 0),
  ];
}

/** Throws BAD_INPUT. */
export function metricRecord(name: string, value: number, metadata?: unknown): NewRecord {
  if (name.trim() === '') throw new ClewError('BAD_INPUT', 'the name of the metric is empty', 'give it one');
  if (!Number.isFinite(value))
    throw new ClewError('BAD_INPUT', `${name} is ${value}, which is no number`, 'give a finite number');
  if (metadata !== undefined && !isObject(metadata))
    throw new ClewError(
      'BAD_INPUT',
      'metadata is no JSON object',
      `for example: --metadata '{"of": "main"}'`,
    );
  return { kind: 'metric', subject: name, data: { value, ...(metadata && { metadata }) } };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
