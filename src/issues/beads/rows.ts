// From the rows of beads' tables to issues, for SQLite and Dolt alike. Which tables and columns there are is asked for, never
// concluded from a version.
import { byId } from '../tracker.ts';
import type { Issue } from '../tracker.ts';
import { categoriesOf, issueOf } from './record.ts';
import type { BeadsRecord } from './record.ts';

/** The queries that issues are made of; null where there is no such table. */
export interface Queries {
  readonly issues: string;
  readonly labels: string | null;
  readonly dependencies: string | null;
  readonly comments: string | null;
  readonly custom: string | null;
}

/** Undefined where it is no database of beads'. `id`: only that issue, bound to each `?`. */
export function queriesFor(
  columns: (table: string) => ReadonlySet<string>,
  oneOnly: boolean,
): Queries | undefined {
  if (!columns('issues').has('id')) return undefined;
  const where = (column: string): string => (oneOnly ? ` WHERE ${column} = ?` : '');
  const dependency = columns('dependencies');
  const targets = [
    'depends_on_issue_id',
    'depends_on_wisp_id',
    'depends_on_external',
    'depends_on_id',
  ].filter((name) => dependency.has(name));
  const target = targets.length > 1 ? `COALESCE(${targets.join(', ')})` : targets[0];
  return {
    issues: `SELECT * FROM issues${where('id')}`,
    labels: columns('labels').has('label')
      ? `SELECT issue_id, label FROM labels${where('issue_id')} ORDER BY issue_id, label`
      : null,
    dependencies:
      target === undefined
        ? null
        : `SELECT issue_id, ${target} AS depends_on_id, type FROM dependencies${where('issue_id')} ORDER BY issue_id, depends_on_id, type`,
    comments: columns('comments').has('issue_id')
      ? `SELECT issue_id, count(*) AS comment_count FROM comments${where('issue_id')} GROUP BY issue_id`
      : null,
    custom: customQuery(columns),
  };
}

/** As rows `name`, `category`, or as one row `custom`. */
function customQuery(columns: (table: string) => ReadonlySet<string>): string | null {
  if (columns('custom_statuses').has('category')) return 'SELECT name, category FROM custom_statuses';
  return columns('config').has('value')
    ? "SELECT value AS custom FROM config WHERE `key` = 'status.custom'"
    : null;
}

export type Answers = { readonly [K in keyof Queries]: readonly BeadsRecord[] };

export function issuesOfRows({ issues, labels, dependencies, comments, custom }: Answers): Issue[] {
  const categories = new Map(
    custom.flatMap(({ name, category, custom: list }): [string, string][] =>
      typeof name === 'string'
        ? [[name, typeof category === 'string' ? category : '']]
        : [...categoriesOf(list)],
    ),
  );
  const of = (rows: readonly BeadsRecord[]) => Map.groupBy(rows, (row) => String(row['issue_id']));
  const [labelled, depending, commented] = [of(labels), of(dependencies), of(comments)];
  return issues
    .flatMap((row) => {
      const id = String(row['id']);
      const more = {
        labels: labelled.get(id)?.map((one) => one['label']),
        dependencies: depending.get(id),
        comment_count: Number(commented.get(id)?.[0]?.['comment_count'] ?? 0),
      };
      return issueOf({ ...row, ...more }, categories) ?? [];
    })
    .sort(byId);
}
