// Changes that no record holds the diff of, such as those of commands: the checkpoints around them hold both contents.
import type { ChangeRow } from './query/index.ts';
import type { Db } from './store/index.ts';
import { keptTrees, objectsOf } from './workspace/index.ts';

/** The same changes; `partial` where no checkpoint is left that tells. */
export function withDiffs(
  db: Db,
  clewHome: string,
  operation: string,
  changes: readonly ChangeRow[],
): readonly ChangeRow[] {
  const objects = objectsOf(clewHome);
  const trees = db.prepare<[string, string, string], { root: string; before: string; after: string }>(
    `SELECT c.root, p.tree AS before, c.tree AS after FROM effect_of o JOIN checkpoint c ON c.id = o.checkpoint
     JOIN step s ON s.checkpoint = c.id JOIN checkpoint p ON p.id = s.previous
     WHERE o.operation = ? AND ? = c.root || '/' || o.path AND o.path = substr(?, length(c.root) + 2)`,
  );
  const kept = keptTrees(clewHome);
  return changes.map((change) => {
    if (change.diff !== '') return change;
    const diff = trees
      .all(operation, change.path, change.path)
      .filter(({ before, after }) => kept.has(before) && kept.has(after))
      .map(({ root, before, after }) =>
        objects.patch(before, after, { paths: [change.path.slice(root.length + 1)] }),
      )
      .join('');
    // From the first hunk on, as other changes have it.
    const at = diff.indexOf('\n@@');
    return { ...change, diff: at < 0 ? diff : diff.slice(at + 1), partial: diff === '' };
  });
}
