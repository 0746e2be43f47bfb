// Clew's object store: blobs and trees of all projects' checkpoints, in one bare git store.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ClewError } from '../model/index.ts';
import { git, storeFolder, nulSeparated } from './git.ts';
import { keptTrees } from './kept.ts';
import { textOfPath } from '../model/index.ts';
import { treeWith } from './tree-with.ts';

/** A file in a tree. Modes as git has them: 100644, 100755, 120000 (a symbolic link), 160000 (a repository). */
export interface FileState {
  readonly mode: string;
  readonly oid: string;
}

/** What differs at one path; undefined where the file is not there. */
export interface Difference {
  readonly path: string;
  readonly before: FileState | undefined;
  readonly after: FileState | undefined;
  /** Lines; 0 where one side is binary. */
  readonly added: number;
  readonly removed: number;
}

const repository = '160000';
export interface PatchOptions {
  readonly paths?: readonly string[];
  readonly colour?: boolean;
  /** Stands before each path. */
  readonly prefix?: string;
}

/** Whether it is a repository inside of the project, which a tree names by its commit. It is not clew's to change. */
export const isRepository = (one: Pick<Difference, 'before' | 'after'>): boolean =>
  one.before?.mode === repository || one.after?.mode === repository;

export interface Objects {
  /** What differs between pairs of trees, one list a pair. */
  differences(pairs: readonly (readonly [before: string, after: string])[]): Difference[][];
  /** Which of these trees are kept whole. */
  present(trees: readonly string[]): Set<string>;
  /** All files of a tree. */
  files(tree: string): Map<string, FileState>;
  /** Contents by id. Throws GIT_FAILED where one is gone. */
  contents(oids: Iterable<string>): Map<string, Buffer>;
  /** Keeps contents; gives their ids, in order. */
  keep(contents: readonly Buffer[]): string[];
  /** Unified diff between two trees, as git prints it. */
  patch(before: string, after: string, options?: PatchOptions): string;
  /** Keeps a tree, and what is in it, from being pruned, as the hook does with those that it takes. */
  protect(tree: string): void;
  /** Writes all files of a tree into an empty folder. */
  checkOut(tree: string, folder: string): void;
  /** The tree that this one becomes by these steps. */
  treeWith(
    tree: string,
    steps: readonly { readonly path: string; readonly to: FileState | undefined }[],
  ): string;
}

export function objectsOf(clewHome: string): Objects {
  const store = ['--git-dir', storeFolder(clewHome)];
  return {
    differences(pairs) {
      if (pairs.length === 0) return [];
      const input = Buffer.from(pairs.map(([a, b]) => `${a} ${b}\n`).join(''));
      const out = git(
        [...store, 'diff-tree', '-r', '-z', '--raw', '--numstat', '--no-renames', '--no-abbrev', '--stdin'],
        {
          input,
        },
      );
      return parseDifferences(out, pairs);
    },
    present(trees) {
      const kept = keptTrees(clewHome);
      return new Set(trees.filter((tree) => kept.has(tree)));
    },
    files(tree) {
      const out = git([...store, 'ls-tree', '-r', '-z', '--full-tree', tree]);
      return new Map(
        nulSeparated(out).map((row) => {
          const tab = row.indexOf(0x09);
          const [mode = '', , oid = ''] = row.toString('latin1', 0, tab).split(' ');
          return [textOfPath(row.subarray(tab + 1)), { mode, oid }];
        }),
      );
    },
    contents(oids) {
      const wanted = [...new Set(oids)];
      const found = new Map<string, Buffer>();
      if (wanted.length === 0) return found;
      const out = git([...store, 'cat-file', '--batch'], { input: Buffer.from(`${wanted.join('\n')}\n`) });
      let at = 0;
      for (const oid of wanted) {
        const end = out.indexOf(0x0a, at);
        const [, type, size] = out.toString('latin1', at, end).split(' ');
        if (type === 'missing' || size === undefined) throw missing(oid);
        found.set(oid, out.subarray(end + 1, end + 1 + Number(size)));
        at = end + 1 + Number(size) + 1;
      }
      return found;
    },
    keep: (contents) =>
      contents.map((content) =>
        git([...store, 'hash-object', '-w', '--no-filters', '--stdin'], { input: content })
          .toString()
          .trim(),
      ),
    patch(before, after, { paths = [], colour = false, prefix = '' } = {}) {
      const how = [
        '-p',
        '-r',
        '--no-renames',
        '--no-ext-diff',
        '--no-textconv',
        `--src-prefix=a/${prefix}`,
        `--dst-prefix=b/${prefix}`,
        colour ? '--color' : '--no-color',
      ];
      const only = paths.length > 0 ? ['--', ...paths] : [];
      return git([...store, '--literal-pathspecs', 'diff-tree', ...how, before, after, ...only]).toString();
    },
    checkOut(tree, folder) {
      withIndex((env) => {
        git([...store, 'read-tree', tree], { env });
        git([...store, '--work-tree', folder, 'checkout-index', '--all', '--force'], { env, cwd: folder });
      });
    },
    treeWith: (tree, steps) => (steps.length === 0 ? tree : treeWith(store, tree, steps)),
    protect(tree) {
      const ref = path.join(storeFolder(clewHome), 'refs', 'checkpoints', tree);
      if (!existsSync(ref)) writeFileSync(ref, `${tree}\n`);
    },
  };
}

