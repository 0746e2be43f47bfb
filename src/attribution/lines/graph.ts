// A repository's commits and what each changed, and how they came to be made, with two calls of git and its reflogs.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { textOfPath } from '../../model/index.ts';
import { git, nulSeparated } from '../../workspace/index.ts';
import { movesOf } from '../commits/reflog.ts';
import type { Move } from '../commits/reflog.ts';
import { branchOf, treeOf, treesOf } from '../commits/trees.ts';

export interface Changed {
  readonly path: string;
  /** What it was called before. */
  readonly from: string;
  /** Its content in each parent; null where it was not there. */
  readonly before: readonly (string | null)[];
  /** Null where it went. */
  readonly after: string | null;
}

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  /** Milliseconds; git notes whole seconds. */
  readonly committedAt: number;
  /** Who wrote it and when: copies of a commit have it in common. */
  readonly written: string;
  /** Of a merge only what differs from all its parents. */
  readonly files: readonly Changed[];
}

export interface Graph {
  /** By id, a parent before its children. */
  readonly commits: ReadonlyMap<string, Commit>;
  /** Of each working tree the moves of its HEAD. */
  readonly moves: ReadonlyMap<string, readonly Move[]>;
}

const how =
  '--no-replace-objects -c log.showSignature=false -c diff.orderFile=/dev/null log --all --reflog --ignore-missing --stdin ' +
  '--topo-order --reverse --root -c -z --raw --no-abbrev -M --no-ext-diff --no-color --no-mailmap --no-notes';
const format = '--format=%x01%H %P%x02%ct%x02%at %ae';

/** All commits since a time that any branch, remote or reflog leads to, and those that are named. */
export function readGraph(folder: string, named: readonly string[], since: number): Graph {
  const out = git(
    ['-C', folder, ...how.split(' '), format, ...(since > 0 ? [`--since=${Math.floor(since / 1000)}`] : [])],
    { input: Buffer.from(named.map((sha) => `${sha}\n`).join('')) },
  );
  const commits = new Map<string, Commit & { files: Changed[] }>();
  let last: (Commit & { files: Changed[] }) | undefined;
  const parts = nulSeparated(out);
  for (let i = 0; i < parts.length; i++) {
    const text = (parts[i] as Buffer).toString('latin1').replace(/^\n/, '');
    if (text.startsWith('\x01')) {
      last = commitOf(text.slice(1));
      commits.set(last.sha, last);
    } else if (text.startsWith(':') && last) {
      const isRename = /[RC]\d*$/.test(text);
      const from = isRename ? (parts[++i] as Buffer) : undefined;
      const path = parts[++i] as Buffer;
      last.files.push(changedOf(text, textOfPath(path), from && textOfPath(from)));
    }
  }
  return { commits, moves: movesIn(folder) };
}

function commitOf(text: string): Commit & { files: Changed[] } {
  const [ids = '', seconds, written = ''] = text.split('\x02');
  const [sha = '', ...parents] = ids.trimEnd().split(' ');
  return { sha, parents, committedAt: Number(seconds) * 1000, written, files: [] };
}

function changedOf(text: string, path: string, from = path): Changed {
  const sides = text.lastIndexOf(':') + 1;
  const fields = text.slice(sides).split(' ');
  const blob = (k: number): string | null => (isFile(fields[k]) ? (fields[sides + 1 + k] ?? null) : null);
  return {
    path,
    from,
    before: Array.from({ length: sides }, (_, k) => blob(k)),
    after: blob(sides),
  };
}

/** Neither absent nor a link or a repository inside. */
const isFile = (mode: string | undefined): boolean => mode?.startsWith('100') === true;

function movesIn(folder: string): Map<string, Move[]> {
  const tree = treeOf(folder);
  if (!tree) return new Map();
  return new Map(
    treesOf(tree.common).map(({ root, gitDir }) => {
      const file = path.join(gitDir, 'logs', 'HEAD');
      return [root, existsSync(file) ? movesOf(readFileSync(file, 'utf8'), branchOf(gitDir)) : []];
    }),
  );
}
