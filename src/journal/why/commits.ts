// Commits, as hooks and transcripts tell of them: a commit's record, its links to sessions, and what an agent's own
// `git commit` printed.
import type { Db } from '../../store/index.ts';
import { recordsOf } from '../records.ts';
import type { StoredRecord } from '../records.ts';
import { timeText } from './operations.ts';
import type { WhyCommit } from './types.ts';

/** A commit as git alone tells of it. */
export interface GitCommit {
  readonly sha: string;
  /** When it was committed, in milliseconds. */
  readonly at: number;
  /** The first line of its message. */
  readonly subject: string | null;
}

export interface KnownCommit extends GitCommit {
  /** Absolute paths; empty where no record has them. */
  readonly files: readonly string[];
  readonly links: readonly Link[];
}
interface Link {
  readonly session: string;
  readonly primary: boolean | null;
  readonly operations: readonly string[];
  /** The call that made it, where a transcript tells of it. */
  readonly madeBy: string | null;
}

/** The commits whose hash begins so. */
export function commitsNamed(db: Db, prefix: string): KnownCommit[] {
  const end = `${prefix}\u{10ffff}`;
  const records = recordsOf(db, ['commit', 'commit_link'], 'r.subject >= ? AND r.subject < ?', prefix, end);
  // A transcript has seven characters or more of the hash: the given one may be longer.
  const words = `"${prefix.slice(0, 7).replaceAll('"', '')}"*`;
  const printed = printedCommits(db, 'e.id IN (SELECT rowid FROM search WHERE search MATCH ?)', words).filter(
    ({ sha }) => sha.startsWith(prefix) || prefix.startsWith(sha),
  );
  return together(records, printed);
}

/** Those of a session. */
export function commitsOfSession(db: Db, session: string): KnownCommit[] {
  const links = recordsOf(db, ['commit_link'], 'r.session = ?', session);
  const commits = recordsOf(
    db,
    ['commit'],
    'r.subject IN (SELECT value FROM json_each(?))',
    JSON.stringify(links.map((one) => one.subject)),
  );
  return together([...commits, ...links], printedCommits(db, 'e.session = ?', session));
}

interface Printed {
  readonly sha: string;
  readonly session: string;
  readonly at: number;
  readonly subject: string | null;
  readonly operation: string;
}

/** Between a call's key and the hash, in the key of what it printed. */
const mark = '|commit|';

function printedCommits(db: Db, condition: string, value: string): Printed[] {
  return db
    .prepare<[string], { key: string; session: string; at: number; text: string }>(
      `SELECT e.key, e.session, e.at, e.text FROM entry e WHERE e.kind = 'commit' AND ${condition}
         AND NOT EXISTS (SELECT 1 FROM record r WHERE r.id = e.key) ORDER BY e.at`,
    )
    .all(value)
    .map(({ key, session, at, text }) => {
      const cut = key.lastIndexOf(mark);
      const [operation, sha] = [key.slice(0, cut), key.slice(cut + mark.length)];
      return { sha, session, at, subject: text.slice(sha.length).trim() || null, operation };
    });
}

function together(records: readonly StoredRecord[], printed: readonly Printed[]): KnownCommit[] {
  const full = new Set(records.flatMap((one) => one.subject ?? []));
  const nameOf = (sha: string): string => [...full].find((one) => one.startsWith(sha)) ?? sha;
  const names = new Set([...full, ...printed.map((one) => nameOf(one.sha))]);
  return [...names]
    .map((sha) => {
      const own = records.filter((one) => one.subject === sha);
      const told = printed.filter((one) => nameOf(one.sha) === sha);
      const commit = own.find((one) => one.kind === 'commit');
      const links = own.filter((one) => one.kind === 'commit_link' && one.session !== null);
      const linked = new Set(links.map((one) => one.session));
      return {
        sha,
        at: commitTime(commit) ?? told[0]?.at ?? links[0]?.at ?? 0,
        subject: commit?.text.split('\n')[0] || (told[0]?.subject ?? null),
        files: filesOf(commit),
        links: [
          ...links.map((one) => linkOf(one, told)),
          ...told
            .filter((one) => !linked.has(one.session))
            .map(({ session, operation }) => ({
              session,
              primary: null,
              operations: [],
              madeBy: operation,
            })),
        ],
      };
    })
    .toSorted((a, b) => a.at - b.at);
}

function linkOf({ session, data }: StoredRecord, told: readonly Printed[]): Link {
  const operations = data['operations'];
  return {
    session: session ?? '',
    primary: typeof data['primary'] === 'boolean' ? data['primary'] : null,
    operations: Array.isArray(operations) ? operations.filter((one) => typeof one === 'string') : [],
    madeBy: told.find((one) => one.session === session)?.operation ?? null,
  };
}

function commitTime(commit: StoredRecord | undefined): number | undefined {
  const told = commit?.data['committedAt'];
  if (typeof told === 'number') return told;
  const at = typeof told === 'string' ? Date.parse(told) : Number.NaN;
  return Number.isNaN(at) ? commit?.at : at;
}

function filesOf(commit: StoredRecord | undefined): string[] {
  const files = commit?.data['files'];
  if (!commit?.root || !Array.isArray(files)) return [];
  return files.flatMap((one: unknown) => {
    const path = (one as { path?: unknown } | null)?.path;
    return typeof path === 'string' ? [`${commit.root}/${path}`] : [];
  });
}

export const shownCommits = (commits: readonly KnownCommit[]): WhyCommit[] =>
  commits.flatMap(({ sha, at, subject, links }): WhyCommit[] => {
    const told = { sha, at: timeText(at), subject };
    if (links.length === 0) return [{ ...told, session: null, primary: null }];
    return links.map(({ session, primary }) => ({ ...told, session, primary }));
  });
