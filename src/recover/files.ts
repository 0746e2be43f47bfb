// The files that a session changed, as it left them.
import type { HandoffFile } from './types.ts';
import type { Story } from './story.ts';

/** By path. What was changed after the last commit that the record knows of is marked as uncommitted. */
export function filesOf({ entries }: Story): HandoffFile[] {
  const files = new Map<string, HandoffFile>();
  const committed = entries.findLastIndex((entry) => entry.kind === 'commit');
  for (const [i, { operation }] of entries.entries()) {
    for (const change of operation?.changes ?? []) {
      const known = files.get(change.path);
      const added = (known?.added ?? 0) + change.added;
      const removed = (known?.removed ?? 0) + change.removed;
      files.set(change.path, {
        path: change.path,
        kind: change.kind === 'update' ? (known?.kind === 'create' ? 'create' : 'update') : change.kind,
        added,
        removed,
        uncommitted: i > committed,
        operation: operation?.id ?? '',
      });
    }
  }
  return [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
