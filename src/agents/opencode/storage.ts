// The JSON storage of versions up to 1.1: a file for each session, message and part, below `storage/`. Newer ones leave it
// where it was when they move to the database, so a session may be in both.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Stamp } from '../../model/index.ts';
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { briefOf, messageLine, partLine, sessionLine } from './record-lines.ts';

/** `<storage>/session/<project>/ses_….json`. */
const sessionFile = /[\\/]storage[\\/]session[\\/][^\\/]+[\\/](ses_\w+)\.json$/;

/** The session that a file of the storage is about. */
export const sessionOf = (file: string): string | undefined => sessionFile.exec(file)?.[1];

/**
 * How a session looks: a message or part that is added changes its folder, the latest ones are looked at themselves.
 * Nothing else of a session changes.
 */
export function stampOf(file: string): Stamp {
  const { ino, mtimeMs, size } = statSync(file);
  const messages = path.join(storageOf(file), 'message', sessionOf(file) ?? '');
  const names = namesIn(messages);
  const last = names.at(-1);
  const parts = last === undefined ? '' : partsOf(file, last.replace(/\.json$/, ''));
  const lastPart = last === undefined ? undefined : namesIn(parts).at(-1);
  const times = [
    messages,
    ...(last === undefined ? [] : [path.join(messages, last), parts]),
    ...(lastPart === undefined ? [] : [path.join(parts, lastPart)]),
  ].map((place) => statSync(place, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return { size: size + names.length * 8192, mtime: Math.max(mtimeMs, ...times), ino };
}

/** The session that a session is part of at last: itself, or the one that its line of parents begins with. */
export function rootOf(file: string): string {
  let id = sessionOf(file) ?? '';
  for (let depth = 0; depth < 16; depth++) {
    const parent = text(read(path.join(path.dirname(file), `${id}.json`))?.['parentID']);
    if (parent === undefined) break;
    id = parent;
  }
  return id;
}

export function* readFiles(file: string): Generator<string, number> {
  const session = sessionOf(file) ?? '';
  const info = read(file);
  if (!info) throw new Error('is no JSON object');
  yield sessionLine(info);
  const folder = path.join(storageOf(file), 'message', session);
  for (const name of namesIn(folder)) {
    const message = read(path.join(folder, name));
    const id = name.replace(/\.json$/, '');
    if (!message) continue;
    yield messageLine(id, message);
    const brief = briefOf(id, message);
    const parts = partsOf(file, id);
    for (const part of namesIn(parts)) {
      const told = read(path.join(parts, part));
      if (told) yield partLine(part.replace(/\.json$/, ''), brief, JSON.stringify(told));
    }
  }
  return 0;
}

const storageOf = (file: string): string => path.resolve(path.dirname(file), '..', '..');

const partsOf = (file: string, message: string): string => path.join(storageOf(file), 'part', message);

/** Sorted, as names begin with the time. A folder that is not there holds nothing. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined for a file that is being written. */
function read(file: string): Json | undefined {
  try {
    return object(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
