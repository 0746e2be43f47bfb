// Filters of sessions as SQL. Values are always bound, never part of the text.
import type { SessionFilter } from './types.ts';
import { ftsQuery } from './fts.ts';

export interface Where {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

const contains = (column: string): string => `instr(lower(${column}), lower(?)) > 0`;

/** Conditions on `session s`; status is decided afterwards, as it depends on the moment. */
export function whereSession(filter: SessionFilter): Where {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (sql: string, ...bound: (string | number)[]): void => {
    conditions.push(sql);
    values.push(...bound);
  };
  if (filter.project)
    add(
      `(${contains("coalesce(s.project, '')")} OR ${contains("coalesce(s.workspace, '')")})`,
      filter.project,
      filter.project,
    );
  if (filter.agent) add('s.agent = ?', filter.agent);
  if (filter.model) add(contains('s.models'), filter.model);
  if (filter.since !== undefined) add('s.ended_at >= ?', filter.since);
  if (filter.until !== undefined) add('s.started_at <= ?', filter.until);
  const words = filter.text && ftsQuery(filter.text);
  if (filter.text && words)
    add(
      `(${contains("coalesce(s.title, '')")} OR s.id IN (SELECT e.session FROM search f JOIN entry e ON e.id = f.rowid WHERE f.search MATCH ?))`,
      filter.text,
      words,
    );
  return { sql: conditions.length > 0 ? conditions.join(' AND ') : '1', values };
}
