// What limits and unusual hours come to: the states of now, and the alerts of a stretch of time.
import type { AlertSettings } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { calendarOf } from '../usage/periods.ts';
import { zoneNamed } from '../usage/zone.ts';
import { anomalies } from './anomalies.ts';
import { crossings } from './crossings.ts';
import { hourMs, hourOf } from './hours.ts';
import { scopesBetween } from './scopes.ts';
import type { ScopeOptions } from './scopes.ts';
import { statesOf } from './state.ts';
import type { Alert, LimitState } from './types.ts';

/** Where nothing else is asked for, and for how long what happened is news. */
export const alertWindowMs = 24 * hourMs;

/**
 * Today's limit, those of this month's projects, and those of the sessions that went on today; or else of one session, with
 * its project's and today's. The tightest first.
 */
export function limitsNow(db: Db, options: ScopeOptions, now: number, session?: string): LimitState[] {
  const today = calendarOf(zoneNamed(undefined)).containing('day', now);
  return statesOf(scopesBetween(db, options, Math.min(now, today.start), now, session));
}

/** Of the hour that `since` lies in and later ones, the latest first. */
export function alertsBetween(
  db: Db,
  { alerts, ...options }: ScopeOptions & { readonly alerts: AlertSettings },
  since: number,
  until: number,
): Alert[] {
  const start = hourOf(since);
  return [...anomalies(db, alerts, start, until), ...crossings(db, scopesBetween(db, options, start, until))]
    .filter((one) => Date.parse(one.at) >= start)
    .sort((a, b) => (a.at === b.at ? Number(a.id > b.id) - Number(a.id < b.id) : a.at < b.at ? 1 : -1));
}
