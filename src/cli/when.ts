// Times as people type them: `2025-11-12`, `2025-11-12T14:03`, `today`, `yesterday`, `90m`, `12h`, `7d`, `2w`. Days and
// times without a zone are local. A day stands for its start in --since and for its end in --until.
import { UsageError } from './usage-error.ts';

const minute = 60_000;
const units: Readonly<Record<string, number>> = {
  m: minute,
  h: 60 * minute,
  d: 24 * 60 * minute,
  w: 7 * 24 * 60 * minute,
};

export type Edge = 'start' | 'end';

/** Milliseconds since the epoch. Throws a UsageError that names the flag. */
export function parseWhen(text: string, edge: Edge, now: number, flag: string): number {
  const typed = text.trim().toLowerCase();
  const ago = /^(\d+)([mhdw])$/.exec(typed);
  if (ago) return now - Number(ago[1]) * units[ago[2]!]!;
  if (typed === 'now') return now;
  if (typed === 'today') return dayEdge(new Date(now), 0, edge);
  if (typed === 'yesterday') return dayEdge(new Date(now), -1, edge);
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(typed);
  if (day) {
    const date = new Date(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
    // 2025-02-31 would become a day in March.
    if (date.getMonth() === Number(day[2]) - 1 && date.getDate() === Number(day[3]))
      return dayEdge(date, 0, edge);
  } else if (/^\d{4}-\d\d-\d\d[t ]\d\d:\d\d/.test(typed)) {
    const at = Date.parse(text.trim().replace(' ', 'T'));
    if (!Number.isNaN(at)) return at;
  }
  throw new UsageError(
    `${flag} "${text}" is no time`,
    'use a date (2025-11-12), a date and time (2025-11-12T14:03), today, yesterday, or a span such as 7d, 12h or 30m',
  );
}

function dayEdge(date: Date, days: number, edge: Edge): number {
  const next = edge === 'end' ? 1 : 0;
  const start = new Date(date.getFullYear(), date.getMonth(), date.getDate() + days + next).getTime();
  return start - next;
}
