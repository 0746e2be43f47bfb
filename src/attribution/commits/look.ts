// Commits that were made since the last look, by the reflogs of the projects that agents work in. What a reflog looked like
// then is remembered, so that a look costs one stat for each; if the memory is lost, all is read again, and found known.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '../../store/index.ts';
import { isInPlace, isMadeHere, isRebase, isRebaseStart, isSquash, movesOf } from './reflog.ts';
import type { Seen } from './seen.ts';
import { branchOf, treeOf, treesOf } from './trees.ts';
import type { WorkingTree } from './trees.ts';

/** Of a reflog by its path: how much of it was read, and of what it was. */
export type Memory = Readonly<Record<string, readonly [size: number, ino: number, mtime: number]>>;

export interface LookOptions {
  /** Repositories with hooks, and since when. */
  readonly hooked: readonly { readonly common: string; readonly since: number }[];
  /** Only projects with sessions since then. */
  readonly since: number;
}

/** `memory` is the same object where nothing is new. */
export interface Look {
  readonly seen: readonly Seen[];
  readonly memory: Memory;
}

export function lookAtReflogs(db: Db, memory: Memory, { hooked, since }: LookOptions): Look {
  const seen: Seen[] = [];
  const now: Record<string, Memory[string]> = { ...memory };
  let changed = false;
  for (const [common, known] of repositories(db, hooked, since))
    for (const tree of treesOf(common)) {
      const file = path.join(tree.gitDir, 'logs', 'HEAD');
      const stat = statSync(file, { throwIfNoEntry: false });
      if (!stat?.isFile()) continue;
      const [size, ino, mtime] = memory[file] ?? [0, 0, 0];
      if (stat.size === size && stat.ino === ino && stat.mtimeMs === mtime) continue;
      const from = stat.ino === ino && stat.size > size ? size : 0;
      const bytes = readFrom(file, from, stat.size);
      // A line that is being written is left to the next look.
      const whole = bytes.lastIndexOf('\n') + 1;
      seen.push(...madeIn(tree, bytes.toString('utf8', 0, whole), known));
      changed = true;
      now[file] = [from + whole, stat.ino, stat.mtimeMs];
    }
  return { seen, memory: changed ? now : memory };
}

/** The repositories to look at, and since when each is known. */
function repositories(db: Db, hooked: LookOptions['hooked'], since: number): Map<string, number> {
  const found = new Map<string, number>();
  const add = (common: string, at: number): void => {
    found.set(common, Math.min(at, found.get(common) ?? Infinity));
  };
  for (const { common, since: at } of hooked) add(common, at);
  const folders = db
    .prepare<[number], { folder: string; first: number }>(
      `SELECT workspace AS folder, min(started_at) AS first FROM session WHERE workspace IS NOT NULL
       GROUP BY workspace HAVING max(ended_at) >= ?`,
    )
    .all(since);
  for (const { folder, first } of folders) {
    const tree = treeOf(folder);
    if (tree) add(tree.common, first);
  }
  return found;
}

function madeIn(tree: WorkingTree, text: string, since: number): Seen[] {
  const made: Seen[] = [];
  let rebased: Seen['squashed'];
  for (const { before, after, at, told, branch } of movesOf(text, branchOf(tree.gitDir))) {
    if (isRebaseStart(told)) rebased = { tip: before, base: after };
    if (!isMadeHere(told)) continue;
    made.push({
      ...tree,
      sha: after,
      branch,
      at: exactTime(tree.common, after, at),
      seen: 'reflog',
      rewrites: isInPlace(told) ? [before] : [],
      isRebase: isRebase(told),
      ...(rebased && isSquash(told) && { squashed: rebased }),
    });
  }
  return made.filter((one) => one.at >= since);
}

const secondMs = 1000;

/** git notes whole seconds; the file of the commit tells more, while it is a file of its own. */
function exactTime(common: string, sha: string, second: number): number {
  const file = path.join(common, 'objects', sha.slice(0, 2), sha.slice(2));
  const written = Math.round(statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return written >= second && written < second + 2 * secondMs ? written : second + secondMs - 1;
}

function readFrom(file: string, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  const fd = openSync(file, 'r');
  try {
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, from));
  } finally {
    closeSync(fd);
  }
}
