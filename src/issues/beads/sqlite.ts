// beads in SQLite: 0.9.1 to 0.50, and `br`.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ClewError } from '../../model/index.ts';
import { byId, issueCapabilities } from '../tracker.ts';
import type { Issue, Tracker } from '../tracker.ts';
import { columnsIn, reading } from './database.ts';
import type { BeadsDb } from './database.ts';
import type { BeadsRecord } from './record.ts';
import { issuesOfRows, queriesFor } from './rows.ts';

/** `jsonl`: the export beside it, which git may have brought newer. */
export function sqliteTracker(file: string, project: string, jsonl?: string): Tracker {
  const read = (id?: string): Issue[] => reading(file, (db) => issuesIn(db, file, id));
  return {
    name: 'beads (SQLite)',
    place: file,
    project,
    capabilities: issueCapabilities,
    list: async () => read(),
    get: async (id) => read(id)[0],
    warnings: async () =>
      jsonl !== undefined && isNews(jsonl, file)
        ? [`${jsonl} has changed, and ${file} does not hold that yet: \`bd sync\` takes it in`]
        : [],
  };
}

function issuesIn(db: BeadsDb, file: string, id: string | undefined): Issue[] {
  const all = queriesFor(columnsIn(db), id !== undefined);
  if (all.length === 0)
    throw new ClewError(
      'UNREADABLE',
      `${file}: no table of issues`,
      'it is no database of beads, or an empty one: `bd init` makes it',
    );
  const rows = (sql: string | null): BeadsRecord[] =>
    sql === null ? [] : db.prepare<unknown[], BeadsRecord>(sql).all(...(sql.includes('?') ? [id] : []));
  return all
    .flatMap((queries) =>
      issuesOfRows(
        {
          issues: rows(queries.issues),
          labels: rows(queries.labels),
          dependencies: rows(queries.dependencies),
          comments: rows(queries.comments),
          custom: rows(queries.custom),
        },
        id === undefined,
      ),
    )
    .sort(byId);
}

/** beads keeps the SHA-256 of the JSONL that it last wrote or took in; 0.9 to 0.24 under the first name. */
const hashNames = ['last_import_hash', 'jsonl_content_hash'];

function isNews(jsonl: string, file: string): boolean {
  try {
    const known = reading(file, (db) =>
      columnsIn(db)('metadata').has('value')
        ? db
            .prepare<string[], string>('SELECT value FROM metadata WHERE key IN (?, ?)')
            .pluck()
            .all(...hashNames)
        : [],
    );
    const hash = createHash('sha256').update(readFileSync(jsonl)).digest('hex');
    return known.length > 0 && !known.includes(hash);
  } catch {
    return false;
  }
}

/** Whether it is a database of beads' at all. */
export function holdsIssues(file: string): boolean {
  try {
    return reading(file, (db) => columnsIn(db)('issues').has('id'));
  } catch {
    return false;
  }
}

/** How many issues were changed since beads last wrote its JSONL. */
export function dirtyIssues(file: string): number {
  try {
    return reading(file, (db) =>
      columnsIn(db)('dirty_issues').size === 0
        ? 0
        : (db.prepare<[], number>('SELECT count(*) FROM dirty_issues').pluck().get() ?? 0),
    );
  } catch {
    return 0;
  }
}
