// The settings file as it was before clew touched it, kept under $CLEW_HOME/backups/hooks/<key>/, where <key> is the
// start of the SHA-256 of the file's path: `original` holds its bytes (absent when there was no file), `backup.json`
// what is said below. With both, removing the hooks gives back the very bytes, unless someone edited the file since.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
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

const allBackups = (clewHome: string): string => path.join(clewHome, 'backups', 'hooks');

export const backupFolder = (clewHome: string, file: string): string =>
  path.join(allBackups(clewHome), hashOf(file).slice(0, 16));

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
  const backup = readBackup(backupFolder(clewHome, file));
  return backup?.file === file ? backup : undefined;
}

function readBackup(folder: string): Backup | undefined {
  try {
    const { existed, ...note } = JSON.parse(readFileSync(path.join(folder, 'backup.json'), 'utf8')) as Omit<
      Backup,
      'original'
    > & { readonly existed: boolean };
    const kept = path.join(folder, 'original');
    if (existsSync(kept) !== existed) return undefined;
    const { file, written, madeFolder } = note;
    return { file, original: existed ? readFileSync(kept) : undefined, written, madeFolder };
  } catch {
    return undefined;
  }
}

/** Notes a folder that clew made with a file of clew's that is still in it, if there is one. */
export function passOnFolder(clewHome: string, folder: string, at: number): void {
  const heir = readdirSync(allBackups(clewHome))
    .map((name) => readBackup(path.join(allBackups(clewHome), name)))
    .find((one) => one?.file.startsWith(folder + path.sep));
  if (!heir) return;
  const [madeFolder] = [folder, heir.madeFolder ?? folder].toSorted((a, b) => a.length - b.length);
  saveBackup(clewHome, { ...heir, madeFolder }, at);
}

export const dropBackup = (clewHome: string, file: string): void =>
  rmSync(backupFolder(clewHome, file), { recursive: true, force: true });
