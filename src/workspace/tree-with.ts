// A tree with a few files changed, made of git's tree objects alone: the work is that of the folders on the way to those
// files, where an index would be read and written as a whole.
import { git } from './git.ts';
import { bytesOfPath, textOfPath } from '../model/index.ts';
import type { FileState } from './objects.ts';

interface Entry {
  readonly mode: string;
  readonly oid: string;
}

/** A folder on the way to a changed file. */
interface Folder {
  /** Its tree, undefined where there was none. */
  readonly oid: string | undefined;
  readonly entries: Map<string, Entry>;
  readonly folders: Map<string, Folder>;
}

const treeMode = '40000';

export function treeWith(
  store: readonly string[],
  tree: string,
  steps: readonly { readonly path: string; readonly to: FileState | undefined }[],
): string {
  const root: Folder = { oid: tree, entries: new Map(), folders: new Map() };
  const levels = openFolders(store, root, steps);
  for (const { path, to } of steps) {
    const names = path.split('/');
    const name = names.pop() ?? '';
    const folder = names.reduce<Folder | undefined>((at, one) => at?.folders.get(one), root);
    if (to) folder?.entries.set(name, to);
    else if (folder?.entries.get(name)?.mode !== treeMode) folder?.entries.delete(name);
  }
  return writeFolders(store, levels, root);
}

/** Reads the folders on the way, a level at a time. */
function openFolders(
  store: readonly string[],
  root: Folder,
  steps: readonly { readonly path: string }[],
): Folder[][] {
  const ways = steps.map(({ path }) => path.split('/').slice(0, -1));
  const levels: Folder[][] = [];
  for (let level = [root]; level.length > 0;) {
    levels.push(level);
    const known = level.filter((one) => one.oid !== undefined);
    const trees = readTrees(
      store,
      known.map((one) => one.oid ?? ''),
    );
    for (const [i, folder] of known.entries())
      for (const [name, entry] of trees[i] ?? []) folder.entries.set(name, entry);
    const depth = levels.length - 1;
    for (const way of ways) {
      const name = way[depth];
      const folder = way.slice(0, depth).reduce<Folder | undefined>((at, one) => at?.folders.get(one), root);
      if (name === undefined || !folder || folder.folders.has(name)) continue;
      const entry = folder.entries.get(name);
      const oid = entry?.mode === treeMode ? entry.oid : undefined;
      folder.folders.set(name, { oid, entries: new Map(), folders: new Map() });
    }
    level = level.flatMap((folder) => [...folder.folders.values()]);
  }
  return levels;
}

function readTrees(store: readonly string[], oids: readonly string[]): Map<string, Entry>[] {
  if (oids.length === 0) return [];
  const out = git([...store, 'cat-file', '--batch'], { input: Buffer.from(`${oids.join('\n')}\n`) });
  let at = 0;
  return oids.map(() => {
    const end = out.indexOf(0x0a, at);
    const size = Number(out.toString('latin1', at, end).split(' ')[2]);
    const content = out.subarray(end + 1, end + 1 + size);
    at = end + 1 + size + 1;
    return parseTree(content);
  });
}

/** git's format of a tree: mode, space, name, NUL, twenty bytes of id, and again. */
function parseTree(content: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const nul = content.indexOf(0, space);
    entries.set(textOfPath(content.subarray(space + 1, nul)), {
      mode: content.toString('latin1', at, space),
      oid: content.toString('hex', nul + 1, nul + 21),
    });
    at = nul + 21;
  }
  return entries;
}

/** Writes the folders from the innermost out; those that are empty are none to git. */
function writeFolders(store: readonly string[], levels: readonly Folder[][], root: Folder): string {
  const written = new Map<Folder, string>();
  for (const level of levels.toReversed()) {
    for (const folder of level) {
      for (const [name, inner] of folder.folders) {
        const oid = written.get(inner);
        if (oid !== undefined && inner.entries.size > 0) folder.entries.set(name, { mode: treeMode, oid });
        else if (folder.entries.get(name)?.mode === treeMode) folder.entries.delete(name);
      }
    }
    const made = makeTrees(store, level);
    for (const [i, folder] of level.entries()) written.set(folder, made[i] ?? '');
  }
  return written.get(root) ?? '';
}

function makeTrees(store: readonly string[], folders: readonly Folder[]): string[] {
  const nul = Buffer.from([0]);
  const input = folders.flatMap((folder) => [
    ...[...folder.entries].flatMap(([name, { mode, oid }]) => [
      Buffer.from(
        `${mode.padStart(6, '0')} ${mode === treeMode ? 'tree' : mode === '160000' ? 'commit' : 'blob'} ${oid}\t`,
      ),
      bytesOfPath(name),
      nul,
    ]),
    nul,
  ]);
  return git([...store, 'mktree', '-z', '--batch', '--missing'], { input: Buffer.concat(input) })
    .toString()
    .trim()
    .split('\n');
}
