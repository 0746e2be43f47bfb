// Periods: days, weeks, months, and blocks of five hours. Their bounds are quarters of an hour, as those of the rollup are.
import { bucketMs } from '../../store/index.ts';
import { dayText, monthStart, weekday } from './zone.ts';
import type { Zone } from './zone.ts';
import type { PeriodGroup, UsageGroup, WeekStart } from './types.ts';

export interface Period {
  readonly key: string;
  /** Milliseconds since the epoch; the end is no part of it. */
  readonly start: number;
  readonly end: number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export const isPeriod = (group: UsageGroup): group is PeriodGroup => Object.hasOwn(shown, group);

/** How many periods are shown where nothing else was asked for. */
const shown: Readonly<Record<PeriodGroup, number>> = { day: 30, week: 12, month: 12, '5h': 3 };

const hour = 3_600_000;
const blockHours = 5;
const weekdays: Readonly<Record<WeekStart, number>> = { sunday: 0, monday: 1, saturday: 6 };

export interface Calendar {
  readonly zone: Zone;
  /** The period of this kind that a moment lies in; for blocks, the one that begins with it. */
  containing(kind: PeriodGroup, at: number): Period;
  /** Since when a report tells that was not asked otherwise. */
  defaultStart(kind: PeriodGroup, now: number): number;
}

export function calendarOf(zone: Zone, weekStart: WeekStart = 'monday'): Calendar {
  const floor = (at: number): number => Math.floor(at / bucketMs) * bucketMs;
  const startOf = (day: number): number => floor(zone.startOf(day));
  const weekOf = (day: number): number => day - ((weekday(day) - weekdays[weekStart] + 7) % 7);
  /** Where the clock is set back over midnight, the calendar shows a day that has not begun for good. */
  const dayAt = (at: number): number => zone.dayAt(at) - (startOf(zone.dayAt(at)) > at ? 1 : 0);
  const from = (key: string, first: number, behind: number): Period => ({
    key,
    start: startOf(first),
    end: startOf(behind),
  });

  return {
    zone,
    containing(kind, at) {
      if (kind === '5h') {
        const start = Math.floor(at / hour) * hour;
        return {
          key: `${dayText(zone.dayAt(start))} ${zone.clockAt(start)}`,
          start,
          end: start + blockHours * hour,
        };
      }
      const day = dayAt(at);
      if (kind === 'day') return from(dayText(day), day, day + 1);
      const week = weekOf(day);
      if (kind === 'week') return from(dayText(week), week, week + 7);
      const month = monthStart(day);
      return from(dayText(month).slice(0, 7), month, monthStart(day, 1));
    },
    defaultStart(kind, now) {
      const today = dayAt(now);
      if (kind === 'week') return startOf(weekOf(today) - 7 * (shown.week - 1));
      if (kind === 'month') return startOf(monthStart(today, 1 - shown.month));
      return startOf(today - shown[kind] + 1);
    },
  };
}

/** The times that rows are told apart by: each lies in one period of every kind that is asked for. */
export interface Atom extends Span {
  readonly periods: readonly Period[];
}

/** What has no time is kept in the first quarter of an hour of all. */
export const unknownTime: Period = { key: 'unknown time', start: 0, end: bucketMs };

/**
 * Cuts a span into atoms. `next` tells the first moment from one on at which anything was used, so stretches in which
 * nothing was cost nothing; Infinity where there is no more. Blocks follow one another from the first use on, so they
 * are made from there and shown from the span's start.
 */
export function atomsOf(
  calendar: Calendar,
  kinds: readonly PeriodGroup[],
  span: Span,
  next: (at: number) => number,
): Atom[] {
  if (kinds.length === 0) return span.end > span.start ? [{ ...span, periods: [] }] : [];
  const isBlocks = kinds.includes('5h');
  const atoms: Atom[] = [];
  let at = next(isBlocks ? unknownTime.end : span.start);
  while (at < span.end) {
    const periods = kinds.map((kind) => calendar.containing(kind, at));
    const end = Math.min(...periods.map((one) => one.end));
    const start = Math.max(span.start, ...periods.map((one) => one.start));
    if (end > span.start) atoms.push({ start, end: Math.min(end, span.end), periods });
    at = next(end);
  }
  return atoms;
}
