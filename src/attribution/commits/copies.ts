// Commits of the same author and moment that do the same: a rebase of which nobody told, a commit picked elsewhere.
import type { Db } from '../../store/index.ts';
import { patchIds } from './read.ts';
import type { ReadCommit } from './read.ts';
import type { Seen } from './seen.ts';

/** Copies of a commit that are looked for. */
const mostCopies = 20;

/**
 * Of each commit by its id, those before it that do the same. git is asked once for each repository: a rebase of a thousand
 * commits has a thousand copies.
 */
export function copiesAmong(
  db: Db,
  all: readonly { readonly one: Seen; readonly commit: ReadCommit }[],
): (sha: string) => readonly string[] {
  const candidates = new Map<string, readonly string[]>();
  const asked = new Map<string, Set<string>>();
  const known = knownByMoment(db);
  for (const { one, commit } of all) {
    const { sha, authoredAt, email, parents } = commit;
    const key = momentOf(authoredAt, email);
    const same = (known.get(key) ?? []).filter((id) => id !== sha);
    known.set(key, [...same, sha]);
    const others = same.filter((id) => !parents.includes(id)).slice(-mostCopies);
    if (others.length === 0) continue;
    candidates.set(sha, others);
    const wanted = asked.get(one.common) ?? new Set();
    asked.set(one.common, wanted);
    for (const id of [sha, ...others]) wanted.add(id);
  }
  const patches = new Map([...asked].flatMap(([common, wanted]) => [...patchIds(common, [...wanted])]));
  return (sha) => {
    const own = patches.get(sha);
    return own === undefined ? [] : (candidates.get(sha) ?? []).filter((id) => patches.get(id) === own);
  };
}

const momentOf = (at: number, email: string): string => `${at} ${email}`;

/** The commits that are recorded, by who wrote them when. */
function knownByMoment(db: Db): Map<string, readonly string[]> {
  const rows = db
    .prepare<[], { sha: string; at: number; email: string }>(
      `SELECT subject AS sha, json_extract(data, '$.at') AS at, json_extract(data, '$.email') AS email
       FROM record WHERE kind = 'commit'`,
    )
    .all();
  const byMoment = Map.groupBy(rows, (row) => momentOf(row.at, row.email));
  return new Map([...byMoment].map(([key, same]) => [key, same.map((row) => row.sha)]));
}
