// Commits as they are shown: what was recorded of them, with the sessions that they came out of.
import { toMicros } from '../../model/index.ts';
import type { AgentName } from '../../model/index.ts';
import { idsIn, knownIssues } from '../../query/index.ts';
import type { Db } from '../../store/index.ts';
import { attributedLines } from './attributed.ts';
import type { Link } from './links.ts';
import type { ReadCommit } from './read.ts';
import type { CommitData } from './records.ts';
import type { CommitDetail, CommitFilter, CommitRow, CommitSession } from './types.ts';

interface Stored {
  readonly sha: string;
  readonly root: string;
  readonly at: number;
  readonly text: string;
  readonly data: string;
}

interface StoredLink {
  readonly session: string;
  readonly data: string;
  readonly agent: AgentName;
  readonly title: string | null;
  readonly models: string;
}

const columns = 'subject AS sha, root, at, text, data';

/** The latest first; those that are asked for by their ids in that order. */
export function listCommits(db: Db, filter: CommitFilter = {}): CommitRow[] {
  const { session, roots, shas, replaced = false, limit = Infinity } = filter;
  const conditions = ["kind = 'commit'"];
  const values: string[] = [];
  if (session !== undefined) {
    conditions.push("subject IN (SELECT subject FROM record WHERE session = ? AND kind = 'commit_link')");
    values.push(session);
  }
  if (roots) {
    conditions.push(`root IN (${roots.map(() => '?').join(',')})`);
    values.push(...roots);
  }
  const one = db.prepare<[string], Stored>(
    `SELECT ${columns} FROM record WHERE kind = 'commit' AND subject = ?`,
  );
  const stored = shas
    ? shas.flatMap((sha) => one.get(sha) ?? [])
    : db
        .prepare<unknown[], Stored>(
          `SELECT ${columns} FROM record WHERE ${conditions.join(' AND ')} ORDER BY at DESC, pos DESC`,
        )
        .iterate(...values);
  const read = reader(db);
  const rows: CommitRow[] = [];
  for (const row of stored) {
    if (rows.length >= limit) break;
    if (!replaced && !shas && read.replacer(row.sha) !== null) continue;
    rows.push(read.row(row));
  }
  return rows;
}

/** One that was not seen to be made here. */
export function foreignRow(commit: ReadCommit): CommitRow {
  const { sha, author, email, message, files } = commit;
  return {
    sha,
    at: new Date(commit.authoredAt).toISOString(),
    committedAt: new Date(commit.committedAt).toISOString(),
    author,
    email,
    subject: message.split('\n')[0] ?? '',
    branch: null,
    root: null,
    files: files.length,
    added: files.reduce((n, file) => n + file.added, 0),
    removed: files.reduce((n, file) => n + file.removed, 0),
    seen: null,
    replacedBy: null,
    issues: idsIn(message, { has: (id) => id.startsWith('#') }),
    sessions: [],
  };
}

/** Everything about one. Undefined where it is not recorded. */
export function commitDetail(db: Db, sha: string): CommitDetail | undefined {
  const stored = db
    .prepare<[string], Stored>(`SELECT ${columns} FROM record WHERE kind = 'commit' AND subject = ?`)
    .get(sha);
  if (!stored) return undefined;
  const { parents, tree, files, rewrites = [], copyOf = [] } = JSON.parse(stored.data) as CommitData;
  const notes = db
    .prepare<[string, string], { text: string }>(
      "SELECT text FROM record WHERE kind = 'note' AND subject = ? AND id LIKE ? ORDER BY id",
    )
    .all(sha, `commit_refused|${sha}|%`);
  return {
    ...reader(db).row(stored),
    message: stored.text,
    parents,
    tree,
    changedFiles: files,
    replaces: rewrites,
    copyOf,
    notes: notes.map((note) => note.text),
  };
}

function reader(db: Db) {
  const { ids } = knownIssues(db);
  /** A number needs no tracker to be one. */
  const known = { has: (id: string): boolean => id.startsWith('#') || ids.has(id) };
  const replacers = new Map(
    db
      .prepare<[], { old: string; sha: string }>(
        `SELECT j.value AS old, r.subject AS sha FROM record r, json_each(r.data, '$.rewrites') j
         WHERE r.kind = 'commit' ORDER BY r.at`,
      )
      .all()
      .map((row) => [row.old, row.sha]),
  );
  const links = db.prepare<[string], StoredLink>(
    `SELECT l.session, l.data, s.agent, s.title, s.models FROM record l JOIN session s ON s.id = l.session
     WHERE l.kind = 'commit_link' AND l.subject = ? ORDER BY l.at, l.pos`,
  );
  const before = db.prepare<[string, number], { at: number | null }>(
    `SELECT max(at) AS at FROM record WHERE session = ? AND kind = 'commit_link' AND at < ?`,
  );
  const spent = db.prepare<[string, number, number], { cost: number | null; rest: number | null }>(
    'SELECT sum(cost) / 1000000 AS cost, sum(cost) % 1000000 AS rest FROM message WHERE session = ? AND at > ? AND at <= ?',
  );

  function sessionsOf(sha: string, at: number): CommitSession[] {
    const lines = attributedLines(db, sha);
    const all = new Map<string, CommitSession>();
    for (const { session, data, agent, title, models } of links.all(sha)) {
      const link = JSON.parse(data) as Omit<Link, 'session'>;
      const { cost, rest } = spent.get(session, before.get(session, at)?.at ?? 0, at) ?? { cost: 0, rest: 0 };
      const one = all.get(session);
      // Two ids of one session are two links.
      if (one && one.lines >= link.lines) continue;
      all.set(session, {
        id: session,
        agent,
        title,
        models: JSON.parse(models) as string[],
        primary: link.primary,
        lines: lines ? (lines.get(session) ?? 0) : link.lines,
        by: link.by,
        operations: link.operations,
        cost: toMicros(cost ?? 0, rest ?? 0),
      });
    }
    const ranked = [...all.values()].toSorted(
      (a, b) => b.lines - a.lines || Number(b.primary) - Number(a.primary) || (a.id < b.id ? -1 : 1),
    );
    return ranked.map((one, i) => ({ ...one, primary: i === 0 }));
  }

  return {
    replacer: (sha: string): string | null => replacers.get(sha) ?? null,
    row({ sha, root, at, text, data }: Stored): CommitRow {
      const told = JSON.parse(data) as CommitData;
      const sum = (name: 'added' | 'removed'): number =>
        told.files.reduce((n, file) => n + file[name], told.more?.[name] ?? 0);
      return {
        sha,
        at: new Date(told.at).toISOString(),
        committedAt: new Date(told.committedAt).toISOString(),
        author: told.author,
        email: told.email,
        subject: text.split('\n')[0] ?? '',
        branch: told.branch,
        root,
        files: told.files.length + (told.more?.files ?? 0),
        added: sum('added'),
        removed: sum('removed'),
        seen: told.seen,
        replacedBy: replacers.get(sha) ?? null,
        issues: idsIn(text, known),
        sessions: sessionsOf(sha, at),
      };
    },
  };
}
