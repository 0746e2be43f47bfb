// What there is to replay: the steps of a session, and, asked for when a step is shown, the diffs of what it changed and
// the files as of it.
import { ClewError } from '../../model/index.ts';
import type { ChangeRow, CheckpointFiles, Clew, EffectRow, FileContent } from '../../index.ts';
import { stepsOf } from './steps.ts';
import type { Step } from './steps.ts';

export interface StepChange extends Omit<ChangeRow, 'undoOperationId'> {
  /** Operations that ran at the same time and may have made it. */
  readonly sharedWith: readonly string[];
}

export interface Recording {
  readonly session: string;
  readonly title: string | null;
  readonly workspace: string | null;
  readonly steps: readonly Step[];
  readonly changesOf: (step: Step) => readonly StepChange[];
  /** All files as of the step, or why they are not known. */
  readonly filesAt: (step: Step) => CheckpointFiles | string;
  /** What was in one of them. */
  readonly fileAt: (step: Step, path: string) => FileContent | string;
}

/** Each diff may cost a call of git, and a formatter changes thousands of files: behind these, changes have none. */
const mostDiffs = 100;

export function recordingOf(clew: Clew, given: string): Recording {
  const { id: session, title, workspace, runs } = clew.session(given);
  const own = clew.checkpoints({ session });
  const rootOf = remember((checkpoint: string) => clew.checkpoint(checkpoint).root);
  return {
    session,
    title,
    workspace,
    steps: stepsOf(clew.timeline(session).entries, runs, own),
    changesOf: remember((step: Step) => changesOf(clew, rootOf, step)),
    filesAt: latest((step: Step) => kept(step, (id) => clew.checkpointFiles(id))),
    fileAt: (step, path) => kept(step, (id) => clew.checkpointFile(id, path)),
  };
}

function kept<T>({ checkpoint }: Step, look: (id: string) => T): T | string {
  if (checkpoint === null) return 'No checkpoint from here or before. `clew init` has them taken.';
  try {
    return look(checkpoint);
  } catch (error) {
    if (!(error instanceof ClewError)) throw error;
    if (error.code === 'NO_CHECKPOINT')
      return 'The files of this step are no longer kept: old checkpoints are thinned out.';
    return 'There was no such file.';
  }
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

/** A project may have very many files: those of one step are kept at hand. */
function latest<K, V>(make: (key: K) => V): (key: K) => V {
  let last: { readonly key: K; readonly value: V } | undefined;
  return (key) => (last = last?.key === key ? last : { key, value: make(key) }).value;
}
