// Hours that are unlike others: dear ones, ones in which much failed, ones in which much was blocked. An hour that is not
// over is judged by what it has so far.
import { moneyText } from '../../model/index.ts';
import type { AlertSettings } from '../../model/index.ts';
import { bucketMs } from '../../store/index.ts';
import type { Db } from '../../store/index.ts';
import { zoneNamed } from '../usage/zone.ts';
import { costsByHour, dearestSession, historyMs, hourMs, outcomesByHour } from './hours.ts';
import type { HourOfOperations } from './hours.ts';
import type { Alert } from './types.ts';

type Found = Pick<Alert, 'kind' | 'severity' | 'message' | 'value' | 'threshold' | 'unit'>;

/** `since`: the beginning of an hour. */
export function anomalies(db: Db, settings: AlertSettings, since: number, until: number): Alert[] {
  const zone = zoneNamed(undefined);
  const spanText = (hour: number): string => `${zone.clockAt(hour)} – ${zone.clockAt(hour + hourMs)}`;
  const alert = (found: Found, at: number, session: string): Alert => ({
    id: `${found.kind} ${new Date(at).toISOString()}`,
    ...found,
    at: new Date(at).toISOString(),
    hint: `clew show ${session.slice(0, 8)}`,
    session,
    project: projectOf(db, session),
  });
  return [
    ...spikes(costsByHour(db, since - historyMs, until), settings, since).map(({ hour, cost, average }) =>
      alert(
        {
          kind: 'cost_spike',
          severity: 'warning',
          message: `${spanText(hour)} cost ${moneyText(cost)}, ${(cost / average).toFixed(1)} times the ${moneyText(Math.round(average))} of an average hour`,
          value: cost,
          threshold: Math.round(settings.costSpikeFactor * average),
          unit: 'microdollars',
        },
        hour,
        dearestSession(db, hour / bucketMs, (hour + hourMs) / bucketMs),
      ),
    ),
    ...outcomesByHour(db, since, until).flatMap((hour) =>
      outcomeAlerts(hour, settings, spanText(hour.at)).map(([found, session]) =>
        alert(found, hour.at, session),
      ),
    ),
  ];
}

interface Spike {
  readonly hour: number;
  readonly cost: number;
  readonly average: number;
}

/** `costs`: micro-dollars of hours that cost anything, in order. */
function spikes(
  costs: readonly (readonly [hour: number, cost: number])[],
  { costSpikeFactor, minHours }: AlertSettings,
  since: number,
): Spike[] {
  const found: Spike[] = [];
  let first = 0;
  let sum = 0;
  for (const [i, [hour, cost]] of costs.entries()) {
    for (; costs[first]![0] < hour - historyMs; first++) sum -= costs[first]![1];
    const count = i - first;
    if (hour >= since && count >= minHours && cost * count > costSpikeFactor * sum)
      found.push({ hour, cost, average: sum / count });
    sum += cost;
  }
  return found;
}

function outcomeAlerts(
  { operations, failed, blocked, failing, blocking }: HourOfOperations,
  { errorRate, minOperations, blockedPerHour }: AlertSettings,
  span: string,
): [Found, session: string][] {
  const found: [Found, session: string][] = [];
  const percent = (share: number): string => `${Number((100 * share).toFixed(1))}%`;
  if (operations >= minOperations && failed / operations > errorRate)
    found.push([
      {
        kind: 'error_spike',
        severity: 'critical',
        message: `${span}: ${failed} of ${operations} operations failed (${percent(failed / operations)})`,
        value: failed / operations,
        threshold: errorRate,
        unit: 'share',
      },
      failing,
    ]);
  if (blocked > blockedPerHour)
    found.push([
      {
        kind: 'blocked_operations',
        severity: 'info',
        message: `${span}: ${blocked} blocked operation${blocked === 1 ? '' : 's'}`,
        value: blocked,
        threshold: blockedPerHour,
        unit: 'operations',
      },
      blocking,
    ]);
  return found;
}

const projectOf = (db: Db, session: string): string | null =>
  db
    .prepare<[string], { project: string | null }>(
      'SELECT coalesce(project, workspace) AS project FROM session WHERE id = ?',
    )
    .get(session)?.project ?? null;
