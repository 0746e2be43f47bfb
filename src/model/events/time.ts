// The times of events: ISO 8601 with a time of day, kept as given. Where no zone stands, UTC is meant: a time must not depend
// on where it is read.
import type { Field } from './field.ts';

const shape = /^\d{4}-\d\d-\d\d[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/** Milliseconds since the epoch; undefined for what is no time. */
export function timeOfEvent(given: unknown): number | undefined {
  const told = typeof given === 'string' ? shape.exec(given.trim()) : null;
  if (!told) return undefined;
  const [whole, zone = ''] = told;
  const time = whole
    .slice(0, whole.length - zone.length)
    .trim()
    .replace(' ', 'T')
    .replace(',', '.');
  const full = /T\d\d$/.test(time) ? `${time}:00` : time;
  const ms = Date.parse(full + (/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.toUpperCase() || 'Z'));
  return Number.isNaN(ms) ? undefined : ms;
}

export const timestamp: Field<string, false> = {
  wanted: 'a time in ISO 8601 with a time of day, such as 2026-01-12T09:00:00Z',
  needed: false,
  read: (value) => (timeOfEvent(value) === undefined ? undefined : (value as string).trim()),
};
