// Which issue a session is at now: the work that it has begun, or else what its user told it last, or else its branch.
import type { Db } from '../store/index.ts';
import { issueOfBranch } from './issues/evidence.ts';
import { idsIn } from './issues/ids.ts';
import type { KnownIssues } from './issues/known.ts';

export interface IssueNow {
  readonly issue: string;
  readonly from: 'work' | 'prompt' | 'branch';
}

export function issueNow(
  db: Db,
  session: string,
  branch: string | null,
  known: KnownIssues,
): IssueNow | undefined {
  const { open, over } = workOf(db, session);
  if (open !== undefined) return { issue: open, from: 'work' };
  const named = lastNamed(db, session, over, known);
  if (named !== undefined) return { issue: named, from: 'prompt' };
  const told = branch === null ? undefined : issueOfBranch(branch, known);
  return told === undefined ? undefined : { issue: told, from: 'branch' };
}

/** The issue that it began work on last and did not end; when it ended one last. */
function workOf(db: Db, session: string): { open: string | undefined; over: number } {
  const all = db
    .prepare<[string, string], { subject: string; over: number | null }>(
      `SELECT w.subject, (SELECT min(at) FROM record d WHERE d.parent = w.id AND d.kind = 'work_done') AS over
       FROM record w WHERE w.kind = 'work' AND w.subject IS NOT NULL
         AND (w.session = ? OR w.session IN (SELECT recorded FROM joined WHERE session = ?))
       ORDER BY w.at DESC, w.id`,
    )
    .all(session, session);
  return {
    open: all.find((one) => one.over === null)?.subject,
    over: Math.max(0, ...all.map((one) => one.over ?? 0)),
  };
}

/** By the latest prompt since a moment that names one alone. */
function lastNamed(db: Db, session: string, since: number, known: KnownIssues): string | undefined {
  if (known.ids.size === 0) return undefined;
  const prompts = db
    .prepare<[string, number], string>(
      `SELECT text FROM entry WHERE session = ? AND at >= ? AND kind IN ('prompt', 'command') ORDER BY at DESC, pos DESC`,
    )
    .pluck();
  for (const text of prompts.iterate(session, since)) {
    const [id, ...more] = idsIn(text, known.ids);
    if (id !== undefined && more.length === 0) return id;
  }
  return undefined;
}
