// Days in a time zone. The local zone is that of the process; any other is asked of ICU, which takes a while to load.
import { readlinkSync } from 'node:fs';
import { ClewError } from '../../model/index.ts';

/** A day of the calendar as the number of days since 1970-01-01, whatever the zone. */
export type Day = number;

const dayMs = 24 * 3_600_000;

export interface Zone {
  readonly name: string;
  /** The day that the calendar shows at a moment. */
  dayAt(at: number): Day;
  /** When a day begins: the moment from which on the calendar shows it, or a later one. */
  startOf(day: Day): number;
  /** `14:00` */
  clockAt(at: number): string;
}

/** Throws BAD_INPUT for a zone that is not known. */
export function zoneNamed(name: string | undefined): Zone {
  const offsetAt = name === undefined ? localOffset : offsetsOf(name);
  const dayAt = (at: number): Day => Math.floor((at + offsetAt(at)) / dayMs);
  return {
    get name() {
      return name ?? localName();
    },
    dayAt,
    startOf(day) {
      const midnight = day * dayMs;
      const candidates = [-dayMs, dayMs].map((by) => midnight - offsetAt(midnight + by));
      // The clock may have been moved at midnight, or a whole day left out. Where it passes midnight twice, the second counts.
      const fitting = candidates.filter((at) => dayAt(at) >= day && dayAt(at - 1) < day);
      return Math.max(...(fitting.length > 0 ? fitting : candidates));
    },
    clockAt: (at) => new Date(at + offsetAt(at)).toISOString().slice(11, 16),
  };
}

/** ICU knows it, but takes longer to load than a report takes to be made. */
function localName(): string {
  const given = process.env['TZ'] ?? linkOf('/etc/localtime').split('/zoneinfo/')[1] ?? '';
  if (given === 'Etc/UTC') return 'UTC';
  return /^[A-Za-z]+(?:\/[\w+-]+)*$/.test(given)
    ? given
    : new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}

const localOffset = (at: number): number => -new Date(at).getTimezoneOffset() * 60_000;

/** How far a zone's clock is ahead of UTC at a moment, milliseconds. */
function offsetsOf(timeZone: string): (at: number) => number {
  const format = formatOf(timeZone);
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
      second: two,
    });
  } catch {
    throw new ClewError(
      'BAD_INPUT',
      `"${timeZone}" is no time zone`,
      'give the name of one, such as Europe/Berlin or UTC',
    );
  }
}

/** `2026-11-20` */
export const dayText = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The first day of the month, `months` further on. */
export function monthStart(day: Day, months = 0): Day {
  const date = new Date(day * dayMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / dayMs;
}

/** 0 for Sunday. */
export const weekday = (day: Day): number => (((day + 4) % 7) + 7) % 7;
