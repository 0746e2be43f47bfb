// The sessions of an issue, each with what ties it to the issue, and with how much of it belongs there.
import type { Db } from '../../store/index.ts';
import { sessionsOf } from '../usage/sessions.ts';
import { trailsOf } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { knownIssues } from './known.ts';
import { sessionsNaming } from './naming.ts';
import { issueIn, stretchesOf } from './stretches.ts';

/**
 * `all` of it, where the session has no other issue; a `part`, where the times of work, the prompts or the branch tell which;
 * `undivided`: it has several, and nothing tells which part is whose.
 */
export type IssueShare = 'all' | 'part' | 'undivided';

export interface IssueLink {
  readonly session: string;
  readonly share: IssueShare;
  readonly evidence: readonly Evidence[];
  /** Whether what the session did at a moment belongs to the issue; never, where it is undivided. */
  readonly isWithin: (at: number) => boolean;
}

/** `passes`: which sessions are meant at all. */
export function issueLinks(db: Db, issue: string, passes: (session: string) => boolean): IssueLink[] {
  const known = knownIssues(db, [issue]);
  const ids = sessionsNaming(db, issue).filter(passes);
  const sessions = sessionsOf(db);
  sessions.lookUpBranches(ids);
  return [...trailsOf(db, ids, known)].flatMap(([session, trail]): IssueLink[] => {
    const evidence = trail.evidence.filter((one) => one.issue === issue);
    if (evidence.length === 0) return [];
    const stretches = stretchesOf(trail, known, (at) => sessions.branchAt(session, at));
    const told = stretches.some((one) => one.issue === issue);
    const share = told ? (stretches.length === 1 ? 'all' : 'part') : 'undivided';
    return [{ session, share, evidence, isWithin: (at) => issueIn(stretches, at) === issue }];
  });
}

/** How long something of a session's went on within it: pauses of the user, between turns, are left out. Milliseconds. */
export function activeMs(db: Db, { session, isWithin }: IssueLink): number {
  const moments = db
    .prepare<[string, string], { at: number; turn: number }>(
      `SELECT at, kind IN ('prompt', 'command', 'shell', 'notification') AS turn FROM entry WHERE session = ? AND at > 0
       UNION ALL SELECT result_at, 0 FROM operation WHERE session = ? AND result_at > 0 ORDER BY 1, 2`,
    )
    .all(session, session);
  let sum = 0;
  for (const [i, { at, turn }] of moments.entries()) {
    const before = moments[i - 1];
    if (before && turn === 0 && isWithin(before.at)) sum += at - before.at;
  }
  return sum;
}
