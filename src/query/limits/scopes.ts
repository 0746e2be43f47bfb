// What limits are set on: sessions, days, and months of projects, each with what it used of the rollup. Only what has a
// limit is read.
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import type { Limit, LimitSettings } from '../../model/index.ts';
import { nextUse } from '../usage/cells.ts';
import { calendarOf } from '../usage/periods.ts';
import type { Period } from '../usage/periods.ts';
import { zoneNamed } from '../usage/zone.ts';
import { limitOfProject } from './project-limit.ts';
import type { LimitScope } from './types.ts';

export interface Used {
  readonly tokens: number;
  /** Picodollars. */
  readonly cost: number;
  readonly unpriced: number;
}

export interface Scope {
  readonly scope: LimitScope;
  readonly name: string;
  readonly project: string | null;
  readonly session: string | null;
  readonly limit: Limit;
  readonly used: Used;
  /** Which rows of `usage` it is made of. */
  readonly rows: { readonly sql: string; readonly values: readonly (number | string)[] };
}

export interface ScopeOptions {
  readonly settings: LimitSettings;
  /** The user's home folder. */
  readonly home: string;
}

const tokens = 'input + output + cache_read + cache_write_5m + cache_write_1h';
const sums = `coalesce(sum(${tokens}), 0) AS tokens, coalesce(sum(cost), 0) AS cost, coalesce(sum(unpriced), 0) AS unpriced`;
/** What a session belongs to. */
const home = 'coalesce(project, workspace)';

export const amounts = { tokens, cost: 'cost' } as const;
const inPeriod = 'bucket >= ? AND bucket < ?';
const bucketsOf = ({ start, end }: Period): [number, number] => [start / bucketMs, end / bucketMs];

/** Those of which some part lies between two moments; `session`: of sessions only this one, and only its project. */
export function scopesBetween(
  db: Db,
  { settings, home }: ScopeOptions,
  since: number,
  until: number,
  session?: string,
): Scope[] {
  const project = session === undefined ? undefined : projectOf(db, session);
  return [
    ...(isSet(settings.day) ? periodsBetween(db, 'day', since, until).map(dayScope) : []),
    ...(Object.keys(settings.project).length > 0
      ? periodsBetween(db, 'month', since, until).flatMap(projectScopes)
      : []),
    ...(isSet(settings.session) ? sessionScopes() : []),
  ];

  function dayScope(day: Period): Scope {
    const values = bucketsOf(day);
    const used = db.prepare<unknown[], Used>(`SELECT ${sums} FROM usage WHERE ${inPeriod}`).get(...values)!;
    const rows = { sql: inPeriod, values };
    return { scope: 'day', name: day.key, project: null, session: null, limit: settings.day, used, rows };
  }

  function projectScopes(month: Period): Scope[] {
    const values = bucketsOf(month);
    return projectsIn(db, values)
      .filter((row) => project === undefined || row.project === project)
      .flatMap(({ project, ...used }) => {
        const limit = limitOfProject(settings, project, home);
        if (!limit || !isSet(limit)) return [];
        const rows = { sql: `${inPeriod} AND ${ofProject}`, values: [...values, month.start, project] };
        return [{ scope: 'project', name: month.key, project, session: null, limit, used, rows }];
      });
  }

  function sessionScopes(): Scope[] {
    return sessionsIn(db, since, until, session).map(({ id, project, ...used }) => ({
      scope: 'session',
      name: id,
      project,
      session: id,
      limit: settings.session,
      used,
      rows: { sql: 'session = ?', values: [id] },
    }));
  }
}

const isSet = (limit: Limit): boolean => limit.tokens !== undefined || limit.cost !== undefined;

/** The first one, and later ones in which anything was used. */
function periodsBetween(db: Db, kind: 'day' | 'month', since: number, until: number): Period[] {
  const calendar = calendarOf(zoneNamed(undefined));
  const next = nextUse(db, {});
  const periods: Period[] = [];
  for (let at = since; at <= until; at = next(periods.at(-1)!.end))
    periods.push(calendar.containing(kind, at));
  return periods;
}

/** Since a moment; sessions that ended before it are not looked at. */
export const ofProject = `session IN (SELECT id FROM session WHERE ended_at >= ? AND ${home} = ?)`;

/** The projects that anything was used for. */
const projectsIn = (db: Db, buckets: readonly number[]): (Used & { readonly project: string })[] =>
  db.prepare<unknown[], Used & { readonly project: string }>(projectsSql).all(...buckets);

/** By sessions first, so that each is looked up once. */
export const projectsSql = `SELECT ${home} AS project, sum(u.tokens) AS tokens, sum(u.cost) AS cost, sum(u.unpriced) AS unpriced
  FROM (SELECT session, ${sums} FROM usage WHERE ${inPeriod} GROUP BY session) u JOIN session s ON s.id = u.session
  WHERE ${home} IS NOT NULL GROUP BY 1`;

const sessionsIn = (db: Db, since: number, until: number, session: string | undefined) =>
  db
    .prepare<unknown[], Used & { readonly id: string; readonly project: string | null }>(
      `SELECT id, ${home} AS project, ${tokens} AS tokens, cost, unpriced FROM session
       WHERE ${session === undefined ? 'ended_at >= ? AND started_at <= ?' : 'id = ?'}`,
    )
    .all(...(session === undefined ? [since, until] : [session]));

const projectOf = (db: Db, session: string): string | null =>
  db
    .prepare<[string], { project: string | null }>(`SELECT ${home} AS project FROM session WHERE id = ?`)
    .get(session)?.project ?? null;
