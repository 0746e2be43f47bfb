// Alerts of limits: which bounds were crossed, and when. Each bound has one alert at 80 % and one at 100 %; of one limit
// the greater matter is told alone.
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { amounts } from './scopes.ts';
import type { Scope } from './scopes.ts';
import { measured, messageOf, tellable } from './state.ts';
import type { Bound, Measured } from './state.ts';
import type { Alert } from './types.ts';

export const crossings = (db: Db, scopes: readonly Scope[]): Alert[] =>
  scopes.flatMap(measured).flatMap((one) => told(one.bounds).flatMap((bound) => crossing(db, one, bound)));

/** Where the hard bound is reached, the soft one is no news. */
const told = (bounds: readonly Bound[]): readonly Bound[] =>
  bounds.filter(
    (one) => one.isNear && (one.name === 'hard' || !bounds.at(-1)!.isReached || bounds.length === 1),
  );

function crossing(db: Db, one: Measured, bound: Bound): Alert[] {
  const { scope, measure, used } = one;
  const { isReached, name } = bound;
  const at = crossedAt(db, one, isReached ? bound.at : (bound.at / 5) * 4);
  if (at === undefined) return [];
  const kind = isReached ? 'limit_reached' : 'limit_warning';
  return [
    {
      id: [kind, scope.scope, scope.project, scope.name, measure, name].filter(Boolean).join(' '),
      kind,
      severity: isReached && name === 'hard' ? 'critical' : 'warning',
      at: new Date(at).toISOString(),
      message: messageOf(one, bound),
      hint: hintOf(scope),
      value: tellable(measure, used),
      threshold: tellable(measure, bound.at),
      unit: measure === 'tokens' ? 'tokens' : 'microdollars',
      project: scope.project,
      session: scope.session,
    },
  ];
}

/** The quarter of an hour in which the sum came to so much. */
export const crossedSql = (measure: keyof typeof amounts, rows: string): string =>
  `SELECT bucket FROM (SELECT bucket, sum(sum(${amounts[measure]})) OVER (ORDER BY bucket) AS total FROM usage
     WHERE ${rows} GROUP BY bucket) WHERE total >= ? ORDER BY bucket LIMIT 1`;

function crossedAt(db: Db, { scope, measure }: Measured, amount: number): number | undefined {
  const found = db
    .prepare<unknown[], { bucket: number }>(crossedSql(measure, scope.rows.sql))
    .get(...scope.rows.values, amount);
  return found && found.bucket * bucketMs;
}

function hintOf({ scope, name, session }: Scope): string {
  if (session !== null) return `clew show ${session.slice(0, 8)}`;
  return scope === 'day'
    ? `clew usage session --since ${name} --until ${name}`
    : 'clew usage project --by month';
}
