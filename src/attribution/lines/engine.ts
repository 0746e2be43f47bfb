// Attributes commits of a repository: gathers what is known of each file that they changed, follows its history, and gives
// what is to be kept. Files are done in portions, each with two calls of git, so that neither memory nor processes grow.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '../../store/index.ts';
import { objectsOf } from '../../workspace/index.ts';
import { treeOf } from '../commits/trees.ts';
import { blobSizes, readBlobs } from './blobs.ts';
import { createClaims } from './claims.ts';
import type { Claims } from './claims.ts';
import { editReader } from './edits.ts';
import type { Edit } from './edits.ts';
import { readGraph } from './graph.ts';
import type { Changed, Commit } from './graph.ts';
import { diskKey } from './file-history.ts';
import { follow } from './history.ts';
import type { FileHistory, Followed } from './file-history.ts';
import { namesOfFiles } from './names.ts';
import type { Changes } from './names.ts';
import { stepReader } from './steps.ts';
import type { Effect, Step } from './steps.ts';
import { createTexts } from './text.ts';
import type { Texts } from './text.ts';
import { windowsOf } from './windows.ts';
import type { Windows } from './windows.ts';

export interface Place {
  readonly db: Db;
  /** Where git tells clew's objects lie. */
  readonly objects: string;
  /** A folder in the repository. */
  readonly folder: string;
}

/** What is known of a repository, before any file of it is looked at. */
export interface Past {
  readonly root: string;
  readonly commits: ReadonlyMap<string, Commit>;
  readonly steps: readonly Step[];
  readonly windows: Windows;
  /** Of each working tree the files of a state that was kept: what no step has changed has been so all the time. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Of all working trees, by the path below them. */
  readonly edits: (path: string) => readonly Edit[];
  readonly rootOf: (checkpoint: string) => string;
  readonly gone: (checkpoint: string, content: string | null) => readonly string[];
  readonly effects: (path: string) => readonly (Effect & { readonly checkpoint: string })[];
}

export function pastOf(
  { db, objects, folder }: Place,
  named: readonly string[],
  since: number,
): Past | undefined {
  const tree = treeOf(folder);
  if (!tree) return undefined;
  const { commits, moves } = readGraph(folder, named, since);
  const read = stepReader(db);
  const edits = editReader(db);
  const roots = [...new Set([...moves.keys(), ...otherRoots(db, tree.root)])].map((root) => ({
    root,
    moves: moves.get(root) ?? [],
    steps: read.steps(root, since),
  }));
  const steps = roots.flatMap((one) => one.steps).sort((a, b) => a.at - b.at);
  const known = new Map(steps.map((step, i) => [step.checkpoint, { i, root: step.root }]));
  return {
    root: tree.root,
    commits,
    steps,
    windows: windowsOf(roots, seenAt(db)),
    files: new Map(roots.map((one) => [one.root, filesAt(objects, read.trees(one.root, since))])),
    edits: (name) => roots.flatMap((one) => edits(path.join(one.root, name))),
    rootOf: (checkpoint) => known.get(checkpoint)?.root ?? '',
    gone: (checkpoint, content) => read.gone(checkpoint, content),
    effects: (name) =>
      read
        .effects(name)
        .filter((one) => known.has(one.checkpoint))
        .sort((a, b) => (known.get(a.checkpoint)?.i ?? 0) - (known.get(b.checkpoint)?.i ?? 0)),
  };
}

/** The files of the first tree that is kept. */
function filesAt(objects: string, trees: readonly string[]): Map<string, string> {
  if (!existsSync(path.join(objects, 'HEAD'))) return new Map();
  const store = objectsOf(path.dirname(objects));
  const kept = store.present(trees);
  const tree = trees.find((one) => kept.has(one));
  return new Map(
    [...(tree === undefined ? [] : store.files(tree))].flatMap(([name, { mode, oid }]) =>
      mode.startsWith('100') ? [[name, oid] as const] : [],
    ),
  );
}

/** When git's hook told of a commit. */
function seenAt(db: Db): (sha: string) => number | undefined {
  const find = db.prepare<[string], { at: number }>(
    `SELECT at FROM record WHERE kind = 'commit' AND subject = ? AND json_extract(data, '$.seen') = 'hook'`,
  );
  return (sha) => find.get(sha)?.at;
}

/** Working trees of the repository that sessions were in, and that may be gone. */
const otherRoots = (db: Db, root: string): string[] =>
  db
    .prepare<[string], { workspace: string }>(
      'SELECT DISTINCT workspace FROM session WHERE project = ? AND workspace IS NOT NULL',
    )
    .all(root)
    .map((row) => row.workspace);

