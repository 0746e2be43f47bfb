// What there is to replay: the steps of a session, and, asked for when a step is shown, the diffs of what it changed and
// what had become of the files by then.
import { ClewError } from '../../model/index.ts';
import type { ChangeRow, CheckpointRow, Clew, EffectRow } from '../../index.ts';
import { stepsOf } from './steps.ts';
import type { Step } from './steps.ts';

export interface StepChange extends Omit<ChangeRow, 'undoOperationId'> {
  /** Operations that ran at the same time and may have made it. */
  readonly sharedWith: readonly string[];
}

/** The files that differ from the session's first checkpoint, whoever changed them. */
export interface FilesThen {
  readonly checkpoint: string;
  readonly root: string;
  readonly files: readonly { readonly path: string; readonly kind: EffectRow['kind'] }[];
}

export interface Recording {
  readonly session: string;
  readonly title: string | null;
  readonly workspace: string | null;
  readonly steps: readonly Step[];
  readonly changesOf: (step: Step) => readonly StepChange[];
  readonly filesAt: (step: Step) => FilesThen | null;
}

/** Each diff may cost a call of git, and a formatter changes thousands of files: behind these, changes have none. */
const mostDiffs = 100;

export function recordingOf(clew: Clew, given: string): Recording {
  const { id: session, title, workspace, runs } = clew.session(given);
  const own = clew.checkpoints({ session });
  const rootOf = remember((checkpoint: string) => clew.checkpoint(checkpoint).root);
  const inRoot = remember((root: string) => clew.checkpoints({ root }).toReversed());
  return {
    session,
    title,
    workspace,
    steps: stepsOf(clew.timeline(session).entries, runs, own),
    changesOf: remember((step: Step) => changesOf(clew, rootOf, step)),
    filesAt: remember(({ checkpoint }: Step) => {
      const then = own.find((one) => one.id === checkpoint);
      return then ? filesThen(clew, then, own, inRoot(then.root)) : null;
    }),
  };
}

function changesOf(
  clew: Clew,
  rootOf: (checkpoint: string) => string,
  { entry: { operation } }: Step,
): StepChange[] {
  if (!operation) return [];
  const effects = Map.groupBy(clew.effects(operation.id), (one) => `${rootOf(one.checkpoint)}/${one.path}`);
  const told = new Set(operation.changes.map((change) => change.path));
  // What one of several operations did is in the changes of none.
  const shared = [...effects].flatMap(([path, [first]]) =>
    first && !told.has(path)
      ? [{ path, kind: first.kind, added: 0, removed: 0, diff: '', partial: true, undoOperationId: null }]
      : [],
  );
  const all = [...operation.changes, ...shared];
  const known = [...withDiffs(clew, operation.id, all.slice(0, mostDiffs)), ...all.slice(mostDiffs)];
  return known.map(({ path, kind, added, removed, diff, partial }) => {
    const lines = told.has(path) ? { added, removed } : counts(diff);
    return { path, kind, ...lines, diff, partial, sharedWith: others(effects.get(path) ?? [], operation.id) };
  });
}

/** Checkpoints are thinned out with time: a diff that is gone is no failure. */
function withDiffs(clew: Clew, operation: string, changes: readonly ChangeRow[]): readonly ChangeRow[] {
  try {
    return clew.withDiffs(operation, changes);
  } catch (error) {
    if (error instanceof ClewError) return changes;
    throw error;
  }
}

const counts = (diff: string): Pick<ChangeRow, 'added' | 'removed'> => ({
  added: diff.match(/^\+/gm)?.length ?? 0,
  removed: diff.match(/^-/gm)?.length ?? 0,
});

const others = (effects: readonly EffectRow[], operation: string): string[] => [
  ...new Set(
    effects.flatMap((one) => (one.by === 'shared' ? one.operations.filter((id) => id !== operation) : [])),
  ),
];

/** `inRoot`: all of the project, the first one first. */
function filesThen(
  clew: Clew,
  then: CheckpointRow,
  own: readonly CheckpointRow[],
  inRoot: readonly CheckpointRow[],
): FilesThen {
  const first = own.findLast((one) => one.root === then.root && one.tree !== null);
  const from = inRoot.findIndex((one) => one.id === first?.id) + 1;
  const to = inRoot.findIndex((one) => one.id === then.id) + 1;
  const effects = inRoot
    .slice(from, to)
    .filter((one) => one.changed > 0)
    .flatMap((one) => clew.checkpoint(one.id).effects);
  const files = [...Map.groupBy(effects, (one) => one.path)].flatMap(([path, all]) => {
    const [before, after] = [all[0], all.at(-1)];
    // There and back again.
    if (!before || !after || (before.before === after.after && before.beforeMode === after.afterMode))
      return [];
    const kind = before.before === null ? 'create' : after.after === null ? 'delete' : 'update';
    return [{ path, kind } as const];
  });
  return {
    checkpoint: then.id,
    root: then.root,
    files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

function remember<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}
