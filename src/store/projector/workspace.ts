// Writes checkpoints and what clew did to a project's files. Each is told once, by clew itself.
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ActionRow, CheckpointRow } from '../rows.ts';

export function workspaceWriter(db: Database) {
  const setCheckpoint = db.prepare(
    `INSERT OR IGNORE INTO checkpoint(id, at, root, trigger, session, run, operation, tree, head, branch, late, why, message, inner, left_out)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  );
  const setList = db.prepare('INSERT OR IGNORE INTO list(id, items) VALUES (?,?)');
  const setAction = db.prepare(
    `INSERT OR IGNORE INTO action(id, at, root, kind, title, operations, reverts, before, after, detail)
     VALUES (?,?,?,?,?,?,?,?,?,?)`,
  );
  /** Writes a list unless the same one is known; gives its id. */
  function listed(list: unknown, length: number): string | null {
    if (length === 0) return null;
    const items = JSON.stringify(list);
    const id = createHash('sha256').update(items).digest('hex').slice(0, 20);
    setList.run(id, items);
    return id;
  }
  return {
    writeCheckpoint(c: CheckpointRow): void {
      setCheckpoint.run(
        c.key,
        c.at,
        c.root,
        c.trigger,
        c.session,
        c.run,
        c.operation,
        c.tree,
        c.head,
        c.branch,
        Number(c.late),
        c.why,
        c.message,
        listed(c.inner, c.inner.length),
        listed({ items: c.leftOut, more: c.leftOutMore }, c.leftOut.length),
      );
    },
    writeAction(a: ActionRow): void {
      setAction.run(
        a.key,
        a.at,
        a.root,
        a.kind,
        a.title,
        JSON.stringify(a.operations),
        a.reverts,
        a.before,
        a.after,
        JSON.stringify(a.detail ?? null),
      );
    },
  };
}
