// Bringing back the state that a checkpoint holds.
import type { Db } from '../store/index.ts';
import type { FileStep, Left } from './apply.ts';
import { isRepository } from './objects.ts';
import type { Objects } from './objects.ts';
import { leftRepository } from './revert.ts';

export interface RestorePlan {
  readonly steps: readonly FileStep[];
  /** Files that appeared since and are nobody's that clew knows: they stay, unless they are to be cleaned away. */
  readonly kept: readonly string[];
  /** Repositories inside that are elsewhere now. */
  readonly left: readonly Left[];
}

/** From the tree `now` to the checkpoint's. `paths`: only these files, or what is below these folders. */
export function planRestore(
  db: Db,
  objects: Objects,
  checkpoint: { readonly root: string; readonly tree: string; readonly at: number },
  now: string,
  options: { readonly paths?: readonly string[]; readonly clean?: boolean } = {},
): RestorePlan {
  const { paths = [], clean = false } = options;
  const [differences = []] = objects.differences([[now, checkpoint.tree]]);
  const isWanted = (name: string): boolean =>
    paths.length === 0 || paths.some((one) => one === '' || name === one || name.startsWith(`${one}/`));
  const made = madeSince(db, checkpoint.root, checkpoint.at);
  const steps: FileStep[] = [];
  const kept: string[] = [];
  const left: Left[] = [];
  for (const { path, before, after } of differences) {
    if (!isWanted(path)) continue;
    if (isRepository({ before, after })) left.push(leftRepository(path, before, after));
    else if (after === undefined && !clean && !made.has(path)) kept.push(path);
    else steps.push({ path, from: before, to: after });
  }
  return { steps, kept, left };
}

/** Files that operations, or clew, made since. */
function madeSince(db: Db, root: string, at: number): Set<string> {
  const rows = db
    .prepare<[string, number], { path: string }>(
      `SELECT DISTINCT e.path FROM effect e JOIN checkpoint c ON c.id = e.checkpoint
       WHERE c.root = ? AND c.at > ? AND e.before_oid IS NULL AND e.by <> 'user'`,
    )
    .all(root, at);
  return new Set(rows.map((row) => row.path));
}
