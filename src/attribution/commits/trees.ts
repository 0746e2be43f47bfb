// Which working tree and which repository a folder belongs to, found without git, as it is asked at each look.
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';

export interface WorkingTree {
  /** Its top folder, without symbolic links. */
  readonly root: string;
  readonly gitDir: string;
  /** What the worktrees of a repository share. */
  readonly common: string;
}

/** Undefined for a folder that is in no working tree, not there, or not for us to read. */
export function treeOf(folder: string): WorkingTree | undefined {
  try {
    return existsSync(folder) ? findTree(folder) : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return undefined;
  }
}

function findTree(folder: string): WorkingTree | undefined {
  for (let root = realpathSync(folder); ; root = path.dirname(root)) {
    const dot = path.join(root, '.git');
    const stat = statSync(dot, { throwIfNoEntry: false });
    const gitDir = stat?.isFile() ? gitDirIn(dot) : stat && dot;
    if (gitDir !== undefined && existsSync(path.join(gitDir, 'HEAD')))
      return { root, gitDir, common: commonOf(gitDir) };
    if (root === path.dirname(root)) return undefined;
  }
}

/** What a `.git` that is a file leads to. */
function gitDirIn(file: string): string | undefined {
  const [, told] = /^gitdir: ([\s\S]*?)\n?$/.exec(readFileSync(file, 'utf8')) ?? [];
  return told === undefined ? undefined : path.resolve(path.dirname(file), told);
}

export function commonOf(gitDir: string): string {
  const file = path.join(gitDir, 'commondir');
  const common = existsSync(file) ? path.resolve(gitDir, readFileSync(file, 'utf8').trimEnd()) : gitDir;
  return existsSync(common) ? realpathSync(common) : common;
}

/** All working trees of a repository that are there. */
export function treesOf(common: string): WorkingTree[] {
  const folder = path.join(common, 'worktrees');
  const added = existsSync(folder) ? readdirSync(folder) : [];
  const main = path.basename(common) === '.git' ? [path.dirname(common)] : [];
  const roots = added.flatMap((name) => {
    const file = path.join(folder, name, 'gitdir');
    return existsSync(file) ? [path.dirname(readFileSync(file, 'utf8').replace(/\n$/, ''))] : [];
  });
  return [...main, ...roots].flatMap((root) => {
    const tree = treeOf(root);
    return tree?.common === common ? [tree] : [];
  });
}

/** The branch that HEAD is on; while a rebase goes on, the one that is rebased. */
export function branchOf(gitDir: string): string | null {
  for (const name of ['HEAD', 'rebase-merge/head-name', 'rebase-apply/head-name']) {
    const file = path.join(gitDir, name);
    const [, branch] = existsSync(file)
      ? (/^(?:ref: )?refs\/heads\/(.*)\n?$/.exec(readFileSync(file, 'utf8')) ?? [])
      : [];
    if (branch !== undefined) return branch;
  }
  return null;
}
