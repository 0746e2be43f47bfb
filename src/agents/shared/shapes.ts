// Reading values of unknown shape. Agents' records are JSON of many versions: nothing in them may be trusted to be there.

import { hash } from 'node:crypto';

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = (value: unknown): Json | undefined => (isObject(value) ? value : undefined);

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The objects in a list. */
export const objects = (value: unknown): Json[] => list(value).filter(isObject);

/** A number, also where it was written as a string; undefined for anything else. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** A count of tokens: a whole number that is not negative, 0 for anything else. */
export function count(value: unknown): number {
  const n = number(value);
  return n !== undefined && n > 0 && n <= Number.MAX_SAFE_INTEGER ? Math.trunc(n) : 0;
}

/** Milliseconds since the epoch of an ISO time; undefined where it is none. */
export function time(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

/** The text of a message's content, which is a string or a list of blocks. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .map((block) => (isObject(block) && block['type'] === 'text' ? (text(block['text']) ?? '') : ''))
    .filter(Boolean)
    .join('\n');
}

/** Some fields of an object, as far as they are there and short enough to be remembered. */
export function pick(value: Json, names: readonly string[]): Json {
  const out: Json = {};
  for (const name of names) {
    const field = value[name];
    if (field !== undefined && JSON.stringify(field).length <= 8192) out[name] = field;
  }
  return out;
}

export const hashOf = (words: string): string => hash('sha1', words);