const portionBytes = 64 << 20;

/**
 * Follows these files, each under all its names, and hands over what was found of each portion. `claims` are those that
 * the numbers in it mean, `texts` those of its lines.
 */
export function followFiles(
  { objects, folder }: Place,
  past: Past,
  paths: Iterable<string>,
  take: (followed: Followed, claims: Claims, texts: Texts) => void,
): void {
  const changes = changesByPath(past.commits);
  const groups = namesOfFiles(paths, past, changes).map((names) => gather(past, names, changes));
  const oids = [...new Set(groups.flatMap((group) => [...group.oids]))];
  const stores = [
    ['-C', folder],
    ...(existsSync(path.join(objects, 'HEAD')) ? [['--git-dir', objects]] : []),
  ];
  const sizes = stores.map((where) => blobSizes(where, oids));
  const sizeOf = (oid: string): number => sizes[0]?.get(oid) ?? sizes[1]?.get(oid) ?? 0;
  let portion: Gathered[] = [];
  let bytes = 0;
  const flush = (): void => {
    const wanted = new Set(portion.flatMap((group) => [...group.oids]));
    const contents = stores.map((where, i) =>
      readBlobs(
        where,
        [...wanted].filter((oid) => sizes[i]?.has(oid) && (i === 0 || !sizes[0]?.has(oid))),
      ),
    );
    const texts = createTexts();
    const claims = createClaims();
    for (const group of portion) {
      const known = new Map(
        [...group.oids].map((oid) => {
          const content = contents[0]?.get(oid) ?? contents[1]?.get(oid);
          return [oid, content && texts.of(content)] as const;
        }),
      );
      take(follow({ ...group.history, textOf: (oid) => known.get(oid) }, claims, texts), claims, texts);
    }
    portion = [];
    bytes = 0;
  };
  for (const group of groups) {
    portion.push(group);
    for (const oid of group.oids) bytes += sizeOf(oid);
    if (bytes > portionBytes) flush();
  }
  if (portion.length > 0) flush();
}

/** By either of the names that a file had in it. */
function changesByPath(commits: ReadonlyMap<string, Commit>): Changes {
  const found = new Map<string, (Changed & { readonly sha: string })[]>();
  const note = (path: string, one: Changed & { readonly sha: string }): void => {
    const there = found.get(path);
    if (there) there.push(one);
    else found.set(path, [one]);
  };
  for (const { sha, files } of commits.values())
    for (const file of files) {
      note(file.path, { ...file, sha });
      if (file.from !== file.path) note(file.from, { ...file, sha });
    }
  return found;
}

interface Gathered {
  readonly history: Omit<FileHistory, 'textOf'>;
  readonly oids: ReadonlySet<string>;
}

function gather(past: Past, names: readonly string[], byPath: Changes): Gathered {
  const initial = new Map<string, string>();
  const effects = new Map<string, Effect[]>();
  const changes = new Map<string, Map<string, Changed>>();
  const oids = new Set<string>();
  const want = (oid: string | null): void => {
    if (oid !== null) oids.add(oid);
  };
  for (const name of names) {
    const changedIn = new Set<string>();
    for (const one of past.effects(name)) {
      const root = past.rootOf(one.checkpoint);
      // The first change of a file says what it was before.
      if (!changedIn.has(root) && one.before !== null) initial.set(diskKey(root, name), one.before);
      changedIn.add(root);
      const there = effects.get(one.checkpoint);
      if (there) there.push(one);
      else effects.set(one.checkpoint, [one]);
      want(one.before);
      want(one.after);
    }
    for (const [root, files] of past.files) {
      const oid = changedIn.has(root) ? undefined : files.get(name);
      if (oid === undefined) continue;
      initial.set(diskKey(root, name), oid);
      want(oid);
    }
    for (const one of byPath.get(name) ?? []) {
      const there = changes.get(one.sha) ?? new Map<string, Changed>();
      changes.set(one.sha, there.set(one.path, one));
      one.before.forEach(want);
      want(one.after);
    }
  }
  return {
    oids,
    history: {
      steps: past.steps,
      commits: past.commits,
      windows: past.windows,
      edits: names.flatMap((name) => past.edits(name)).sort((a, b) => a.at - b.at),
      initial,
      effects,
      changes: new Map([...changes].map(([sha, files]) => [sha, [...files.values()]])),
    },
  };
}
