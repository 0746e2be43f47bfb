// What clew did to files, and which of it still stands: an undo that was itself taken back no longer does.
import type { Db } from './open.ts';

export interface StoredAction {
  readonly id: string;
  readonly at: number;
  readonly root: string;
  readonly kind: string;
  readonly title: string;
  /** JSON: a list of ids. */
  readonly operations: string;
  readonly reverts: string | null;
  readonly before: string;
  readonly after: string;
  /** JSON. */
  readonly detail: string;
}

/** Actions that nothing has taken back, the latest first; of one project, or of all. */
export function liveActions(db: Db, root?: string): StoredAction[] {
  const all = db
    .prepare<unknown[], StoredAction>(
      `SELECT * FROM action ${root === undefined ? '' : 'WHERE root = ?'} ORDER BY at DESC, id`,
    )
    .all(...(root === undefined ? [] : [root]));
  const dead = new Set<string>();
  // From the latest on: one that was itself taken back takes nothing back.
  return all.filter((one) => {
    if (dead.has(one.id)) return false;
    if (one.reverts !== null) dead.add(one.reverts);
    return true;
  });
}

/** The undo that took each operation back, where it still stands. */
export function undoneOperations(db: Db, root?: string): Map<string, string> {
  const undone = new Map<string, string>();
  for (const action of liveActions(db, root))
    if (action.kind === 'undo')
      for (const operation of JSON.parse(action.operations) as string[])
        if (!undone.has(operation)) undone.set(operation, action.id);
  return undone;
}
