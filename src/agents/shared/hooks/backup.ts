// The settings file as it was before clew touched it, kept under $CLEW_HOME/backups/hooks/<key>/, where <key> is the
// start of the SHA-256 of the file's path: `original` holds its bytes (absent when there was no file), `backup.json`
// what is said below. With both, removing the hooks gives back the very bytes, unless someone edited the file since.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeAtomic } from './write.ts';

export interface Backup {
  readonly file: string;
  /** The bytes before, or undefined when the file did not exist. */
  readonly original: Buffer | undefined;
  /** SHA-256 of what clew wrote. */
  readonly written: string;
  /** The outermost folder that clew made for the file. */
  readonly madeFolder: string | undefined;
}

export const hashOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

export const backupFolder = (clewHome: string, file: string): string =>
  path.join(clewHome, 'backups', 'hooks', hashOf(file).slice(0, 16));

export function saveBackup(clewHome: string, { original, ...note }: Backup, at: number): void {
  const folder = backupFolder(clewHome, note.file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (original) writeAtomic(path.join(folder, 'original'), original);
  else rmSync(path.join(folder, 'original'), { force: true });
  const state = { ...note, existed: original !== undefined, at: new Date(at).toISOString() };
  writeAtomic(path.join(folder, 'backup.json'), `${JSON.stringify(state, undefined, 2)}\n`);
}

/** The backup of this file; undefined when there is none, or when it is not whole. */
export function loadBackup(clewHome: string, file: string): Backup | undefined {
  const folder = backupFolder(clewHome, file);
  try {
    const note = JSON.parse(readFileSync(path.join(folder, 'backup.json'), 'utf8')) as Backup & {
      existed: boolean;
    };
    const kept = path.join(folder, 'original');
    if (existsSync(kept) !== note.existed || note.file !== file) return undefined;
    const original = note.existed ? readFileSync(kept) : undefined;
    return { file, original, written: note.written, madeFolder: note.madeFolder };
  } catch {
    return undefined;
  }
}

export const dropBackup = (clewHome: string, file: string): void =>
  rmSync(backupFolder(clewHome, file), { recursive: true, force: true });
