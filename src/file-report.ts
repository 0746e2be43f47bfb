// What an undo, a redo or a restore does in a project and in the repositories inside of it, told as one.
import path from 'node:path';
import type { Conflict, FileStep, Left, objectsOf } from './workspace/index.ts';

/** What was, or would be, done to files. */
export interface FileReport {
  readonly kind: 'undo' | 'redo' | 'restore';
  readonly title: string;
  readonly root: string;
  readonly dryRun: boolean;
  /** False where nothing was changed, as something is in the way. */
  readonly done: boolean;
  /** The action's id, by which it can itself be undone. */
  readonly action: string | null;
  readonly files: readonly { readonly path: string; readonly kind: 'create' | 'update' | 'delete' }[];
  readonly conflicts: readonly Conflict[];
  /** Files that could not be changed, and why. */
  readonly left: readonly Left[];
  /** Files that appeared since the checkpoint and were kept. */
  readonly kept: readonly string[];
  /** Unified diff of what was, or would be, changed. */
  readonly diff: string;
}

/** What is planned in one root. */
export interface Plan {
  readonly root: string;
  readonly title: string;
  readonly session?: string | null;
  readonly operations: readonly string[];
  readonly reverts: string | null;
  readonly steps: readonly FileStep[];
  readonly conflicts: readonly Conflict[];
  readonly left: readonly Left[];
  readonly kept?: readonly string[];
}

export interface Part {
  readonly root: string;
  /** What to do where the files are those of this tree. */
  readonly planOn: (now: string) => Plan;
}

/** What stands before the paths of a root in those of the folder above: nothing for that itself. */
export const below = (top: string, root: string): string =>
  root === top ? '' : `${path.relative(top, root)}/`;

/** `now` and `after`: the trees of each root before and after its steps. */
export function reportOf(
  objects: ReturnType<typeof objectsOf>,
  kind: FileReport['kind'],
  top: string,
  plans: readonly (Plan & { readonly now: string; readonly after: string })[],
  dryRun: boolean,
  left: readonly Left[],
): FileReport {
  const all = <T>(pick: (plan: Plan) => readonly T[], place: (one: T, prefix: string) => T): T[] =>
    plans.flatMap((plan) => pick(plan).map((one) => place(one, below(top, plan.root))));
  const placed = <T extends { readonly path: string }>(one: T, prefix: string): T => ({
    ...one,
    path: prefix + one.path,
  });
  return {
    kind,
    title: plans[0]?.title ?? '',
    root: top,
    dryRun,
    done: false,
    action: null,
    files: all(({ steps }) => steps, placed).map(({ path: name, from, to }) => ({
      path: name,
      kind: from ? (to ? ('update' as const) : ('delete' as const)) : ('create' as const),
    })),
    conflicts: all((plan) => plan.conflicts, placed),
    left: [...all((plan) => plan.left, placed), ...left],
    kept: all(
      (plan) => plan.kept ?? [],
      (name, prefix) => prefix + name,
    ),
    diff: plans
      .map(({ root, now, after }) => objects.patch(now, after, { prefix: below(top, root) }))
      .join(''),
  };
}
