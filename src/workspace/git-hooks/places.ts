// Where git looks for the hooks of a repository: the folder that it names itself, of each of its worktrees, as any of them
// can have a `core.hooksPath` of its own.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { Context } from '../../model/index.ts';
import { tryGit } from '../git.ts';

export interface HookPlace {
  /** The working tree that git was asked in. */
  readonly root: string;
  readonly folder: string;
  /** The repository's own folder, which its worktrees share. */
  readonly common: string;
}

/** The folders of hooks of the repository that a folder is in. Throws BAD_INPUT where it is in none. */
export function hookPlaces(context: Context, cwd: string): HookPlace[] {
  const ask = (where: string, ...args: string[]): string | undefined => {
    const { status, stdout } = tryGit(['-C', where, ...args], { env: { HOME: context.home } });
    return status === 0 ? stdout.toString().replace(/\n$/, '') : undefined;
  };
  const common = ask(cwd, 'rev-parse', '--git-common-dir');
  if (common === undefined)
    throw new ClewError(
      'BAD_INPUT',
      `${cwd} is in no git repository`,
      'go into one, or make one: `git init`',
    );
  const top = ask(cwd, 'rev-parse', '--show-toplevel');
  const listed = (ask(cwd, 'worktree', 'list', '--porcelain', '-z') ?? '')
    .split('\0')
    .flatMap((line) => (line.startsWith('worktree ') ? [line.slice('worktree '.length)] : []));
  const places = new Map<string, HookPlace>();
  for (const root of [top ?? [], listed].flat()) {
    if (!existsSync(path.join(root, '.git'))) continue;
    const told = ask(root, 'rev-parse', '--git-path', 'hooks');
    if (told === undefined) continue;
    const folder = path.resolve(root, told);
    const key = existsSync(folder) ? realpathSync(folder) : folder;
    if (!places.has(key)) places.set(key, { root, folder, common: path.resolve(cwd, common) });
  }
  return [...places.values()];
}
