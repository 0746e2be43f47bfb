// Which repositories have clew's hooks: a list in clew's home, so that `clew uninstall` can name them. It may be lost:
// hooks are found and taken out by what stands in them.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HookPlace } from './places.ts';

const listOf = (clewHome: string): string => path.join(clewHome, 'git-hooks.json');

/** The places that are known to have hooks. */
export function knownHooks(clewHome: string): HookPlace[] {
  const file = listOf(clewHome);
  if (!existsSync(file)) return [];
  try {
    const told = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return Array.isArray(told) ? told.filter(isPlace) : [];
  } catch {
    return [];
  }
}

const isPlace = (one: unknown): one is HookPlace =>
  typeof one === 'object' &&
  one !== null &&
  ['root', 'folder', 'common'].every((name) => typeof (one as Record<string, unknown>)[name] === 'string');

/** Notes places with hooks, and forgets those that have none any more. */
export function noteHooks(
  clewHome: string,
  added: readonly HookPlace[],
  gone: readonly HookPlace[] = [],
): void {
  const changed = new Set([...added, ...gone].map((place) => place.folder));
  const all = [...knownHooks(clewHome).filter((one) => !changed.has(one.folder)), ...added];
  mkdirSync(clewHome, { recursive: true, mode: 0o700 });
  const draft = `${listOf(clewHome)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, listOf(clewHome));
}
