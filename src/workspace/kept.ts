// Which trees the store keeps: those with a ref. A tree without one is a checkpoint that was thinned out, though parts of
// it may still lie in the store.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { storeFolder } from './git.ts';

/** Refs of checkpoints, and of those that are to go: see keep.ts. */
export const refFolders = { kept: 'refs/checkpoints', leaving: 'refs/thinned' } as const;

const isTree = (name: string): boolean => /^[0-9a-f]{40}$/.test(name);

/** The trees with a ref of their own file in this folder, and when that was written. */
export function looseRefs(clewHome: string, folder: string): Map<string, number> {
  const at = path.join(storeFolder(clewHome), folder);
  if (!existsSync(at)) return new Map();
  return new Map(
    readdirSync(at)
      .filter(isTree)
      .map((name) => [name, statSync(path.join(at, name), { throwIfNoEntry: false })?.mtimeMs ?? 0]),
  );
}

/** The trees with a ref in the list of packed ones. */
export function packedRefs(clewHome: string, folder: string): Set<string> {
  const file = path.join(storeFolder(clewHome), 'packed-refs');
  if (!existsSync(file)) return new Set();
  const lines = readFileSync(file, 'latin1').split('\n');
  const mine = lines.filter((line) => line.slice(41).startsWith(`${folder}/`));
  return new Set(mine.map((line) => line.slice(0, 40)));
}

export function keptTrees(clewHome: string): Set<string> {
  const trees = new Set<string>();
  for (const folder of Object.values(refFolders)) {
    for (const tree of namesIn(clewHome, folder)) trees.add(tree);
    for (const tree of packedRefs(clewHome, folder)) trees.add(tree);
  }
  return trees;
}

function namesIn(clewHome: string, folder: string): string[] {
  const at = path.join(storeFolder(clewHome), folder);
  return existsSync(at) ? readdirSync(at).filter(isTree) : [];
}

/** Marks the checkpoints whose files are no longer kept. */
export function markThinned<T extends { readonly tree: string | null }>(
  clewHome: string,
  rows: readonly T[],
): (T & { readonly thinned: boolean })[] {
  const kept = keptTrees(clewHome);
  return rows.map((row) => ({ ...row, thinned: row.tree !== null && !kept.has(row.tree) }));
}
