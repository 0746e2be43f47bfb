// Numbers, times and names as a reader wants them. Times are UTC and say so: a document travels, its reader's clock is
// not its writer's.
import type { Tokens } from '../../model/index.ts';
import type { ChangeRow } from '../types.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

export const count = (n: number): string => n.toLocaleString('en-US');

/** `1 turn`, `2 turns`. */
export const counted = (n: number, one: string, several = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : several}`;

export function day(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? ''
    : `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `09:14`, or `09:14:32`. */
export function clock(iso: string | null, seconds = false): string {
  const date = new Date(iso ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(11, seconds ? 19 : 16);
}

export const moment = (iso: string | null): string =>
  iso && day(iso) ? `${day(iso)}, ${clock(iso)} UTC` : 'unknown';

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(Math.round(ms / 1000) / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(ms / 1000) % 60} s`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

export function span(from: string | null, to: string | null): string | undefined {
  const ms = Date.parse(to ?? '') - Date.parse(from ?? '');
  return ms >= 0 ? duration(ms) : undefined;
}

/** `48.2k`, `1.3M`: for places where the exact number stands elsewhere. */
export function short(n: number): string {
  if (n < 1000) return String(n);
  return n < 999_500
    ? `${(n / 1000).toFixed(n < 9950 ? 1 : 0)}k`
    : `${(n / 1e6).toFixed(n < 9.95e6 ? 2 : 1)}M`;
}

export const cacheWrite = (t: Tokens): number => t.cacheWrite5m + t.cacheWrite1h;

/** A path within the workspace without the workspace's own. */
export function within(workspace: string | null, path: string): string {
  if (!workspace) return path;
  const base = /[\\/]$/.test(workspace) ? workspace : `${workspace}${workspace.includes('\\') ? '\\' : '/'}`;
  return path.startsWith(base) && path.length > base.length ? path.slice(base.length) : path;
}

export const lines = (
  changes: readonly Pick<ChangeRow, 'added' | 'removed'>[],
): { added: number; removed: number } => ({
  added: changes.reduce((n, change) => n + change.added, 0),
  removed: changes.reduce((n, change) => n + change.removed, 0),
});

/** The first line with anything on it, cut to a length. */
export function firstLine(text: string, limit: number): string {
  const line = /\S[^\n]*/.exec(text)?.[0].trim() ?? '';
  return line.length > limit
    ? `${line
        .slice(0, limit - 1)
        .toWellFormed()
        .trimEnd()}…`
    : line;
}
