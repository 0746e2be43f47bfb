// From commits that were seen to what is recorded of them: a record of each, and one of each link.
import type { Db } from '../../store/index.ts';
import { copiesAmong } from './copies.ts';
import { linker } from './links.ts';
import type { Evidence, Link, Linked, Living } from './links.ts';
import { readCommits } from './read.ts';
import type { CommitFile, ReadCommit } from './read.ts';
import type { Seen } from './seen.ts';
import { squashedInto } from './squashed.ts';

/** What is handed to the recorder. */
export interface CommitRecord {
  readonly kind: 'commit' | 'commit_link' | 'note';
  readonly id: string;
  readonly at: number;
  readonly subject: string;
  readonly root: string;
  readonly text: string;
  readonly session?: string;
  readonly data?: unknown;
}

/** The data of a commit's record. */
export interface CommitData extends Pick<ReadCommit, 'sha' | 'parents' | 'tree' | 'author' | 'email'> {
  /** When it was written, and when it was committed, milliseconds. */
  readonly at: number;
  readonly committedAt: number;
  readonly branch: string | null;
  readonly files: readonly CommitFile[];
  /** What is not among `files`. */
  readonly more?: { readonly files: number; readonly added: number; readonly removed: number };
  /** The commits whose place it took, and commits that do the same elsewhere. */
  readonly rewrites?: readonly string[];
  readonly copyOf?: readonly string[];
  readonly seen: Seen['seen'];
}

/** So many files of a commit are named. */
const mostFiles = 500;

/** Records for commits that were seen. Those that are known already are linked again: the record may tell more by now. */
export function recordsOf(db: Db, living: Living, seen: readonly Seen[]): CommitRecord[] {
  const link = linker(db, living);
  const isKnown = db.prepare<[string]>('SELECT 1 FROM record WHERE id = ?');
  const before = earlierLinks(db);
  const records: CommitRecord[] = [];
  const made = new Map<string, readonly Link[]>();
  const all = readAll(seen);
  const copiesOf = copiesAmong(db, all);
  const squashed = squashedInto(seen);
  for (const { one, commit } of all) {
    const replaced = new Set([...one.rewrites, ...(squashed.get(commit.sha) ?? [])]);
    const copied = [...replaced].filter((sha) => !commit.parents.includes(sha));
    const told = link(commit, one);
    const copies = copiesOf(commit.sha).filter((sha) => !copied.includes(sha));
    const from = copied.length > 0 ? copied : copies;
    const links = follow(
      told,
      from.flatMap((sha) => made.get(sha) ?? before(sha)),
    );
    made.set(commit.sha, links);
    records.push(
      commitRecord(commit, one, copied, copied.length > 0 ? [] : copies),
      ...links.map((each) => linkRecord(commit, one, each)),
    );
    if (told.refused) records.push(refusal(commit, one, told.refused));
  }
  return records.filter((record) => !isKnown.get(record.id));
}

function readAll(seen: readonly Seen[]): { one: Seen; commit: ReadCommit }[] {
  const roots = Map.groupBy(seen, (one) => one.common);
  const commits = [...roots.values()].flatMap((all) =>
    readCommits(
      all[0]?.gitDir ?? '',
      all.map((one) => one.sha),
    ),
  );
  const byId = new Map(commits.map((commit) => [commit.sha, commit]));
  return seen.flatMap((one) => {
    // A shell tells the beginning of an id only.
    const commit = byId.get(one.sha) ?? commits.find((each) => each.sha.startsWith(one.sha));
    return commit ? [{ one, commit }] : [];
  });
}

/** The links of what a commit took the place of are its own, too. */
function follow({ links }: Linked, former: readonly Link[]): readonly Link[] {
  const all = new Map(former.map((one) => [one.session, one]));
  for (const one of links) {
    const old = all.get(one.session);
    const isEqual = old !== undefined && old.lines >= one.lines;
    all.set(one.session, isEqual ? { ...one, lines: old.lines, operations: old.operations } : one);
  }
  const first = [...all.values()].toSorted(
    (a, b) => b.lines - a.lines || Number(b.primary) - Number(a.primary),
  )[0];
  return [...all.values()].map((one) => ({ ...one, primary: one === first }));
}

function earlierLinks(db: Db): (sha: string) => Link[] {
  const rows = db.prepare<[string], { session: string; data: string }>(
    "SELECT session, data FROM record WHERE kind = 'commit_link' AND subject = ? AND session IS NOT NULL",
  );
  return (sha) =>
    rows.all(sha).map(({ session, data }) => ({ session, ...(JSON.parse(data) as Omit<Link, 'session'>) }));
}

function commitRecord(
  commit: ReadCommit,
  seen: Seen,
  told: readonly string[],
  copies: readonly string[],
): CommitRecord {
  const { sha, parents, tree, author, email, authoredAt, committedAt, message, files } = commit;
  const more = files.slice(mostFiles);
  const sum = (name: 'added' | 'removed'): number => more.reduce((n, file) => n + file[name], 0);
  // What a rebase copies it replaces.
  const rewrites = seen.isRebase ? [...told, ...copies] : told;
  const copyOf = seen.isRebase ? [] : copies;
  const data: CommitData = {
    sha,
    parents,
    tree,
    author,
    email,
    at: authoredAt,
    committedAt,
    branch: seen.branch,
    files: files.slice(0, mostFiles),
    ...(more.length > 0 && { more: { files: more.length, added: sum('added'), removed: sum('removed') } }),
    ...(rewrites.length > 0 && { rewrites }),
    ...(copyOf.length > 0 && { copyOf }),
    seen: seen.seen,
  };
  return { ...place(commit, seen), kind: 'commit', id: `commit|${sha}`, text: message, data };
}

function linkRecord(commit: ReadCommit, seen: Seen, { session, ...link }: Link): CommitRecord {
  const text = `${commit.sha.slice(0, 7)} ${commit.message.split('\n')[0] ?? ''}`;
  const data: Omit<Link, 'session'> & { by: Evidence } = link;
  return {
    ...place(commit, seen),
    kind: 'commit_link',
    id: `commit_link|${commit.sha}|${session}`,
    session,
    text,
    data,
  };
}

const reasons = {
  ended: 'it had ended by then',
  unknown: 'no session has that id',
  'other project': 'it is of another project',
} as const;

function refusal(
  commit: ReadCommit,
  seen: Seen,
  { session, why }: NonNullable<Linked['refused']>,
): CommitRecord {
  return {
    ...place(commit, seen),
    kind: 'note',
    id: `commit_refused|${commit.sha}|${session}`,
    text: `commit ${commit.sha.slice(0, 7)} was made with CLEW_SESSION_ID=${session} and is not linked: ${reasons[why]}`,
    data: { session, why },
  };
}

const place = ({ sha }: ReadCommit, { root, at }: Seen): Pick<CommitRecord, 'at' | 'subject' | 'root'> => ({
  at,
  subject: sha,
  root,
});
