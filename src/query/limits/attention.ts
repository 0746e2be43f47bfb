// What of limits and alerts needs a look, in a few lines: limits that are nearly used up, and for each kind of unusual
// hour the latest.
import type { AlertSettings } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import type { Overview } from '../types.ts';
import { alertWindowMs, limitsNow } from './alerts.ts';
import { anomalies } from './anomalies.ts';
import { hourOf } from './hours.ts';
import type { ScopeOptions } from './scopes.ts';

export function alertNotes(
  db: Db,
  { alerts, ...options }: ScopeOptions & { readonly alerts: AlertSettings },
  now: number,
): Overview['attention'] {
  const limits = limitsNow(db, options, now).filter((one) => one.level !== 'ok');
  const kinds = Map.groupBy(anomalies(db, alerts, hourOf(now - alertWindowMs), now), (alert) => alert.kind);
  return [
    ...limits.map(({ message }) => ({ kind: 'limit', message, hint: 'clew limits' })),
    ...[...kinds].map(([kind, all]) => {
      const more = all.length > 1 ? `, and ${all.length - 1} more such hour${all.length > 2 ? 's' : ''}` : '';
      const latest = all.reduce((a, b) => (b.at > a.at ? b : a));
      return { kind, message: `${latest.message}${more}`, hint: 'clew alerts' };
    }),
  ];
}
