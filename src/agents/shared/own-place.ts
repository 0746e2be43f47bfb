// Whether what an agent kept of a session is still there, and where the agent itself looks for it: copies that clew was
// told to read elsewhere are nothing to it.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type { OwnSession } from '../../model/index.ts';
import { realPath } from './roots.ts';

/** `what`: what the agent's file of a session is called. `folders`: where the agent looks. */
export interface OwnPlace {
  readonly title: string;
  readonly what: string;
  readonly folders: readonly string[];
}

/** The files that the agent will find, or why it finds none. */
export function ownFiles(
  { places }: OwnSession,
  { title, what, folders }: OwnPlace,
): { readonly files: readonly string[] } | { readonly obstacle: string } {
  const there = places.filter((place) => existsSync(place));
  if (there.length === 0) return { obstacle: `its ${what} was deleted` };
  const roots = folders.flatMap((folder) => [folder, realPath(folder)]);
  const files = there.filter((place) => roots.some((root) => place.startsWith(root + path.sep)));
  return files.length > 0 ? { files } : { obstacle: `its ${what} lies outside ${title}'s own folder` };
}

/** Whether the last line is half written, as a process that died leaves it. */
export function isTorn(file: string): boolean {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
  } finally {
    closeSync(fd);
  }
}

export const isSameFolder = (a: string, b: string): boolean =>
  realPath(path.resolve(a)) === realPath(path.resolve(b));
