// An issue on which no work is recorded: the sessions that name it, in prompts, commits or branches, and what came of them.
import { idsIn, issueLinks } from '../../query/index.ts';
import type { EvidenceKind } from '../../query/index.ts';
import type { Db } from '../../store/index.ts';
import { commitsOfSession, shownCommits } from './commits.ts';
import { operationsNamed } from './operations.ts';
import type { Found } from './types.ts';

const names: Readonly<Partial<Record<EvidenceKind, string>>> = {
  prompt: 'prompts',
  commit: 'commits',
  branch: 'branches',
  closed_by_session: 'its tracker',
};

/** Undefined where nothing names it. */
export function whyNamedIssue(db: Db, issue: string): Found | undefined {
  const links = issueLinks(db, issue, () => true);
  if (links.length === 0) return undefined;
  const asked = new Set([issue]);
  const commits = links.flatMap(({ session, isWithin }) =>
    commitsOfSession(db, session).filter(
      ({ at, subject }) => isWithin(at) || idsIn(subject ?? '', asked).length > 0,
    ),
  );
  const distinct = [...new Map(commits.map((one) => [one.sha, one])).values()];
  const evidence = links.flatMap((one) => one.evidence);
  const kinds = [...new Set(evidence.flatMap(({ kind }) => names[kind] ?? []))];
  return {
    target: { kind: 'issue', id: issue, path: null, line: null, text: null },
    certainty: 'likely',
    how: `no work on the issue is recorded; it is tied to these sessions by ${kinds.join(', ')}`,
    operations: operationsNamed(
      db,
      distinct.flatMap((one) => one.links.flatMap((link) => link.operations)),
    ),
    commits: shownCommits(distinct),
    sessions: links.map((one) => one.session),
    turns: evidence.flatMap(({ kind, key }) => (kind === 'prompt' ? key : [])),
    issue,
  };
}
