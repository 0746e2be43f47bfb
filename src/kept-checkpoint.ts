// A checkpoint by its id, where its files are kept.
import type { Kept } from './clew.ts';
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import { checkpointDetail, resolve } from './query/index.ts';
import type { CheckpointRow } from './query/index.ts';
import type { Db } from './store/index.ts';
import { keptTrees, markThinned } from './workspace/index.ts';

export type KeptCheckpoint = CheckpointRow & { readonly tree: string };

/** Throws NO_CHECKPOINT where its files were never taken, or were thinned out. */
export function keptCheckpoint(db: Db, clewHome: string, given: string): KeptCheckpoint {
  const { id } = resolve(db, given, ['checkpoint']);
  const row = checkpointDetail(db, id);
  if (row?.tree) {
    requireKept(clewHome, [row.tree], `checkpoint ${given}`);
    return { ...row, tree: row.tree };
  }
  throw new ClewError(
    'NO_CHECKPOINT',
    `checkpoint ${given} holds no files${row?.why ? `: ${row.why}` : ''}`,
    '`clew checkpoints` lists what there is',
  );
}

/** Throws NO_CHECKPOINT where one of these trees was thinned out. */
export function requireKept(clewHome: string, trees: readonly string[], what: string): void {
  const kept = keptTrees(clewHome);
  if (trees.every((tree) => kept.has(tree))) return;
  throw new ClewError(
    'NO_CHECKPOINT',
    `${what} is too long ago: the files of that moment are no longer kept`,
    'of old turns the first and the last checkpoint are; `clew checkpoints` lists them',
  );
}

/** A checkpoint, with whether its files are still kept. */
export function keptOrNot<T extends CheckpointRow>({ clewHome }: Context, row: T): Kept<T> {
  const [one] = markThinned(clewHome, [row]);
  return one ?? { ...row, thinned: false };
}
