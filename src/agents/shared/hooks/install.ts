// Writes what was planned for an agent's settings, and takes it back. Removing gives back the bytes of before when nobody
// touched the file since, and otherwise takes out clew's entries only. What these are, the caller knows: hooks, or a server.
import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { SettingsChange } from '../../../model/agent.ts';
import type { Context } from '../../../model/context.ts';
import { ClewError } from '../../../model/errors.ts';
import { dropBackup, hashOf, loadBackup, passOnFolder, saveBackup } from './backup.ts';
import { behindLinks, readSettings } from './files.ts';
import { commandHooks, removeHooks } from './settings.ts';
import { writeAtomic } from './write.ts';

type IsOurs = (command: string) => boolean;
/** Takes clew's entries out of a text; without any it gives the same text. */
type Without = (text: string) => string;

export const withoutHooks =
  (isOurs: IsOurs, file: string): Without =>
  (text) =>
    removeHooks(text, isOurs, file);

/** Throws BUSY if the file has changed since it was planned. */
export function writeHooks(
  change: SettingsChange & { readonly after: string },
  spool: string,
  context: Context,
  isOurs: IsOurs,
): void {
  mkdirSync(spool, { recursive: true, mode: 0o700 });
  writeSettings(change, context, withoutHooks(isOurs, change.file));
}

/** Keeps the bytes of before for `planRemoval`. Throws BUSY if the file has changed since it was planned. */
export function writeSettings(
  { file, before, after }: SettingsChange & { readonly after: string },
  context: Context,
  without: Without,
): void {
  if (before === after) return;
  const target = unchanged(file, before);
  const earlier = loadBackup(context.clewHome, file);
  const untouched = earlier !== undefined && before !== undefined && hashOf(before) === earlier.written;
  const rest = before === undefined ? undefined : without(before);
  const own = rest !== before;
  const original = untouched ? earlier.original : toBytes(rest);
  const madeFolder =
    mkdirSync(path.dirname(target), { recursive: true }) ?? (own ? earlier?.madeFolder : undefined);
  // The backup first: should the second write fail, its hash fits nothing, and nothing is given back wrongly.
  saveBackup(context.clewHome, { file, original, written: hashOf(after), madeFolder }, context.now());
  writeAtomic(target, after);
}

export function planRemoval(file: string, context: Context, without: Without): SettingsChange {
  const before = readSettings(file);
  if (before === undefined) return { file, before, after: before };
  const backup = loadBackup(context.clewHome, file);
  if (backup && hashOf(before) === backup.written) {
    // The user may have edited the file between one entry of clew's and the next: then the earlier one is in the original.
    const original = backup.original?.toString('utf8');
    return { file, before, after: original === undefined ? undefined : without(original) };
  }
  const after = without(before);
  const clewMadeIt = backup !== undefined && backup.original === undefined && after !== before;
  return { file, before, after: clewMadeIt && after.trim() === '{}' ? undefined : after };
}

export function applyRemoval({ file, before, after }: SettingsChange, context: Context): void {
  const target = behindLinks(file);
  const madeFolder = loadBackup(context.clewHome, file)?.madeFolder;
  if (after !== before) {
    unchanged(file, before);
    if (after === undefined) rmSync(target);
    else writeAtomic(target, after);
  }
  dropBackup(context.clewHome, file);
  if (after !== undefined || madeFolder === undefined) return;
  // Another file of clew's may still be in it: whichever goes last takes it along.
  if (!removeEmptyFolders(path.dirname(target), madeFolder))
    passOnFolder(context.clewHome, madeFolder, context.now());
}

/** The events that have a hook of clew's. */
export const ownEvents = (text: string | undefined, file: string, isOurs: IsOurs): string[] =>
  commandHooks(text ?? '', file)
    .filter((hook) => isOurs(hook.command))
    .map((hook) => hook.event);

const toBytes = (text: string | undefined): Buffer | undefined =>
  text === undefined ? undefined : Buffer.from(text);

/** The real file to write, after a look that it still is what the plan was made from: agents write it too. */
function unchanged(file: string, before: string | undefined): string {
  if (readSettings(file) !== before)
    throw new ClewError('BUSY', `${file} was changed just now by something else`, 'Run the command again.');
  return behindLinks(file);
}

/** Up to `top`. False where something is in one of them. */
function removeEmptyFolders(folder: string, top: string): boolean {
  if (path.relative(top, folder).startsWith('..')) return true;
  try {
    rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
  }
  return removeEmptyFolders(path.dirname(folder), top);
}
