// The folders that a project's tracker is looked for in: from where one is, up to the root of the git repository.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Up to the folder that has `.git`, or to the root of the file system where none has. */
export function foldersAbove(folder: string): string[] {
  const all: string[] = [];
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    all.push(at);
    if (at === path.dirname(at) || existsSync(path.join(at, '.git'))) return all;
  }
}

/** Of a linked worktree, the folder of the repository that it belongs to; undefined for any other folder. */
export function mainWorktree(root: string): string | undefined {
  const link = path.join(root, '.git');
  if (!statSync(link, { throwIfNoEntry: false })?.isFile()) return undefined;
  const gitdir = /^gitdir: (.+)$/m.exec(readFileSync(link, 'utf8'))?.[1];
  if (gitdir === undefined) return undefined;
  const own = path.resolve(root, gitdir.trim());
  const common = path.join(own, 'commondir');
  if (!existsSync(common)) return undefined;
  return path.dirname(path.resolve(own, readFileSync(common, 'utf8').trim()));
}
