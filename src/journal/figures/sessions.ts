// Sessions as figures count them, recorded and captured alike.
import { contextAtEnd, listSessions, snapshotsOf } from '../../query/index.ts';
import type { Moment } from '../../query/index.ts';
import type { Db } from '../../store/index.ts';
import { agentNamer } from '../records.ts';
import type { Counted, SessionDuration } from './types.ts';

export interface CountedSession {
  readonly id: string;
  /** The name that the agent was given, or else that of its program. */
  readonly name: string;
  readonly program: string;
  readonly title: string | null;
  readonly startedAt: number;
  /** null while it goes on, or is paused. */
  readonly endedAt: number | null;
}

/** Those that began then or later. */
export function sessionsSince(db: Db, moment: Moment, since = 0): CountedSession[] {
  const nameOf = agentNamer(db);
  return listSessions(db, moment, { since })
    .map((row) => ({
      id: row.id,
      name: nameOf(row.id) ?? row.agent,
      program: row.agent,
      title: row.title,
      startedAt: Date.parse(row.startedAt ?? '') || 0,
      endedAt: row.status === 'active' || row.status === 'paused' ? null : Date.parse(row.endedAt ?? '') || 0,
    }))
    .filter((one) => one.startedAt >= since);
}

export const isActive = ({ endedAt }: CountedSession): boolean => endedAt === null;

/** What all of them had before the model at their ends, or else what their latest snapshots are estimated at. */
export const contextOf = (db: Db, sessions: readonly CountedSession[]): number =>
  sessions.reduce((n, { id }) => n + (contextAtEnd(db, id) ?? snapshotsOf(db, id)[0]?.tokenEstimate ?? 0), 0);

/** The most frequent first. */
export function mostFrequent(names: readonly (string | null)[], count: number): Counted[] {
  const known = names.filter((one): one is string => one !== null);
  return [...Map.groupBy(known, (one) => one)]
    .map(([name, all]) => ({ name, count: all.length }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, count);
}

/** The longest first; of what goes on, the time until now. */
export const durationsOf = (sessions: readonly CountedSession[], now: number): SessionDuration[] =>
  sessions
    .map(({ id, name, title, startedAt, endedAt }) => ({
      session: id,
      agent: name,
      title,
      startedAt: startedAt === 0 ? null : new Date(startedAt).toISOString(),
      endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
      durationMs: Math.max(0, (endedAt ?? now) - startedAt),
      completed: endedAt !== null,
    }))
    .toSorted((a, b) => b.durationMs - a.durationMs || (a.session < b.session ? -1 : 1));
