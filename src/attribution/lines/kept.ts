// Attributions that were recorded: of each commit the one that holds, and which are to be found (again).
import type { Db } from '../../store/index.ts';
import { attributionVersion } from './record.ts';
import type { AttributionData } from './record.ts';

export function keptAttributions(db: Db, shas: Iterable<string>): Map<string, AttributionData> {
  const find = db.prepare<[string], { data: string }>(
    `SELECT data FROM record WHERE kind = 'attribution' AND subject = ? AND data IS NOT NULL
     ORDER BY json_extract(data, '$.version') DESC, at DESC, source DESC, pos DESC LIMIT 1`,
  );
  const kept = new Map<string, AttributionData>();
  for (const sha of shas) {
    const row = find.get(sha);
    if (row) kept.set(sha, JSON.parse(row.data) as AttributionData);
  }
  return kept;
}

/**
 * Whether it is to be found again: in a better way, as more may be known by now, or as it lacks lines that are asked for by
 * path.
 */
export function isOutdated(
  data: AttributionData | undefined,
  asked: ReadonlyMap<string, readonly number[]> = new Map(),
): boolean {
  if (data === undefined || data.version < attributionVersion || !data.settled) return true;
  return asked.entries().some(([path, lines]) => {
    const told = data.files.find((file) => file.path === path)?.lines ?? [];
    let at = 0;
    return lines
      .toSorted((a, b) => a - b)
      .some((line) => {
        while (at < told.length && (told[at]?.[1] ?? 0) < line) at++;
        return (told[at]?.[0] ?? Infinity) > line;
      });
  });
}

/** Of a commit that is gone. */
export const nothingKnown: AttributionData = {
  version: attributionVersion,
  settled: true,
  authors: [],
  files: [],
};

/** Commits that were seen to be made since a time, of which nothing is recorded, or what a checkpoint since may settle. */
export function waitingCommits(
  db: Db,
  since: number,
  most: number,
): { readonly sha: string; readonly root: string; readonly at: number }[] {
  return db
    .prepare<[number, number], { sha: string; root: string; at: number }>(
      `WITH seen AS (
         SELECT subject AS sha, root, min(at) AS at FROM record
         WHERE kind = 'commit' AND at > ? AND subject IS NOT NULL AND root IS NOT NULL GROUP BY subject),
       told AS (
         SELECT s.sha, s.root, s.at, max(a.at) AS told, max(coalesce(json_extract(a.data, '$.settled'), 0)) AS settled
         FROM seen s LEFT JOIN record a ON a.kind = 'attribution' AND a.subject = s.sha GROUP BY s.sha)
       SELECT sha, root, at FROM told t WHERE told IS NULL
         OR (NOT settled AND EXISTS (SELECT 1 FROM checkpoint p WHERE p.root = t.root AND p.at > t.told))
       ORDER BY at DESC LIMIT ?`,
    )
    .all(since, most);
}
