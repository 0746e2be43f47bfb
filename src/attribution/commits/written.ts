// How much of a commit a session wrote, by the changes that its operations made to the commit's files since the commit before
// that had the same file. It is what can be said before the lines of the commit are attributed.
import path from 'node:path';
import type { Db } from '../../store/index.ts';
import type { ReadCommit } from './read.ts';

export interface Written {
  readonly lines: number;
  readonly operations: readonly string[];
}

/** Further back, what a session did is not asked for. */
const windowMs = 14 * 24 * 3_600_000;
/** A list of operations in a record. */
const mostOperations = 200;
/** So many files tell well enough whose commit it is. */
const mostFiles = 500;

/** Commits are to be asked for in the order of time. */
export function writtenBy(db: Db) {
  const told = db.prepare<[string, string, number, number], { operation: string; lines: number }>(
    `SELECT c.operation, c.added + c.removed AS lines FROM change c JOIN operation o ON o.id = c.operation
     WHERE c.path = ? AND o.session = ? AND o.at > ? AND o.at <= ?`,
  );
  // What shell commands did: how many lines is not told, but whose it was.
  // From the checkpoints since, in this order: of a path there are as many effects as it has history.
  const seen = db.prepare<[string, string, number, string, number], { operation: string }>(
    `SELECT DISTINCT o.id AS operation FROM checkpoint k CROSS JOIN effect e ON e.checkpoint = k.id AND e.path = ?
       CROSS JOIN json_each(e.operations) j CROSS JOIN operation o ON o.id = j.value
     WHERE k.root = ? AND k.at > ? AND o.session = ? AND o.at <= ?`,
  );
  const earlier = db.prepare<[string, number, string], { at: number; data: string }>(
    "SELECT at, data FROM record WHERE root = ? AND kind = 'commit' AND at < ? AND subject <> ? ORDER BY at DESC LIMIT 100",
  );

  const lastOf = new Map<string, Map<string, number>>();
  /** When each file was last committed, before the first commit that is asked for. */
  function lastCommits(root: string, at: number, sha: string): Map<string, number> {
    const known = lastOf.get(root);
    if (known) return known;
    const last = new Map<string, number>();
    for (const row of earlier.all(root, at, sha)) {
      const { files } = JSON.parse(row.data) as { files: readonly { readonly path: string }[] };
      for (const file of files) if (!last.has(file.path)) last.set(file.path, row.at);
    }
    lastOf.set(root, last);
    return last;
  }

  return (commit: ReadCommit, root: string, at: number): ((session: string) => Written) => {
    const last = lastCommits(root, at, commit.sha);
    const before = new Map(commit.files.map((file) => [file.path, last.get(file.path)]));
    for (const file of commit.files) last.set(file.path, at);
    return (session) => {
      const operations = new Set<string>();
      let lines = 0;
      for (const file of commit.files.slice(0, mostFiles)) {
        const since = before.get(file.path) ?? at - windowMs;
        const size = Math.max(1, file.added + file.removed);
        const changes = told.all(path.join(root, file.path), session, since, at);
        const effects = seen.all(file.path, root, since, session, at);
        for (const { operation } of [...changes, ...effects]) operations.add(operation);
        const sum = changes.reduce((n, one) => n + one.lines, 0);
        if (changes.length > 0) lines += Math.min(size, Math.max(1, sum));
        else if (effects.length > 0) lines += size;
      }
      return { lines, operations: [...operations].slice(0, mostOperations) };
    };
  };
}
