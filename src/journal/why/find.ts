// The ways of asking: from an operation, a commit, an issue or a line to the operations and commits that belong to it.
import { ClewError } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { listWork } from '../work.ts';
import { commitsNamed, commitsOfSession, shownCommits } from './commits.ts';
import type { GitCommit, KnownCommit } from './commits.ts';
import { operationsNamed } from './operations.ts';
import type { Found, WhyOperation, WhyTarget } from './types.ts';

const nothing = { path: null, line: null, text: null } as const;

export function whyOperation(db: Db, id: string): Found {
  const operations = operationsNamed(db, [id]);
  return {
    target: { kind: 'operation', id, ...nothing },
    certainty: 'certain',
    how: 'the operation is recorded with the turn that it belongs to',
    operations,
    commits: shownCommits(operations.flatMap((one) => commitsWith(db, one))),
    sessions: [],
  };
}

/** The commits that it went into: those linked with it, or else the session's next one, of its files where that is known. */
function commitsWith(db: Db, { id, session, at, paths }: WhyOperation): KnownCommit[] {
  const all = commitsOfSession(db, session);
  const linked = all.filter((one) => one.links.some((link) => link.operations.includes(id)));
  if (linked.length > 0 || paths.length === 0 || at === null) return linked;
  const later = all.filter((one) => one.at >= Date.parse(at));
  const next = later.find((one) => one.files.length === 0 || one.files.some((file) => paths.includes(file)));
  return next ? [next] : [];
}

/** Undefined where no commit has that hash. Throws AMBIGUOUS. */
export function whyCommit(db: Db, prefix: string): Found | undefined {
  const [commit, another] = commitsNamed(db, prefix);
  if (commit && another)
    throw new ClewError(
      'AMBIGUOUS',
      `"${prefix}" is the beginning of several commits: ${commit.sha}, ${another.sha}`,
      'give a few characters more',
    );
  if (!commit) return undefined;
  const linked = commit.links.flatMap((one) => one.operations);
  const isLinked = linked.length > 0;
  const ids = isLinked
    ? linked
    : commit.links.flatMap(({ session, madeBy }) =>
        [...writesBefore(db, commit, session), madeBy ?? []].flat(),
      );
  return {
    target: { kind: 'commit', id: commit.sha, ...nothing },
    certainty: isLinked ? 'certain' : commit.links.length > 0 ? 'likely' : 'unknown',
    how: isLinked
      ? 'the commit is linked with the operations that wrote its lines'
      : commit.links.length > 0
        ? "the commit was made in the session; the operations are those that changed its files since the session's commit before"
        : 'the commit was seen, and no session is known that had to do with it',
    operations: operationsNamed(db, ids),
    commits: shownCommits([commit]),
    sessions: commit.links.map((one) => one.session),
  };
}

/** Of a commit that git has, and of which nothing is recorded. */
export const whyUnknownCommit = (commit: GitCommit): Found => ({
  target: { kind: 'commit', id: commit.sha, ...nothing },
  certainty: 'unknown',
  how: 'git has the commit, and nothing that is recorded has to do with it',
  operations: [],
  commits: shownCommits([ofGit(commit)]),
  sessions: [],
});

const ofGit = (commit: GitCommit): KnownCommit => ({ ...commit, files: [], links: [] });

/** What the session changed since its commit before this one; only the commit's files, where these are known. */
function writesBefore(db: Db, commit: KnownCommit, session: string): string[] {
  const before = commitsOfSession(db, session).findLast((one) => one.at < commit.at);
  const changed = db
    .prepare<[string, number, number], { id: string; path: string }>(
      `SELECT o.id, c.path FROM operation o JOIN change c ON c.operation = o.id
       WHERE o.session = ? AND o.at > ? AND o.at <= ? ORDER BY o.at`,
    )
    .all(session, before?.at ?? 0, commit.at);
  return changed
    .filter(({ path }) => commit.files.length === 0 || commit.files.includes(path))
    .map(({ id }) => id);
}

