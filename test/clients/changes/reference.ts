// The same changes done again in a folder of their own, in turn, without client and clew: what each call changes, and
// what the files would be without one of them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { World } from '../client/world.ts';
import { afterKill, changesOf, setUp, userChange, type Change, type Part } from './steps.ts';

/** Contents and modes by path. */
export type Files = Readonly<Record<string, string>>;

/** The project's files but those that git ignores. */
export function filesOf(root: string): Files {
  return Object.fromEntries(
    Object.entries(everything(root, '.git')).filter(([name]) => !/^dist\/|\.log$/.test(name)),
  );
}

/** The ignored ones alone. */
export function ignoredOf(root: string): Files {
  return Object.fromEntries(
    Object.entries(everything(root, '.git')).filter(([name]) => /^dist\/|\.log$/.test(name)),
  );
}

/** The user's whole git folder, byte for byte. */
export function hashOfGit(root: string): string {
  return createHash('sha256')
    .update(JSON.stringify(everything(path.join(root, '.git'))))
    .digest('hex');
}

function everything(root: string, without?: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (folder: string): void => {
    for (const name of readdirSync(path.join(root, folder)).toSorted()) {
      const at = path.join(folder, name);
      if (at === without) continue;
      const stat = lstatSync(path.join(root, at));
      if (stat.isDirectory()) walk(at);
      else if (stat.isSymbolicLink()) found[at] = `-> ${readlinkSync(path.join(root, at))}`;
      else found[at] = `${stat.mode & 0o100 ? 'x' : '-'} ${readFileSync(path.join(root, at), 'latin1')}`;
    }
  };
  walk('');
  return found;
}

/** What differs, as `kind path`. */
export function differences(before: Files, after: Files): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) => {
    const [a, b] = [before[name], after[name]];
    if (a === b) return [];
    return [`${a === undefined ? 'create' : b === undefined ? 'delete' : 'update'} ${name}`];
  });
}

/** The user's changes, too, are a step: `user` between the first turn and the second, `after` behind the kill. */
const order: readonly (Part | 'user' | 'after')[] = [
  'work',
  'user',
  'alone',
  'left',
  'right',
  'agents',
  'killed',
  'after',
  'later',
];

export interface Reference {
  readonly files: Files;
  /** What each call changed, by its name. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
}

/** A run without some of the calls. */
export function replay(world: World, without: (name: string) => boolean = () => false): Reference {
  const folder = path.join(world.folder, 'reference');
  rmSync(folder, { recursive: true, force: true });
  const root = path.join(folder, 'work');
  const [bin, tmp] = [path.join(folder, 'bin'), path.join(folder, 'tmp')];
  for (const one of [root, bin, tmp]) mkdirSync(one, { recursive: true });
  // Nobody has to be waited for.
  writeFileSync(path.join(bin, 'sleep'), '#!/bin/sh\n');
  chmodSync(path.join(bin, 'sleep'), 0o755);
  for (const one of ['left', 'right', 'left-done', 'right-done']) writeFileSync(path.join(tmp, one), '');
  const env = { ...world.env, PATH: `${bin}${path.delimiter}${world.env['PATH']}` };
  const sh = (text: string) => void spawnSync('bash', ['-c', text], { cwd: root, env, stdio: 'ignore' });

  sh('git init -q -b main; git config user.name Tester; git config user.email tester@example.invalid');
  sh(setUp);
  const changed = new Map<string, readonly string[]>();
  let before = filesOf(root);
  const step = (name: string, work: () => void) => {
    if (without(name)) return;
    work();
    const after = filesOf(root);
    changed.set(name, differences(before, after));
    before = after;
  };
  for (const part of order) {
    if (part === 'user') step('user', () => sh(userChange));
    else if (part === 'after') step('after', () => sh(afterKill));
    else for (const change of changesOf(part)) step(change.name, () => doAgain(change, root, sh));
  }
  return { files: before, changed };
}

function doAgain({ call: { tool, input } }: Change, root: string, sh: (text: string) => void): void {
  if (tool === 'Bash') return sh(String(input['command']));
  const file = path.join(root, String(input['file_path']).replace('{work}/', ''));
  if (tool === 'Write') writeFileSync(file, String(input['content']));
  if (tool === 'Edit') {
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(String(input['old_string']), String(input['new_string'])));
  }
}
