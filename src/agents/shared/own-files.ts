// Files of clew's own in an agent's folders. What it wrote is remembered by its hash: a file that the user has changed since,
// or that was there before, is left alone, and that is said.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { CommandFile, HookPlan, SettingsChange } from '../../model/agent.ts';
import type { Context } from '../../model/context.ts';
import { hashOf, loadBackup, saveBackup } from './hooks/backup.ts';
import { readSettings } from './hooks/files.ts';
import { applyRemoval } from './hooks/install.ts';
import { writeAtomic } from './hooks/write.ts';

type FilePlan = SettingsChange & { readonly warnings: HookPlan['warnings'] };

export function planOwnFile({ file, text }: CommandFile, context: Context): FilePlan {
  const before = readSettings(file);
  if (before === undefined || before === text || isOurs(file, before, context))
    return { file, before, after: text, warnings: [] };
  const message = 'is not as clew wrote it, and is left as it is';
  return { file, before, after: before, warnings: [{ code: 'changed', file, message }] };
}

export function writeOwnFile({ file, before, after }: SettingsChange, { clewHome, now }: Context): void {
  if (after === undefined || before === after) return;
  const madeFolder =
    mkdirSync(path.dirname(file), { recursive: true }) ?? loadBackup(clewHome, file)?.madeFolder;
  saveBackup(clewHome, { file, original: undefined, written: hashOf(after), madeFolder }, now());
  writeAtomic(file, after);
}

export function planOwnRemoval({ file, text }: CommandFile, context: Context): FilePlan {
  const before = readSettings(file);
  const after = before === text || (before && isOurs(file, before, context)) ? undefined : before;
  if (after === undefined || loadBackup(context.clewHome, file) === undefined)
    return { file, before, after, warnings: [] };
  const message = 'was changed since clew wrote it, and is left as it is';
  return { file, before, after, warnings: [{ code: 'changed', file, message }] };
}

export const removeOwnFile = applyRemoval;

const isOurs = (file: string, text: string, { clewHome }: Context): boolean =>
  loadBackup(clewHome, file)?.written === hashOf(text);
