// Of commits, which are recorded already.
import type { Db } from '../../store/index.ts';
import type { Seen } from './seen.ts';
import { treeOf } from './trees.ts';

/** Leaves out those that are recorded, unless there is more to be told of them. */
export function newOnes(db: Db, seen: readonly Seen[]): Seen[] {
  const isKnown = db.prepare<[string]>("SELECT 1 FROM record WHERE kind = 'commit' AND subject = ?");
  return seen.filter((one) => one.seen === 'hook' || !isKnown.get(one.sha));
}

/** Commits that were recorded lately: what sessions did by then may have been taken in only since. */
export function lateOnes(db: Db, since: number): Seen[] {
  const rows = db
    .prepare<[number], { sha: string; root: string; at: number; branch: string | null; seen: Seen['seen'] }>(
      `SELECT subject AS sha, root, at, json_extract(data, '$.branch') AS branch, json_extract(data, '$.seen') AS seen
       FROM record WHERE kind = 'commit' AND subject IS NOT NULL AND root IS NOT NULL AND at >= ?`,
    )
    .all(since);
  return rows.flatMap((row) => {
    const tree = treeOf(row.root);
    return tree ? [{ ...row, ...tree, rewrites: [] }] : [];
  });
}