/** Works with an index that is thrown away. */
function withIndex<T>(work: (env: Readonly<Record<string, string>>) => T): T {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'clew-index-'));
  try {
    return work({ GIT_INDEX_FILE: path.join(folder, 'index') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const missing = (oid: string): Error =>
  new ClewError(
    'GIT_FAILED',
    `object ${oid} is not in clew's store any more`,
    'the checkpoint was thinned out, or the store was damaged; `clew checkpoints` lists what there is',
  );

/**
 * `--stdin` prints a line with each pair's ids; then, where there are any, its differences: all of them raw, then all
 * of them with counts of lines.
 */
function parseDifferences(out: Buffer, pairs: readonly (readonly [string, string])[]): Difference[][] {
  const lists = pairs.map(() => new Map<string, Difference>());
  const fields = nulSeparated(out);
  let pair = -1;
  for (let i = 0; i < fields.length; i++) {
    let field = fields[i] as Buffer;
    // A field with tabs is a count; lines of ids may stand before it, or before a raw difference.
    for (let end = field.indexOf(0x0a); isIds(field, end); end = field.indexOf(0x0a)) {
      pair++;
      field = field.subarray(end + 1);
    }
    if (field[0] === 0x3a) {
      const [beforeMode = '', afterMode = '', before = '', after = ''] = field
        .toString('latin1', 1)
        .split(' ');
      const path = textOfPath(fields[++i] as Buffer);
      lists[pair]?.set(path, {
        path,
        before: beforeMode === '000000' ? undefined : { mode: beforeMode, oid: before },
        after: afterMode === '000000' ? undefined : { mode: afterMode, oid: after },
        added: 0,
        removed: 0,
      });
    } else if (field.length > 0) {
      const tab = field.indexOf(0x09, field.indexOf(0x09) + 1);
      const [added = '', removed = ''] = field.toString('latin1', 0, tab).split('\t');
      const path = textOfPath(field.subarray(tab + 1));
      const one = lists[pair]?.get(path);
      if (one) lists[pair]?.set(path, { ...one, added: Number(added) || 0, removed: Number(removed) || 0 });
    }
  }
  return lists.map((list) => [...list.values()]);
}

const idsLine = 2 * 40 + 1;
const isIds = (field: Buffer, end: number): boolean =>
  end === idsLine && /^[0-9a-f]{40} [0-9a-f]{40}$/.test(field.toString('latin1', 0, end));