/** Undefined where nothing is recorded of such an issue. */
export function whyIssue(db: Db, issue: string): Found | undefined {
  const work = listWork(db, { issue });
  const said = db
    .prepare<[string], { n: number }>(
      "SELECT count(*) AS n FROM record WHERE kind IN ('decision', 'issue') AND subject = ?",
    )
    .get(issue);
  if (work.length === 0 && !said?.n) return undefined;
  const commits = work.flatMap(({ session, startedAt, endedAt }) =>
    session === null
      ? []
      : commitsOfSession(db, session).filter(
          ({ at }) => at >= Date.parse(startedAt) && at <= Date.parse(endedAt ?? '9999-12-31'),
        ),
  );
  const distinct = [...new Map(commits.map((one) => [one.sha, one])).values()];
  return {
    target: { kind: 'issue', id: issue, ...nothing },
    certainty: 'certain',
    how: 'work on the issue is recorded; the commits are those made in its sessions while it went on',
    operations: operationsNamed(
      db,
      distinct.flatMap((one) => one.links.flatMap((link) => link.operations)),
    ),
    commits: shownCommits(distinct),
    sessions: work.flatMap((one) => one.session ?? []),
    issue,
  };
}

/** Of a line that is in a commit: whose it is, by attribution; where that is not certain, one of these, or nobody known. */
export interface LineOrigin {
  readonly commit: GitCommit;
  readonly operations: readonly string[];
  readonly sessions: readonly string[];
  readonly mayBeHuman: boolean;
  readonly certain: boolean;
}

/** By whose line it is, where attribution knows; or else by the last recorded diff that wrote it. */
export function whyLine(db: Db, target: WhyTarget, origin: LineOrigin | undefined): Found {
  const commits = origin === undefined ? [] : shownCommits(commitsOrOne(db, origin.commit));
  if (origin && (origin.mayBeHuman || origin.sessions.length > 0))
    return {
      target,
      certainty: origin.certain ? 'certain' : 'likely',
      how: saidOf(origin),
      operations: operationsNamed(db, origin.operations),
      commits,
      sessions: origin.sessions,
    };
  const writer = lastWriter(db, target);
  // In a commit it may be older than anything that is recorded of the file.
  const isIt = writer !== undefined && (writer.wroteIt || origin === undefined);
  const operations = operationsNamed(db, isIt ? [writer.id] : []);
  return {
    target,
    certainty: isIt ? 'likely' : 'unknown',
    how: isIt
      ? writer.wroteIt
        ? 'the operation is the last one whose recorded diff wrote this line'
        : 'no recorded diff has this line: the operation is the last one that changed the file'
      : origin
        ? 'the line came with this commit; nothing that is recorded tells who wrote it'
        : 'no recorded operation changed this file',
    operations,
    commits: origin ? commits : shownCommits(operations.flatMap((one) => commitsWith(db, one))),
    sessions: [],
  };
}

function saidOf({ sessions, mayBeHuman, certain }: LineOrigin): string {
  if (!mayBeHuman)
    return `the line is attributed to ${certain ? 'the session that wrote it' : 'these sessions'}`;
  return `the line was written by hand${sessions.length > 0 ? ', or in one of these sessions' : ''}`;
}

/** git knows more commits than were recorded. */
const commitsOrOne = (db: Db, commit: GitCommit): KnownCommit[] => {
  const known = commitsNamed(db, commit.sha);
  return known.length > 0 ? known : [ofGit(commit)];
};

/** A line of which only spaces and brackets are there could be anybody's. */
const tells = (text: string): boolean => /\w/.test(text);

function lastWriter(
  db: Db,
  { path, text }: WhyTarget,
): { readonly id: string; readonly wroteIt: boolean } | undefined {
  const changes = db
    .prepare<[string], { id: string; diff: string | null }>(
      `SELECT o.id, e.text AS diff FROM change c JOIN operation o ON o.id = c.operation
         LEFT JOIN entry e ON e.key = c.operation || '|' || c.path
       WHERE c.path = ? ORDER BY o.at DESC, o.id`,
    )
    .all(path ?? '');
  const wrote =
    text !== null && tells(text)
      ? changes.find(({ diff }) => diff?.split('\n').includes(`+${text}`))
      : undefined;
  const last = wrote ?? changes[0];
  return last && { id: last.id, wroteIt: wrote !== undefined };
}
