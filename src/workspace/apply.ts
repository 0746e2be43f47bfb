// Changes a working tree, a file at a time, so that a death in the middle can be finished: each step says what the file
// was and what it becomes, the list is on the disk before the first step, and taking a step twice changes nothing.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { ClewError } from '../model/index.ts';
import { bytesOfPath } from '../model/index.ts';
import type { FileState, Objects } from './objects.ts';

export interface FileStep {
  readonly path: string;
  /** What is there now; undefined where nothing is. */
  readonly from: FileState | undefined;
  readonly to: FileState | undefined;
}

const symlink = '120000';
const executable = '100755';
const slash = Buffer.from('/');

/** A file that could not be changed, and why. */
export interface Left {
  readonly path: string;
  readonly why: string;
  /** A repository inside, which clew never moves: no failure. */
  readonly isRepository?: true;
}

/** Takes every step. Throws CONFLICT, before anything is changed, where a file is not what its step says. */
export function applySteps(root: string, objects: Objects, steps: readonly FileStep[]): readonly Left[] {
  requireFresh(root, steps);
  return takeSteps(root, objects, steps);
}

/** Throws CONFLICT where a file is not what its step says. */
export function requireFresh(root: string, steps: readonly FileStep[]): void {
  const stale = steps.filter((step) => !isState(root, step.path, step.from));
  if (stale.length > 0) throw changedMeanwhile(stale.map((step) => step.path));
}

/** Finishes what another process began. Files that are neither before nor after their step are left. */
export function finishSteps(root: string, objects: Objects, steps: readonly FileStep[]): readonly Left[] {
  const open = steps.filter((step) => !isState(root, step.path, step.to));
  const [ready, foreign] = split(open, (step) => isState(root, step.path, step.from));
  const left = takeSteps(root, objects, ready);
  return [...left, ...foreign.map(({ path }) => ({ path, why: 'was changed by somebody else meanwhile' }))];
}

function takeSteps(root: string, objects: Objects, steps: readonly FileStep[]): Left[] {
  const contents = objects.contents(steps.flatMap((step) => (step.to ? [step.to.oid] : [])));
  // Files go before folders come in their place.
  const [gone, there] = split(steps, (step) => step.to === undefined);
  const left: Left[] = [];
  const attempt = (path: string, work: () => void): void => {
    try {
      work();
    } catch (error) {
      left.push({ path, why: (error as Error).message });
    }
  };
  for (const { path } of gone.toSorted((a, b) => b.path.length - a.path.length))
    attempt(path, () => remove(root, path));
  for (const { path, to } of there)
    if (to) attempt(path, () => put(root, path, to.mode, contents.get(to.oid) ?? Buffer.alloc(0)));
  return left;
}

/** Whether the file is in this state. */
export function isState(root: string, name: string, state: FileState | undefined): boolean {
  const found = stateAt(root, name);
  return found === undefined || state === undefined
    ? found === state
    : found.mode === state.mode && found.oid === state.oid;
}

/** The state of a file as a tree would have it; undefined where there is none. */
export function stateAt(root: string, name: string): FileState | undefined {
  const file = fileAt(root, name);
  if (!hasRealParents(root, name)) return undefined;
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (stat.isSymbolicLink())
    return { mode: symlink, oid: blobId(readlinkSync(file, { encoding: 'buffer' })) };
  if (stat.isDirectory()) return undefined;
  if (!stat.isFile()) return { mode: '000000', oid: '' };
  return { mode: stat.mode & 0o100 ? executable : '100644', oid: blobId(readFileSync(file)) };
}

const blobId = (content: Buffer): string =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

const fileAt = (root: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(root), slash, bytesOfPath(name)]);

/** A link among the parents would lead out of the project. */
function hasRealParents(root: string, name: string): boolean {
  const parts = name.split('/');
  for (let n = 1; n < parts.length; n++) {
    const stat = lstatSync(fileAt(root, parts.slice(0, n).join('/')), { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return false;
  }
  return true;
}

function put(root: string, name: string, mode: string, content: Buffer): void {
  const parent = name.split('/').slice(0, -1).join('/');
  if (parent !== '') {
    mkdirSync(fileAt(root, parent), { recursive: true });
    if (!hasRealParents(root, name)) throw new Error('a folder on its way is a link');
  }
  const file = fileAt(root, name);
  const draft = Buffer.concat([file, Buffer.from(`.clew-${process.pid}`)]);
  rmSync(draft, { force: true });
  if (mode === symlink) symlinkSync(content, draft);
  else {
    // The rest of the mode is the user's: as it was, or as new files get it.
    const old = lstatSync(file, { throwIfNoEntry: false });
    writeFileSync(draft, content, { flag: 'wx' });
    const base = old?.isFile() ? old.mode & 0o777 : lstatSync(draft).mode & 0o777;
    chmodSync(draft, mode === executable ? base | ((base & 0o444) >> 2) : base & ~0o111);
  }
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there?.isDirectory()) removeEmpty(file);
  renameSync(draft, file);
}

function remove(root: string, name: string): void {
  const file = fileAt(root, name);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat || stat.isDirectory()) return;
  unlinkSync(file);
  // Folders that this leaves empty are gone in git's eyes, too.
  const parts = name.split('/');
  for (let n = parts.length - 1; n > 0; n--) {
    const folder = fileAt(root, parts.slice(0, n).join('/'));
    if (readdirSync(folder).length > 0) break;
    rmdirSync(folder);
  }
}

/** A folder in a file's place may go only if nothing is in it but empty folders. */
function removeEmpty(folder: Buffer): void {
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    const inner = Buffer.concat([folder, slash, name]);
    if (lstatSync(inner).isDirectory()) removeEmpty(inner);
  }
  rmdirSync(folder);
}

function changedMeanwhile(names: readonly string[]): ClewError {
  const some = names.slice(0, 5).join(', ');
  return new ClewError(
    'CONFLICT',
    `changed just now, or in the way: ${some}${names.length > 5 ? ', …' : ''}`,
    'nothing was changed here; run the command again',
  );
}

function split<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const one of all) (test(one) ? yes : no).push(one);
  return [yes, no];
}
