// Statistics and summaries as the library offers them.
import os from 'node:os';
import type { Connection } from './connection.ts';
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import { dailySummary, latestSession, latestSessionIn, projectSummary, statsOf } from './query/index.ts';
import type {
  DailySummary,
  Moment,
  ProjectSummary,
  Stats,
  StatsFilter,
  SummaryPeriod,
} from './query/index.ts';

export interface SummaryOptions {
  /** A moment of the day, or of the period; now, if left out. */
  readonly at?: number | undefined;
  /** An IANA name; the local zone if left out. */
  readonly timezone?: string | undefined;
}

export interface StatsHere {
  /** What agents did, how well, and what could be better; of the last 30 days where no time is given. */
  stats(filter?: StatsFilter): Stats;
  daily(options?: SummaryOptions): DailySummary;
  /**
   * `project`: a part of its path; without one, the project that the current folder belongs to, or else the latest. Throws
   * NOT_FOUND, AMBIGUOUS.
   */
  projectSummary(
    options?: SummaryOptions & {
      readonly project?: string | undefined;
      readonly period?: SummaryPeriod | undefined;
    },
  ): ProjectSummary;
}

const defaultDays = 30;

export function statsHere(
  context: Context,
  { db, guarded }: Pick<Connection, 'db' | 'guarded'>,
  moment: () => Moment,
): StatsHere {
  function projectNamed(part: string | undefined): string {
    if (part === undefined) {
      const id = latestSessionIn(db(), context.cwd) ?? latestSession(db());
      const row = db()
        .prepare<[string | undefined], { project: string | null }>('SELECT project FROM session WHERE id = ?')
        .get(id);
      if (row?.project) return row.project;
      throw new ClewError(
        'NOT_FOUND',
        'no project is known yet',
        '`clew import` says where clew looks for records',
      );
    }
    const all = db()
      .prepare<[], { project: string }>(
        'SELECT DISTINCT project FROM session WHERE project IS NOT NULL ORDER BY project',
      )
      .all()
      .map((row) => row.project);
    const found = all.filter((one) => one.toLowerCase().includes(part.toLowerCase()));
    const exact = found.find((one) => one === part || one.endsWith(`/${part}`));
    const [only] = exact === undefined ? found : [exact];
    if (only === undefined)
      throw new ClewError(
        'NOT_FOUND',
        `no project has "${part}" in its path`,
        '`clew usage project` lists them',
      );
    if (exact === undefined && found.length > 1)
      throw new ClewError(
        'AMBIGUOUS',
        `"${part}" is in the paths of several projects: ${found.slice(0, 5).join(', ')}`,
        'give more of the path',
      );
    return only;
  }

  return {
    stats: (filter = {}) =>
      guarded(() =>
        statsOf(db(), moment(), {
          ...filter,
          since: filter.since ?? (filter.until ?? context.now()) - defaultDays * 86_400_000,
        }),
      ),
    daily: ({ at = context.now(), timezone } = {}) =>
      guarded(() => dailySummary(db(), at, context.env['USER'] || os.userInfo().username, timezone)),
    projectSummary: ({ at = context.now(), timezone, project, period = 'month' } = {}) =>
      guarded(() => projectSummary(db(), projectNamed(project), period, at, timezone)),
  };
}
