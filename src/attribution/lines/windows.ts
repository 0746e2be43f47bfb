// Between which two checkpoints each commit was made, and by what: the moves of HEAD that git noted, put in order with what
// HEAD was at each checkpoint. Git notes whole seconds, so clocks alone do not tell; where several steps are possible, all are
// named.
import { isMadeHere } from '../commits/reflog.ts';
import type { Move } from '../commits/reflog.ts';
import type { Step } from './steps.ts';

/**
 * `written`: by `git commit`; `copied`: by a rebase, a cherry-pick and the like, out of what was there; `foreign`: not here,
 * or nothing tells.
 */
export type Made = 'written' | 'copied' | 'foreign';

export interface Windows {
  /** How each commit was made here; in the order in which they were. */
  readonly made: ReadonlyMap<string, Made>;
  /** The steps in which each may have been made, in order; none for one that no checkpoint has followed yet. */
  readonly stepsOf: ReadonlyMap<string, readonly Step[]>;
  /** Those made before the first checkpoint of their working tree. */
  readonly earlier: ReadonlySet<string>;
  /** The working tree that each was made in. */
  readonly rootOf: ReadonlyMap<string, string>;
  /** Steps in which git may have changed files other than by committing them. */
  readonly touched: ReadonlySet<Step>;
}

export interface Tree {
  readonly root: string;
  readonly steps: readonly Step[];
  readonly moves: readonly Move[];
}

const secondMs = 1000;
/** Out of a file of patches. */
const isFromOutside = (told: string): boolean => told.startsWith('am:');
const isWritten = (told: string): boolean => /^commit(?: \((?:initial|amend)\))?:/.test(told);
const madeBy = (told: string): Made =>
  isWritten(told) ? 'written' : isFromOutside(told) ? 'foreign' : 'copied';

/** `seenAt`: when a hook told of a commit, milliseconds. */
export function windowsOf(
  trees: readonly Tree[],
  seenAt: (sha: string) => number | undefined = () => undefined,
): Windows {
  const made = new Map<string, Made>();
  const stepsOf = new Map<string, Step[]>();
  const rootOf = new Map<string, string>();
  const earlier = new Set<string>();
  const touched = new Set<Step>();
  for (const { root, steps, moves } of trees) {
    const [first] = steps;
    const bounds = first
      ? boundsOf(moves, [{ at: first.fromAt, head: first.fromHead, branch: first.fromBranch }, ...steps])
      : [];
    let last = 1;
    for (const [m, { after, told }] of moves.entries()) {
      const isNew = isMadeHere(told) && !made.has(after);
      if (isNew) {
        made.set(after, madeBy(told));
        rootOf.set(after, root);
      }
      if (!first) continue;
      if (m < (bounds[0]?.least ?? 0)) {
        if (isNew) earlier.add(after);
        continue;
      }
      while (last < bounds.length && (bounds[last]?.most ?? 0) <= m) last++;
      const possible: Step[] = [];
      for (let k = last; k < bounds.length && (bounds[k - 1]?.least ?? 0) <= m; k++)
        possible.push(steps[k - 1] as Step);
      if (!isWritten(told)) for (const step of possible) touched.add(step);
      if (!isNew) continue;
      const at = seenAt(after);
      const then = at === undefined ? [] : possible.filter((step) => step.fromAt <= at && at <= step.at);
      stepsOf.set(after, then.length > 0 ? then : possible);
    }
    for (const step of steps)
      if (step.head !== step.fromHead && step.head !== null && !made.has(step.head)) touched.add(step);
  }
  return { made, stepsOf, earlier, rootOf, touched };
}

interface Bounds {
  /** How many moves had been made, at the least and at the most. */
  least: number;
  most: number;
}

/** At each checkpoint, from what HEAD was then, and from clocks. */
function boundsOf(moves: readonly Move[], points: readonly Pick<Step, 'at' | 'head' | 'branch'>[]): Bounds[] {
  const bounds: Bounds[] = [];
  let least = 0;
  let begun = 0;
  for (const { at, head, branch } of points) {
    while (least < moves.length && (moves[least]?.at ?? 0) + secondMs <= at) least++;
    while (begun < moves.length && (moves[begun]?.at ?? 0) <= at) begun++;
    const leads = (n: number): boolean => {
      const move = moves[n - 1];
      if (move?.after !== head) return false;
      return branch === null || move.branch === null || branch === `refs/heads/${move.branch}`;
    };
    let low = least;
    while (low < begun && !leads(low)) low++;
    let high = begun;
    while (high > low && !leads(high)) high--;
    least = leads(low) ? low : least;
    bounds.push({ least, most: leads(low) ? high : Math.max(least, begun) });
  }
  for (let k = bounds.length - 2; k >= 0; k--) {
    const [one, next] = [bounds[k], bounds[k + 1]];
    if (one && next) one.most = Math.min(one.most, next.most);
  }
  return bounds;
}
