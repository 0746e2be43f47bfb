// `notify` in config.toml: a program that Codex calls at the end of a turn, with what to say as its last argument. It needs
// no trust, and versions without hooks have it. There can be one only: the user's own is left alone.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { HookPlan, SettingsChange } from '../../../model/agent.ts';
import { ClewError } from '../../../model/index.ts';
import { isClewCommand, hookCommand } from '../../shared/hooks/command.ts';
import { behindLinks, readSettings } from '../../shared/hooks/files.ts';
import { writeAtomic } from '../../shared/hooks/write.ts';

const isOurs = isClewCommand('codex');

export function planNotify(file: string, script: string, spool: string): HookPlan {
  const before = readSettings(file);
  const events = ['Stop'];
  const own = ownLine(before ?? '');
  const rest = withoutLine(before ?? '', own);
  if (hasNotify(rest)) {
    const message = 'has a `notify` of its own, which clew leaves alone: Codex calls one program only';
    return {
      file,
      before,
      after: before,
      events: [],
      present: [],
      warnings: [{ code: 'taken', file, message }],
    };
  }
  // The hook script reads its input; Codex gives an argument. As a first line it belongs to no table.
  const run = `printf %s "$1" | ${hookCommand(script, spool, 'codex', 'Stop')}`;
  const after = `notify = ${JSON.stringify(['sh', '-c', run, 'clew'])}\n${rest}`;
  return { file, before, after, events, present: own === undefined ? [] : events, warnings: [] };
}

export function planNotifyRemoval(file: string): SettingsChange {
  const before = readSettings(file);
  const own = ownLine(before ?? '');
  if (before === undefined || own === undefined) return { file, before, after: before };
  const after = withoutLine(before, own);
  return { file, before, after: after === '' ? undefined : after };
}

/** Throws BUSY if the file has changed since it was planned. */
export function writeNotify({ file, before, after }: SettingsChange): void {
  if (before === after) return;
  if (readSettings(file) !== before)
    throw new ClewError('BUSY', `${file} was changed just now by something else`, 'Run the command again.');
  const target = behindLinks(file);
  if (after === undefined) {
    if (existsSync(target)) rmSync(target);
    return;
  }
  mkdirSync(path.dirname(target), { recursive: true });
  writeAtomic(target, after);
}

const ownLine = (text: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith('notify = ') && isOurs(line));

const withoutLine = (text: string, line: string | undefined): string =>
  line === undefined ? text : text.replace(`${line}\n`, () => '');

/** Whether the top table has a `notify`. */
function hasNotify(text: string): boolean {
  const table = /^\s*\[/m.exec(text)?.index ?? text.length;
  return /^\s*["']?notify["']?\s*=/m.test(text.slice(0, table));
}
