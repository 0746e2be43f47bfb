// Full-text search over prompts, answers, commands, paths, diffs and errors.
import { ClewError } from '../model/index.ts';
import type { EntryKind } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { whereSession } from './filter.ts';
import { ftsQuery } from './fts.ts';
import { iso, statusOf } from './rows.ts';
import type { Moment, StoredSession } from './rows.ts';
import type { SearchFilter, SearchHit } from './types.ts';

interface Stored extends StoredSession {
  readonly key: string;
  readonly kind: EntryKind;
  readonly at: number;
  readonly snippet: string;
}

const defaultLimit = 50;

/** Hits, the latest first. Throws BAD_INPUT where there is no word to search for. */
export function searchEntries(db: Db, moment: Moment, words: string, filter: SearchFilter = {}): SearchHit[] {
  const query = ftsQuery(words);
  if (query === undefined)
    throw new ClewError(
      'BAD_INPUT',
      `there is no word to search for in "${words}"`,
      'give at least one letter or digit',
    );
  const where = whereSession(filter);
  const kinds = filter.kinds && filter.kinds.length > 0 ? filter.kinds : undefined;
  const limit = filter.limit ?? defaultLimit;
  // The latest entries have the highest ids, or nearly so: enough of them are taken, and then put in order of time.
  const rows = db
    .prepare<unknown[], Stored>(
      `SELECT s.*, e.key, e.kind, e.at, snippet(search, 0, '«', '»', '…', 24) AS snippet
       FROM search JOIN entry e ON e.id = search.rowid JOIN session s ON s.id = e.session
       WHERE search MATCH ? AND ${where.sql} ${kinds ? `AND e.kind IN (${kinds.map(() => '?').join(',')})` : ''}
       ORDER BY search.rowid DESC`,
    )
    .iterate(query, ...where.values, ...(kinds ?? []));
  const hits: (SearchHit & { readonly time: number })[] = [];
  for (const row of rows) {
    if (filter.status !== undefined && statusOf(row, moment) !== filter.status) continue;
    hits.push({
      session: row.id,
      title: row.title,
      project: row.project,
      key: row.key,
      kind: row.kind,
      at: iso(row.at),
      operation: operationOf(row),
      snippet: row.snippet,
      time: row.at,
    });
    if (hits.length >= limit) break;
  }
  return hits.toSorted((a, b) => b.time - a.time || (a.key < b.key ? -1 : 1)).map(withoutTime);
}

function withoutTime({ time, ...hit }: SearchHit & { readonly time: number }): SearchHit {
  void time;
  return hit;
}

/** What belongs to an operation has the operation's id at the beginning of its key. */
function operationOf({ key, kind }: Stored): string | null {
  if (kind === 'operation') return key;
  const bar = key.indexOf('|');
  return bar > 0 && kind !== 'attachment' && kind !== 'pull_request' ? key.slice(0, bar) : null;
}
