// Between which two checkpoints each commit was made, and by what: the moves of HEAD that git noted, put in order with what
// HEAD was at each checkpoint. Clocks are needed only where that leaves a choice, as git notes whole seconds.
import { isMadeHere } from '../commits/reflog.ts';
import type { Move } from '../commits/reflog.ts';
import type { Step } from './steps.ts';

/**
 * `written`: by `git commit`; `copied`: by a rebase, a cherry-pick and the like, out of what was there; `foreign`: not here,
 * or nothing tells.
 */
export type Made = 'written' | 'copied' | 'foreign';

export interface Windows {
  /** How each commit was made here. */
  readonly made: ReadonlyMap<string, Made>;
  /** The step in which each was made; undefined for one that no checkpoint has followed yet. */
  readonly stepOf: ReadonlyMap<string, Step | undefined>;
  /** Those made before the first checkpoint of their working tree. */
  readonly earlier: ReadonlySet<string>;
  /** The working tree that each was made in. */
  readonly rootOf: ReadonlyMap<string, string>;
  /** Steps in which git has changed files other than by committing them. */
  readonly touched: ReadonlySet<Step>;
}

const secondMs = 1000;
/** Out of a file of patches. */
const isFromOutside = (told: string): boolean => told.startsWith('am:');
const isWritten = (told: string): boolean => /^commit(?: \((?:initial|amend)\))?:/.test(told);

export function windowsOf(
  roots: readonly {
    readonly root: string;
    readonly steps: readonly Step[];
    readonly moves: readonly Move[];
  }[],
): Windows {
  const made = new Map<string, Made>();
  const stepOf = new Map<string, Step | undefined>();
  const rootOf = new Map<string, string>();
  const earlier = new Set<string>();
  const touched = new Set<Step>();
  for (const { root, steps, moves } of roots) {
    for (const { after, told } of moves) {
      if (!isMadeHere(told) || made.has(after)) continue;
      made.set(after, isWritten(told) ? 'written' : isFromOutside(told) ? 'foreign' : 'copied');
      rootOf.set(after, root);
    }
    const [first] = steps;
    if (!first) continue;
    let done = movesUntil(moves, 0, first.fromAt, first.fromHead);
    for (const { after } of moves.slice(0, done)) earlier.add(after);
    for (const step of steps) {
      const end = movesUntil(moves, done, step.at, step.head);
      for (; done < end; done++) {
        const { after, told } = moves[done] as Move;
        if (isMadeHere(told) && !stepOf.has(after)) stepOf.set(after, step);
        if (!isWritten(told)) touched.add(step);
      }
      if (step.head !== step.fromHead && step.head !== null && !made.has(step.head)) touched.add(step);
    }
    for (const { after, told } of moves.slice(done))
      if (isMadeHere(told) && !stepOf.has(after)) stepOf.set(after, undefined);
  }
  return { made, stepOf, earlier, rootOf, touched };
}

/** How many moves had been made at a checkpoint: as few as the clock allows that lead to what HEAD was then. */
function movesUntil(moves: readonly Move[], from: number, at: number, head: string | null): number {
  let least = from;
  while (least < moves.length && (moves[least]?.at ?? 0) + secondMs <= at) least++;
  for (let n = least; n <= moves.length; n++) {
    if (n > 0 && moves[n - 1]?.after === head) return n;
    if ((moves[n]?.at ?? Infinity) > at) break;
  }
  return least;
}
