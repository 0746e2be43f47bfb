// Puts clew's hooks into Claude Code's settings and takes them out. In two steps, so that a dry run can show what would
// change: a plan holds the text before and after, applying it writes. Removing gives back the bytes of before when
// nobody touched the file since, and otherwise takes out clew's entries only.
import { mkdirSync, rmdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../../../model/context.ts';
import { ClewError } from '../../../model/errors.ts';
import { dropBackup, hashOf, loadBackup, saveBackup } from './backup.ts';
import { hookCommand, isClewCommand } from './command.ts';
import { eventsFor } from './events.ts';
import { addHandoffHooks, isHandoffCommand } from './handoff.ts';
import { addHooks, commandHooks, removeHooks } from './settings.ts';
import { behindLinks, readSettings, settingsFile, settingsFiles } from './target.ts';
import { hookWarnings, type HookWarning } from './warnings.ts';
import { writeAtomic } from './write.ts';

export interface InstallOptions {
  readonly context: Context;
  /** The hook script and the spool, as absolute paths. */
  readonly script: string;
  readonly spool: string;
  /** Of the installed Claude Code, see `installedVersion`. */
  readonly version: string | undefined;
  /** Hook only this project, in its settings.local.json, and not all of the user's work. */
  readonly project?: string;
  /** Words that start clew, where sessions that start are to be given a handoff. */
  readonly handoff?: readonly string[];
}

export interface SettingsChange {
  readonly file: string;
  /** The texts; undefined where there is no file. The same twice when there is nothing to do. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface InstallPlan extends SettingsChange {
  readonly after: string;
  readonly spool: string;
  /** The events to be hooked, and those that were. */
  readonly events: readonly string[];
  readonly present: readonly string[];
  /** Why the hooks would not run all the same. */
  readonly warnings: readonly HookWarning[];
}

export function planInstall({
  context,
  script,
  spool,
  version,
  project,
  handoff,
}: InstallOptions): InstallPlan {
  const file = settingsFile(context, project);
  const before = readSettings(file);
  const events = eventsFor(version);
  const recording = addHooks(before, events, (event) => hookCommand(script, spool, event), file);
  const after = handoff ? addHandoffHooks(recording, handoff, context.clewHome, file) : recording;
  const warnings = hookWarnings(settingsFiles(context, project), version, new Map([[file, after]]));
  return { file, before, after, spool, events, present: clewEvents(before, file), warnings };
}

export function applyInstall({ file, before, after, spool }: InstallPlan, context: Context): void {
  mkdirSync(spool, { recursive: true, mode: 0o700 });
  if (before === after) return;
  const target = unchanged(file, before);
  const earlier = loadBackup(context.clewHome, file);
  const untouched = earlier !== undefined && before !== undefined && hashOf(before) === earlier.written;
  const own = clewEvents(before, file).length > 0;
  const original = untouched ? earlier.original : toBytes(own ? removeHooks(before!, isOurs, file) : before);
  const madeFolder =
    mkdirSync(path.dirname(target), { recursive: true }) ?? (own ? earlier?.madeFolder : undefined);
  // The backup first: should the second write fail, its hash fits nothing, and nothing is given back wrongly.
  saveBackup(context.clewHome, { file, original, written: hashOf(after), madeFolder }, context.now());
  writeAtomic(target, after);
}

export function planUninstall(context: Context, project?: string): SettingsChange {
  const file = settingsFile(context, project);
  const before = readSettings(file);
  if (before === undefined) return { file, before, after: before };
  const backup = loadBackup(context.clewHome, file);
  if (backup && hashOf(before) === backup.written)
    return { file, before, after: backup.original?.toString('utf8') };
  const after = removeHooks(before, isOurs, file);
  const clewMadeIt = backup !== undefined && backup.original === undefined && after !== before;
  return { file, before, after: clewMadeIt && after.trim() === '{}' ? undefined : after };
}

export function applyUninstall({ file, before, after }: SettingsChange, context: Context): void {
  if (after !== before) {
    const target = unchanged(file, before);
    if (after === undefined) {
      rmSync(target);
      removeEmptyFolders(path.dirname(target), loadBackup(context.clewHome, file)?.madeFolder);
    } else writeAtomic(target, after);
  }
  dropBackup(context.clewHome, file);
}

const isOurs = (command: string): boolean => isClewCommand(command) || isHandoffCommand(command);

/** The events that have a recording hook of clew's. */
const clewEvents = (text: string | undefined, file: string): string[] =>
  commandHooks(text ?? '', file)
    .filter((hook) => isClewCommand(hook.command))
    .map((hook) => hook.event);

const toBytes = (text: string | undefined): Buffer | undefined =>
  text === undefined ? undefined : Buffer.from(text);

/** The real file to write, after a look that it still is what the plan was made from: agents write it too. */
function unchanged(file: string, before: string | undefined): string {
  if (readSettings(file) !== before)
    throw new ClewError('BUSY', `${file} was changed just now by something else`, 'Run the command again.');
  return behindLinks(file);
}

function removeEmptyFolders(folder: string, top: string | undefined): void {
  if (top === undefined || path.relative(top, folder).startsWith('..')) return;
  try {
    rmdirSync(folder);
  } catch {
    return; // Something else is in it by now.
  }
  removeEmptyFolders(path.dirname(folder), top);
}
