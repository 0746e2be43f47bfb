// What it takes to take changes back: for each file the step from what it is now to what it would be without them.
import type { FileStep, Left } from './apply.ts';
import { mergeTexts } from './merge.ts';
import type { OnOverlap } from './merge.ts';
import { isRepository } from './objects.ts';
import type { FileState, Objects } from './objects.ts';

/** A change of one file that is to be taken back. `tree` is the state of the project right after it. */
export interface Reversal {
  readonly path: string;
  readonly before: FileState | undefined;
  readonly after: FileState | undefined;
  readonly tree: string;
}

export interface Conflict {
  readonly path: string;
  readonly why: string;
  /** The file with the places marked, where it is a text that both sides changed. */
  readonly marked?: string;
}

export interface RevertPlan {
  readonly steps: readonly FileStep[];
  readonly conflicts: readonly Conflict[];
  /** Repositories inside that are elsewhere now, which clew does not change. */
  readonly left: readonly Left[];
}

/** `reversals`: from the oldest to the latest. `now` is the tree of the files as they are. */
export function planRevert(
  objects: Objects,
  reversals: readonly Reversal[],
  now: string,
  onOverlap: OnOverlap = 'stop',
): RevertPlan {
  const trees = [...new Set(reversals.map((one) => one.tree))].filter((tree) => tree !== now);
  const since = new Map(
    objects
      .differences(trees.map((tree) => [tree, now] as const))
      .map((list, i) => [trees[i], new Map(list.map((one) => [one.path, one.after]))]),
  );
  const byPath = new Map<string, Reversal[]>();
  for (const one of reversals) byPath.set(one.path, [...(byPath.get(one.path) ?? []), one]);
  const steps: FileStep[] = [];
  const conflicts: Conflict[] = [];
  const left: Left[] = [];
  for (const [path, list] of byPath) {
    const latest = list.at(-1) as Reversal;
    const changed = since.get(latest.tree);
    const from = changed?.has(path) ? changed.get(path) : latest.after;
    if (list.some(isRepository)) {
      const wanted = list[0]?.before;
      if (!same(wanted, from)) left.push(leftRepository(path, from, wanted));
      continue;
    }
    if (isRepository({ before: from, after: undefined })) {
      conflicts.push({ path, why: 'is a repository now' });
      continue;
    }
    const found = revertFile(objects, path, chained(list), from, onOverlap);
    if ('why' in found) conflicts.push(found);
    else if (!same(found.to, from)) steps.push({ path, from, to: found.to });
  }
  return { steps, conflicts, left };
}

/** A repository inside that would have to be another one: why it stays as it is. */
export function leftRepository(
  path: string,
  now: FileState | undefined,
  wanted: FileState | undefined,
): Left {
  const isHere = isRepository({ before: now, after: undefined });
  const wasHere = isRepository({ before: wanted, after: undefined });
  const why =
    isHere && wasHere
      ? `its HEAD stays at ${now?.oid}: it was at ${wanted?.oid}`
      : isHere
        ? `stays: it is a repository, at ${now?.oid}`
        : `stays away: it was a repository, at ${wanted?.oid}`;
  return { path, why, isRepository: true };
}

/** Changes that follow each other directly are one. Latest first. */
function chained(list: readonly Reversal[]): Reversal[] {
  const chain: Reversal[] = [];
  for (const one of list.toReversed()) {
    const later = chain.at(-1);
    if (later && same(later.before, one.after)) chain[chain.length - 1] = { ...later, before: one.before };
    else chain.push(one);
  }
  return chain;
}

function revertFile(
  objects: Objects,
  path: string,
  latestFirst: readonly Reversal[],
  from: FileState | undefined,
  onOverlap: OnOverlap,
): { to: FileState | undefined } | Conflict {
  let at = from;
  for (const { before, after } of latestFirst) {
    const found = revertOne(objects, path, { now: at, base: after, wanted: before }, onOverlap);
    if ('why' in found) return found;
    at = found.to;
  }
  return { to: at };
}

interface Sides {
  readonly now: FileState | undefined;
  readonly base: FileState | undefined;
  readonly wanted: FileState | undefined;
}

function revertOne(
  objects: Objects,
  path: string,
  { now, base, wanted }: Sides,
  onOverlap: OnOverlap,
): { to: FileState | undefined } | Conflict {
  if (same(now, base)) return { to: wanted };
  if (same(now, wanted) || same(base, wanted)) return { to: now };
  if (onOverlap === 'theirs' && !(now && base && wanted)) return { to: wanted };
  if (!now) return { path, why: 'was deleted since' };
  if (!base) return { path, why: 'was deleted by the change, and made anew since' };
  if (!wanted) return { path, why: 'was made by the change, and changed since' };
  const mode = now.mode === base.mode ? wanted.mode : now.mode;
  if (now.oid === base.oid) return { to: { mode, oid: wanted.oid } };
  if (base.oid === wanted.oid) return { to: { mode, oid: now.oid } };
  const texts = [now, base, wanted].every((one) => one.mode.startsWith('100'));
  const contents = texts ? objects.contents([now.oid, base.oid, wanted.oid]) : undefined;
  const content = (state: FileState): Buffer => contents?.get(state.oid) ?? Buffer.alloc(0);
  const merged =
    contents && mergeTexts({ now: content(now), base: content(base), wanted: content(wanted) }, onOverlap);
  if (merged && (!merged.overlaps || onOverlap !== 'stop')) {
    const [oid = ''] = objects.keep([merged.content]);
    return { to: { mode, oid } };
  }
  if (onOverlap === 'theirs') return { to: wanted };
  return merged
    ? { path, why: 'the same lines were changed since', marked: merged.content.toString() }
    : { path, why: 'is no text, and was changed since' };
}

export function same(a: FileState | undefined, b: FileState | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.mode === b.mode && a.oid === b.oid;
}
