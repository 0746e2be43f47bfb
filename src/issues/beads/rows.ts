// From the rows of beads' tables to issues, for SQLite and Dolt alike. Which tables and columns there are is asked for, never
// concluded from a version.
import type { Issue } from '../tracker.ts';
import { categoriesOf, isListed, issueOf } from './record.ts';
import type { BeadsRecord } from './record.ts';

/** The queries that issues are made of; null where there is no such table. */
export interface Queries {
  readonly issues: string;
  readonly labels: string | null;
  readonly dependencies: string | null;
  readonly comments: string | null;
  readonly custom: string | null;
}

/** Issues in SQLite, and most of those in Dolt. */
const issueTables = {
  issues: 'issues',
  labels: 'labels',
  dependencies: 'dependencies',
  comments: 'comments',
} as const;
/** Dolt has those apart that are not to be in its history: short-lived ones, and what is created with `--no-history`. */
const wispTables = {
  issues: 'wisps',
  labels: 'wisp_labels',
  dependencies: 'wisp_dependencies',
  comments: 'wisp_comments',
} as const;

/** Nothing where it is no database of beads'. `oneOnly`: only one issue, whose id is bound to each `?`. */
export const queriesFor = (columns: (table: string) => ReadonlySet<string>, oneOnly: boolean): Queries[] =>
  [issueTables, wispTables].flatMap((tables) => queriesOf(tables, columns, oneOnly) ?? []);

function queriesOf(
  tables: Readonly<Record<keyof typeof issueTables, string>>,
  columns: (table: string) => ReadonlySet<string>,
  oneOnly: boolean,
): Queries | undefined {
  if (!columns(tables.issues).has('id')) return undefined;
  const where = (column: string): string => (oneOnly ? ` WHERE ${column} = ?` : '');
  const dependency = columns(tables.dependencies);
  const targets = [
    'depends_on_issue_id',
    'depends_on_wisp_id',
    'depends_on_external',
    'depends_on_id',
  ].filter((name) => dependency.has(name));
  const target = targets.length > 1 ? `COALESCE(${targets.join(', ')})` : targets[0];
  return {
    issues: `SELECT * FROM ${tables.issues}${where('id')}`,
    labels: columns(tables.labels).has('label')
      ? `SELECT issue_id, label FROM ${tables.labels}${where('issue_id')} ORDER BY issue_id, label`
      : null,
    dependencies:
      target === undefined
        ? null
        : `SELECT issue_id, ${target} AS depends_on_id, type FROM ${tables.dependencies}${where('issue_id')} ORDER BY issue_id, depends_on_id, type`,
    comments: columns(tables.comments).has('issue_id')
      ? `SELECT issue_id, count(*) AS comment_count FROM ${tables.comments}${where('issue_id')} GROUP BY issue_id`
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

/** `listedOnly`: without what `bd list` leaves out. */
export function issuesOfRows(
  { issues, labels, dependencies, comments, custom }: Answers,
  listedOnly: boolean,
): Issue[] {
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
    .filter((row) => !listedOnly || isListed(row))
    .flatMap((row) => {
      const id = String(row['id']);
      const more = {
        labels: labelled.get(id)?.map((one) => one['label']),
        dependencies: depending.get(id),
        comment_count: Number(commented.get(id)?.[0]?.['comment_count'] ?? 0),
      };
      return issueOf({ ...row, ...more }, categories) ?? [];
    });
}
