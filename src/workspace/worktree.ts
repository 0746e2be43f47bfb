// A place for a branch in time: of a git repository a linked worktree on a branch of its own, of a plain folder a folder
// beside it. Empty of files, which the caller brings from a checkpoint. This is the one part of clew that writes to the
// user's repository, by the user's explicit request: a worktree, a branch `clew/<name>`, nothing else.
import { lstatSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../model/index.ts';
import { git, tryGit } from './git.ts';

export interface WorktreeRequest {
  /** The project's root: a working tree, a bare repository, or a plain folder. */
  readonly project: string;
  /** Names the branch and, unless `folder` is given, the folder: `<project>-<name>`. */
  readonly name: string;
  readonly folder?: string | undefined;
  /** Where the branch begins; the project's HEAD unless given. Of no account for a plain folder. */
  readonly commit?: string | undefined;
}

export interface Worktree {
  readonly folder: string;
  /** Null for a plain folder, as is the commit. */
  readonly branch: string | null;
  readonly commit: string | null;
}

/**
 * Makes the place. The index of a worktree is that of its commit, so that git shows the files brought there as changes to
 * it. Throws BAD_INPUT for a name that no branch can have or that is taken, and for a folder that holds anything;
 * NOT_FOUND for a commit that is not there.
 */
export function makeWorktree({ project, name, folder, commit }: WorktreeRequest): Worktree {
  const branch = `clew/${name}`;
  if (tryGit(['check-ref-format', `refs/heads/${branch}`]).status !== 0)
    throw new ClewError(
      'BAD_INPUT',
      `"${name}" cannot be the name of a branch`,
      'use letters, digits, - and .',
    );
  const root = realpathSync(project);
  const place = path.resolve(folder ?? `${root}-${name.replaceAll('/', '-')}`);
  const wasThere = isEmptyFolder(place);
  if (!isRepository(root)) {
    mkdirSync(place, { recursive: true });
    return { folder: realpathSync(place), branch: null, commit: null };
  }
  if (hasRef(root, `refs/heads/${branch}`))
    throw new ClewError('BAD_INPUT', `${root} has a branch ${branch} already`, 'choose another name');
  const start = commitOf(root, commit);
  git(['-C', root, 'worktree', 'add', '--quiet', '--no-checkout', '--no-track', '-b', branch, place, start]);
  try {
    git(['-C', place, 'read-tree', 'HEAD']);
  } catch (error) {
    tryGit(['-C', root, 'worktree', 'remove', '--force', place]);
    tryGit(['-C', root, 'branch', '--quiet', '-D', branch]);
    if (wasThere) mkdirSync(place, { recursive: true });
    throw error;
  }
  return { folder: realpathSync(place), branch, commit: start };
}

export interface WorktreeRemoval {
  readonly project: string;
  readonly folder: string;
  /** Also where that loses files: for a caller that has taken a checkpoint of them. */
  readonly force?: boolean | undefined;
}

/**
 * Takes away what `makeWorktree` made: the folder, and its branch unless that has commits that no other branch has. Returns
 * the branch that stays, if one does. Throws CONFLICT where files would be lost, which `force` overrides; NOT_FOUND for
 * a folder that is no worktree of the project; BAD_INPUT for one that the project itself lies in.
 */
export function removeWorktree({ project, folder, force = false }: WorktreeRemoval): {
  readonly branch: string | null;
} {
  const root = realpathSync(project);
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) throw new ClewError('NOT_FOUND', `${folder} is no folder`, 'it may be gone');
  const place = realpathSync(folder);
  if (`${root}${path.sep}`.startsWith(place.endsWith(path.sep) ? place : place + path.sep))
    throw new ClewError('BAD_INPUT', `${place} holds the project itself`, 'name the folder of a branch');
  if (!isRepository(root)) {
    if (!force && readdirSync(place).length > 0) throw wouldLose(place, 'it is not empty');
    rmSync(place, { recursive: true });
    return { branch: null };
  }
  const worktree = worktreesOf(root).find((one) => one.folder === place);
  if (!worktree)
    throw new ClewError(
      'NOT_FOUND',
      `${place} is no worktree of ${root}`,
      '`git worktree list` tells which there are',
    );
  const changed = force ? '' : git(['-C', place, 'status', '--porcelain']).toString().trim();
  if (changed) throw wouldLose(place, `it holds changes:\n${changed.split('\n').slice(0, 5).join('\n')}`);
  git(['-C', root, 'worktree', 'remove', ...(force ? ['--force'] : []), place]);
  const { branch } = worktree;
  if (branch === null || !branch.startsWith('clew/')) return { branch };
  return { branch: isElsewhere(root, branch) && dropBranch(root, branch) ? null : branch };
}

const wouldLose = (place: string, why: string): ClewError =>
  new ClewError(
    'CONFLICT',
    `${place} cannot be removed without loss: ${why}`,
    'take a checkpoint, then force it',
  );

/** Whether a folder is there. Throws BAD_INPUT if it holds anything, or is none. */
function isEmptyFolder(place: string): boolean {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (!found) return false;
  if (found.isDirectory() && readdirSync(place).length === 0) return true;
  const what = found.isDirectory() ? 'is not empty' : 'is no folder';
  throw new ClewError('BAD_INPUT', `${place} ${what}`, 'choose another folder or another name');
}

/** A folder somewhere inside a repository, as below a home that is kept in git, is a plain one. */
function isRepository(root: string): boolean {
  const top = tryGit(['-C', root, 'rev-parse', '--show-toplevel']);
  if (top.status === 0) return realpathSync(top.stdout.toString().replace(/\n$/, '')) === root;
  return tryGit(['-C', root, 'rev-parse', '--is-bare-repository']).stdout.toString().trim() === 'true';
}

const hasRef = (root: string, ref: string): boolean =>
  tryGit(['-C', root, 'rev-parse', '--quiet', '--verify', ref]).status === 0;

function commitOf(root: string, commit: string | undefined): string {
  const named = `${commit ?? 'HEAD'}^{commit}`;
  const found = tryGit(['-C', root, 'rev-parse', '--quiet', '--verify', '--end-of-options', named]);
  if (found.status === 0) return found.stdout.toString().trim();
  if (commit === undefined)
    throw new ClewError(
      'NOT_FOUND',
      `${root} has no commit yet`,
      'commit something: branches begin at a commit',
    );
  throw new ClewError('NOT_FOUND', `${root} has no commit ${commit}`, 'name one that it has');
}

function worktreesOf(root: string): { folder: string; branch: string | null }[] {
  return git(['-C', root, 'worktree', 'list', '--porcelain', '-z'])
    .toString()
    .split('\0\0')
    .filter(Boolean)
    .map((block) => {
      const value = (name: string): string | undefined =>
        block
          .split('\0')
          .find((line) => line.startsWith(`${name} `))
          ?.slice(name.length + 1);
      return {
        folder: value('worktree') ?? '',
        branch: value('branch')?.replace(/^refs\/heads\//, '') ?? null,
      };
    });
}

/** Whether all commits of a branch are on another ref. */
function isElsewhere(root: string, branch: string): boolean {
  const args = [
    'rev-list',
    '-n',
    '1',
    `refs/heads/${branch}`,
    '--not',
    `--exclude=refs/heads/${branch}`,
    '--all',
  ];
  const only = tryGit(['-C', root, ...args]);
  return only.status === 0 && only.stdout.length === 0;
}

const dropBranch = (root: string, branch: string): boolean =>
  tryGit(['-C', root, 'branch', '--quiet', '-D', branch]).status === 0;
