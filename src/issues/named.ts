// What names an issue that no tracker shows: the next best thing to a title, told with where it stands.
import { idsIn, issueOfBranch } from '../query/index.ts';
import type { Db } from '../store/index.ts';

export interface IssueName {
  /** A commit's first line, a branch, the rationale of work, the question of a decision. */
  readonly by: 'commit' | 'branch' | 'work' | 'decision';
  readonly text: string;
}

/**
 * The newest commit that names it, or else a branch, or else what was recorded for it. `has`: the folders of the project; a
 * number alone is an issue of the project.
 */
export function namesIn(db: Db, has: (folder: string | null) => boolean): (id: string) => IssueName | null {
  const commits = db.prepare<[string], { text: string; root: string | null }>(
    "SELECT text, root FROM record WHERE kind = 'commit' AND instr(text, ?) > 0 ORDER BY at DESC",
  );
  const branches = db.prepare<[string], { text: string; root: string | null }>(
    `SELECT v.value AS text, s.workspace AS root FROM session_value v JOIN session s ON s.id = v.session
     WHERE v.name = 'branch' AND instr(v.value, ?) > 0 ORDER BY v.last_at DESC`,
  );
  const recorded = db.prepare<[string], IssueName>(
    `SELECT kind AS by, text FROM record WHERE kind IN ('work', 'decision') AND subject = ? AND text <> ''
     ORDER BY kind = 'work' DESC, at DESC LIMIT 1`,
  );
  return (id) => {
    const known = { ids: new Set([id]), closedBy: new Map() };
    const isHere = (root: string | null): boolean => !id.startsWith('#') || has(root);
    const commit = commits.all(id).find((one) => isHere(one.root) && idsIn(one.text, known.ids).length > 0);
    if (commit) return { by: 'commit', text: commit.text.split('\n')[0] ?? '' };
    const branch = branches
      .all(id.replace(/^#/, ''))
      .find((one) => isHere(one.root) && issueOfBranch(one.text, known) === id);
    if (branch) return { by: 'branch', text: branch.text };
    return recorded.get(id) ?? null;
  };
}
