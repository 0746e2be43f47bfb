// What was done for an issue within its sessions: operations, files and commits at the times that belong to it.
import { idsIn } from '../query/index.ts';
import type { IssueLink } from '../query/index.ts';
import type { Db } from '../store/index.ts';

export interface IssueFile {
  readonly path: string;
  /** Operations that changed it. */
  readonly changes: number;
  readonly added: number;
  readonly removed: number;
}

export interface IssueCommit {
  readonly sha: string;
  readonly at: string | null;
  readonly subject: string;
  readonly sessions: readonly string[];
  /** Its message names the issue. */
  readonly named: boolean;
}

export function operationsOf(db: Db, { session, isWithin }: IssueLink): number {
  return db
    .prepare<[string], number>("SELECT at FROM operation WHERE session = ? AND name <> ''")
    .pluck()
    .all(session)
    .filter(isWithin).length;
}

/** Those with most changed lines first. */
export function filesOf(db: Db, links: readonly IssueLink[]): IssueFile[] {
  const query = db.prepare<[string], { at: number; path: string; added: number; removed: number }>(
    `SELECT o.at, c.path, c.added, c.removed FROM operation o JOIN change c ON c.operation = o.id WHERE o.session = ?`,
  );
  const all = links.flatMap(({ session, isWithin }) => query.all(session).filter(({ at }) => isWithin(at)));
  const sum = (rows: typeof all, name: 'added' | 'removed'): number =>
    rows.reduce((n, row) => n + row[name], 0);
  return [...Map.groupBy(all, (row) => row.path)]
    .map(([path, rows]) => ({
      path,
      changes: rows.length,
      added: sum(rows, 'added'),
      removed: sum(rows, 'removed'),
    }))
    .toSorted((a, b) => b.added + b.removed - (a.added + a.removed) || (a.path < b.path ? -1 : 1));
}

interface CommitRow {
  readonly sha: string;
  readonly at: number;
  readonly text: string;
  readonly session: string | null;
}

/** Commits that sessions made at these times, and those whose message names the issue; in order of time. */
export function commitsOf(db: Db, issue: string, links: readonly IssueLink[]): IssueCommit[] {
  const names = (text: string): boolean => idsIn(text, new Set([issue])).length > 0;
  const told = db.prepare<[string], CommitRow>(
    `SELECT coalesce(json_extract(detail, '$.sha'), substr(text, 1, instr(text || ' ', ' ') - 1)) AS sha, at,
       substr(text, instr(text, ' ') + 1) AS text, session
     FROM entry WHERE session = ? AND kind = 'commit' AND NOT EXISTS (SELECT 1 FROM record WHERE id = key)`,
  );
  const linked = db.prepare<[string], CommitRow>(
    `SELECT l.subject AS sha, coalesce(c.at, l.at) AS at, coalesce(c.text, l.text) AS text, l.session FROM record l
     LEFT JOIN record c ON c.kind = 'commit' AND c.subject = l.subject WHERE l.session = ? AND l.kind = 'commit_link'`,
  );
  const named = db
    .prepare<[string], CommitRow>(
      "SELECT subject AS sha, at, text, NULL AS session FROM record WHERE kind = 'commit' AND instr(text, ?) > 0",
    )
    .all(issue);
  const all = [
    ...links.flatMap(({ session, isWithin }) =>
      [...linked.all(session), ...told.all(session)].filter((row) => isWithin(row.at) || names(row.text)),
    ),
    ...named.filter((row) => names(row.text)),
  ].filter((row) => row.sha);
  const commits: IssueCommit[] = [];
  for (const row of all.toSorted((a, b) => b.sha.length - a.sha.length)) {
    const at = commits.findIndex((one) => one.sha.startsWith(row.sha));
    const one = commits[at];
    const sessions = new Set([...(one?.sessions ?? []), ...(row.session === null ? [] : [row.session])]);
    const made: IssueCommit = {
      sha: one?.sha ?? row.sha,
      at: one?.at ?? (row.at ? new Date(row.at).toISOString() : null),
      subject: one?.subject ?? row.text.split('\n')[0] ?? '',
      sessions: [...sessions],
      named: names(row.text) || one?.named === true,
    };
    if (one) commits[at] = made;
    else commits.push(made);
  }
  return commits.toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
}
