// What takes the room in clew's store: by project, as far as objects are one's alone, with the largest files.
import { existsSync } from 'node:fs';
import type { LeftOut } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { git, storeFolder } from './git.ts';
import { keptTrees } from './kept.ts';
import { leftOutOf } from './left-out.ts';

export interface ProjectSize {
  readonly root: string;
  /** Checkpoints whose files are kept, and those that were thinned out. */
  readonly checkpoints: number;
  readonly thinned: number;
  /** Different states among the kept. */
  readonly trees: number;
  /** On the disk, compressed: of all that its checkpoints need, and of what no other project's need. */
  readonly bytes: number;
  readonly ownBytes: number;
  /** The largest files in its checkpoints, with their sizes as files. */
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
  readonly leftOut: readonly LeftOut[];
}

export interface StoreSize {
  readonly bytes: number;
  readonly loose: { readonly objects: number; readonly bytes: number };
  readonly packed: { readonly objects: number; readonly bytes: number; readonly packs: number };
  readonly projects: readonly ProjectSize[];
}

const mostFiles = 5;

interface Stored {
  readonly isFile: boolean;
  readonly size: number;
  readonly disk: number;
}

export function storeSize(db: Db, clewHome: string): StoreSize {
  const none = {
    bytes: 0,
    loose: { objects: 0, bytes: 0 },
    packed: { objects: 0, bytes: 0, packs: 0 },
    projects: [],
  };
  if (!existsSync(storeFolder(clewHome))) return none;
  const objects = allObjects(clewHome);
  const found = projectsOf(db, clewHome).map((one) => ({ ...one, names: namesIn(clewHome, one.trees) }));
  const users = new Map<string, number>();
  for (const { names } of found) for (const oid of names.keys()) users.set(oid, (users.get(oid) ?? 0) + 1);
  const projects = found.map(({ root, checkpoints, thinned, trees, names }): ProjectSize => {
    let [bytes, ownBytes] = [0, 0];
    const files: { path: string; bytes: number }[] = [];
    for (const [oid, path] of names) {
      const object = objects.get(oid);
      if (!object) continue;
      bytes += object.disk;
      if (users.get(oid) === 1) ownBytes += object.disk;
      if (object.isFile) files.push({ path, bytes: object.size });
    }
    const largest = files.toSorted((a, b) => b.bytes - a.bytes).slice(0, mostFiles);
    const leftOut = leftOutOf(clewHome, root);
    return { root, checkpoints, thinned, trees: trees.length, bytes, ownBytes, largest, leftOut };
  });
  return { ...totals(clewHome), projects: projects.toSorted((a, b) => b.ownBytes - a.ownBytes) };
}

function projectsOf(db: Db, clewHome: string) {
  const kept = keptTrees(clewHome);
  const rows = db
    .prepare<[], { root: string; tree: string }>('SELECT root, tree FROM checkpoint WHERE tree IS NOT NULL')
    .all();
  return [...Map.groupBy(rows, (row) => row.root)].map(([root, mine]) => {
    const whole = mine.filter((row) => kept.has(row.tree));
    const trees = [...new Set(whole.map((row) => row.tree))];
    return { root, checkpoints: whole.length, thinned: mine.length - whole.length, trees };
  });
}

/** Every object below these trees, with a name that it has there. */
function namesIn(clewHome: string, trees: readonly string[]): Map<string, string> {
  if (trees.length === 0) return new Map();
  const out = git(['--git-dir', storeFolder(clewHome), 'rev-list', '--objects', '--stdin'], {
    input: Buffer.from(`${trees.join('\n')}\n`),
  });
  return new Map(linesOf(out).map((line) => [line.slice(0, 40), line.slice(41)]));
}

function allObjects(clewHome: string): Map<string, Stored> {
  const format = '%(objectname) %(objecttype) %(objectsize) %(objectsize:disk)';
  const out = git([
    '--git-dir',
    storeFolder(clewHome),
    'cat-file',
    '--batch-all-objects',
    '--unordered',
    `--batch-check=${format}`,
  ]);
  return new Map(
    linesOf(out).map((line) => {
      const [oid = '', type, size, disk] = line.split(' ');
      return [oid, { isFile: type === 'blob', size: Number(size), disk: Number(disk) }];
    }),
  );
}

function totals(clewHome: string): Omit<StoreSize, 'projects'> {
  const out = git(['--git-dir', storeFolder(clewHome), 'count-objects', '-v']);
  const counts = new Map(linesOf(out).map((line) => line.split(': ') as [string, string]));
  const count = (name: string): number => Number(counts.get(name) ?? 0);
  // Git counts in units of 1,024.
  const loose = { objects: count('count'), bytes: count('size') * 1024 };
  const packed = { objects: count('in-pack'), bytes: count('size-pack') * 1024, packs: count('packs') };
  return { bytes: loose.bytes + packed.bytes, loose, packed };
}

const linesOf = (out: Buffer): string[] => {
  const text = out.toString().trimEnd();
  return text === '' ? [] : text.split('\n');
};
