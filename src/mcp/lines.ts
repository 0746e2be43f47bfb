// Rows of the library as lines for a model: short, with the ids by which more can be asked for.
import type { FileTouch, SearchHit, SessionRow, TimelineEntry } from '../index.ts';

/** Enough to tell ids apart, also those that begin with a time. */
export const shortId = (id: string): string => (id.length > 40 ? id : id.slice(0, 18));

export const time = (at: string | null): string =>
  at === null ? '–' : `${at.slice(0, 16).replace('T', ' ')}Z`;

export const oneLine = (text: string, most = 240): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
};

export const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** `3 h 16 min`, `2 min`, `12 s`. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const dollars = (micros: number): string => `$${(micros / 1e6).toFixed(micros < 1e6 ? 4 : 2)}`;

export const sessionLine = (row: SessionRow): string =>
  [
    shortId(row.id),
    row.status,
    time(row.endedAt),
    row.agent,
    row.project ?? row.workspace ?? '–',
    ...(row.branch === null ? [] : [`on ${row.branch}`]),
    `${many(row.turns, 'turn')}, ${many(row.operations, 'operation')}, ${many(row.errors, 'error')}, ${dollars(row.cost.computed)}`,
    oneLine(row.title ?? 'untitled', 120),
  ].join(' · ');

export const hitLine = (hit: SearchHit): string =>
  [
    shortId(hit.session),
    time(hit.at),
    hit.kind,
    ...(hit.operation === null ? [] : [`operation ${hit.operation}`]),
    oneLine(hit.snippet, 320),
  ].join(' · ');

export const touchLine = (touch: FileTouch): string =>
  [
    time(touch.at),
    `${touch.kind} ${touch.path} +${touch.added} −${touch.removed}`,
    `${touch.tool} (${touch.status})`,
    `session ${shortId(touch.session)}: ${oneLine(touch.title ?? 'untitled', 80)}`,
    `operation ${touch.operation}`,
  ].join(' · ');

export function entryLine({ at, kind, text, operation, depth }: TimelineEntry): string {
  const what = operation
    ? `${operation.name} ${oneLine(operation.target, 160)} (${operation.status}${operation.error ? `: ${oneLine(operation.error, 120)}` : ''})`
    : oneLine(text, 400);
  return `${'  '.repeat(depth)}${time(at)} · ${kind} · ${what}`;
}
