// Writes what was recorded on purpose. A record never changes, so the first telling stays.
import type { Database } from 'better-sqlite3';
import type { RecordRow } from '../rows.ts';

export function recordWriter(db: Database) {
  const set = db.prepare(
    `INSERT OR IGNORE INTO record(id, kind, at, session, run, operation, root, subject, parent, by, text, data, source, pos)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
  );
  return {
    write(source: string, r: RecordRow): void {
      set.run(
        r.key,
        r.kind,
        r.at,
        r.session,
        r.run,
        r.operation,
        r.root,
        r.subject,
        r.parent,
        r.by,
        r.text,
        r.data === undefined || r.data === null ? null : JSON.stringify(r.data),
        source,
        r.pos,
      );
    },
  };
}
