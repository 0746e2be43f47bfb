// Which repositories have clew's hooks: a list in clew's home, so that `clew uninstall` can name them. It may be lost:
// hooks are found and taken out by what stands in them.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HookPlace } from './places.ts';

const listOf = (clewHome: string): string => path.join(clewHome, 'git-hooks.json');

export interface HookedPlace extends HookPlace {
  /** When the hooks were first put in, milliseconds. */
  readonly since: number;
}

/** The places that are known to have hooks. */
export function knownHooks(clewHome: string): HookedPlace[] {
  const file = listOf(clewHome);
  if (!existsSync(file)) return [];
  try {
    const told = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return Array.isArray(told) ? told.filter(isPlace) : [];
  } catch {
    return [];
  }
}

function isPlace(one: unknown): one is HookedPlace {
  if (typeof one !== 'object' || one === null) return false;
  const { root, folder, common, since } = one as Record<string, unknown>;
  return [root, folder, common].every((name) => typeof name === 'string') && typeof since === 'number';
}

/** Notes places that have hooks now. */
export function noteHooks(clewHome: string, places: readonly HookPlace[], now: number): void {
  const known = knownHooks(clewHome);
  const added = places.map((place) => ({
    ...place,
    since: known.find((one) => one.folder === place.folder)?.since ?? now,
  }));
  write(clewHome, [...without(known, places), ...added]);
}

/** Forgets places that have none any more. */
export function forgetHooks(clewHome: string, places: readonly HookPlace[]): void {
  const known = knownHooks(clewHome);
  if (known.length > 0) write(clewHome, without(known, places));
}

const without = (known: readonly HookedPlace[], places: readonly HookPlace[]): HookedPlace[] =>
  known.filter((one) => !places.some((place) => place.folder === one.folder));

function write(clewHome: string, places: readonly HookedPlace[]): void {
  const file = listOf(clewHome);
  mkdirSync(clewHome, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(places, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
}
