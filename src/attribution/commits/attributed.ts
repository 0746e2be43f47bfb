// How many lines of a commit each session wrote, where its lines have been attributed.
import type { Db } from '../../store/index.ts';
import { keptAttributions } from '../lines/index.ts';

/** Undefined where nothing is known for certain. */
export function attributedLines(db: Db, sha: string): Map<string, number> | undefined {
  const data = keptAttributions(db, [sha]).get(sha);
  const ranges = data?.files.flatMap((file) => file.lines) ?? [];
  const lines = new Map<string, number>();
  let isAnything = false;
  for (const [first, last, who] of ranges) {
    const author = typeof who === 'number' ? data?.authors[who] : undefined;
    if (!author) continue;
    isAnything = true;
    if (author.by === 'agent' && author.session !== null)
      lines.set(author.session, (lines.get(author.session) ?? 0) + last - first + 1);
  }
  return isAnything ? lines : undefined;
}
