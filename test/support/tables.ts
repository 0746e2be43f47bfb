// Whole tables of an index, for comparing two. Entry ids are the order of arrival and mean nothing; how a source was
// cut into frames, and what its file looked like, are no content either.
import Database from 'better-sqlite3';
import path from 'node:path';

const order: Readonly<Record<string, string>> = {
  entry: 'key',
  copy: 'key, source',
  message: 'id',
  message_copy: 'id, source',
  operation: 'id',
  change: 'operation, path',
  run: 'session, id',
  session_value: 'session, name, value',
  session: 'id',
  kin: 'session, other',
  oddity: 'source, kind, what',
  redaction: 'source, rule',
};

export type Tables = Readonly<Record<string, readonly unknown[]>>;

export function tablesOf(clewHome: string): Tables {
  const db = new Database(path.join(clewHome, 'index.db'), { readonly: true });
  try {
    const tables: Record<string, readonly unknown[]> = {};
    for (const [name, by] of Object.entries(order)) {
      const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${name} ORDER BY ${by}`).all();
      tables[name] = rows.map(({ id, ...row }) => (name === 'entry' ? row : { id, ...row }));
    }
    return tables;
  } finally {
    db.close();
  }
}

/** Source rows and frames, which must come back equal from a reindex, though not from another way of cutting. */
export function positionsOf(clewHome: string): Tables {
  const db = new Database(path.join(clewHome, 'index.db'), { readonly: true });
  try {
    return {
      source: db.prepare('SELECT * FROM source ORDER BY id').all(),
      frame: db.prepare('SELECT * FROM frame ORDER BY source, at').all(),
    };
  } finally {
    db.close();
  }
}
