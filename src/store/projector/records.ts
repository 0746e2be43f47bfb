// Writes what was recorded on purpose. A record never changes: of several tellings the earliest stays.
import type { Database } from 'better-sqlite3';
import type { RecordRow } from '../rows.ts';
import type { Batch } from './batch.ts';

export function recordWriter(db: Database, batch: Batch) {
  const columns =
    'kind, at, session, run, operation, root, subject, parent, by, text, data, source, pos, told'.split(', ');
  const set = db.prepare(
    `INSERT INTO record(id, ${columns.join(', ')}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
     ON CONFLICT DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}
     WHERE (excluded.at, excluded.source, excluded.pos) < (at, source, pos)`,
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
        r.session,
      );
      if (r.session !== null) batch.sessions.add(r.session);
    },
  };
}
