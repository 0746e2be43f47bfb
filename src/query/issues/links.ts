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

/**
 * How long something of a session's went on within it: pauses of the user are left out, before a prompt, and before a session
 * kept by hand goes on. What was said of it by hand counts only where no agent has told of it. Milliseconds.
 */
export function activeMs(db: Db, { session, isWithin }: IssueLink): number {
  const moments = db.prepare<[string, string], Moment>(movesSql).all(session, session);
  const told = moments.filter((one) => one.recorded === 0);
  const counted = told.length > 0 ? told : moments;
  let sum = 0;
  for (const [i, { at, begins }] of counted.entries()) {
    const before = counted[i - 1];
    if (before && begins === 0 && isWithin(before.at)) sum += at - before.at;
  }
  return sum;
}

interface Moment {
  readonly at: number;
  /** A pause is over with it. */
  readonly begins: 0 | 1;
  readonly recorded: 0 | 1;
}

/** A note on a session, or a commit that came out of it, may be much later. */
const movesSql = `
  SELECT e.at, r.id IS NOT NULL AS recorded,
    e.kind IN ('prompt', 'command', 'shell', 'notification')
      OR r.kind IS 'session' AND r.subject IS 'resume' OR r.kind IS 'interaction' AND r.subject IS 'user_message' AS begins
  FROM entry e LEFT JOIN record r ON r.id = e.key
  WHERE e.session = ? AND e.at > 0 AND (r.id IS NULL OR r.kind IN ('session', 'interaction', 'context', 'event'))
  UNION ALL SELECT result_at, 0, 0 FROM operation WHERE session = ? AND result_at > 0 ORDER BY 1, 3`;
