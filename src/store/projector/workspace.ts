// Writes checkpoints and what clew did to a project's files. Each is told once, by clew itself.
import type { Database } from 'better-sqlite3';
import type { ActionRow, CheckpointRow } from '../rows.ts';

export function workspaceWriter(db: Database) {
  const setCheckpoint = db.prepare(
    `INSERT OR IGNORE INTO checkpoint(id, at, root, trigger, session, run, operation, tree, head, branch, late, why, message)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  );
  const setAction = db.prepare(
    `INSERT OR IGNORE INTO action(id, at, root, kind, title, operations, reverts, before, after, detail)
     VALUES (?,?,?,?,?,?,?,?,?,?)`,
  );
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
