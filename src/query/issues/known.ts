// The issues that records name: worked on, decided about, or seen in a tracker.
import type { Db } from '../../store/index.ts';

export interface KnownIssues {
  readonly ids: ReadonlySet<string>;
  /** Issues by the session that closed them, as trackers said. */
  readonly closedBy: ReadonlyMap<string, readonly string[]>;
}

/** `more`: issues that are asked for, though no record may name them. */
export function knownIssues(db: Db, more: Iterable<string> = []): KnownIssues {
  const rows = db
    .prepare<[], { subject: string; closer: string | null }>(
      `SELECT DISTINCT subject, CASE kind WHEN 'issue' THEN json_extract(data, '$.closedBySession') END AS closer
       FROM record WHERE kind IN ('work', 'decision', 'issue') AND subject IS NOT NULL`,
    )
    .all();
  const closers = rows.filter((row) => row.closer !== null);
  return {
    ids: new Set([...rows.map((row) => row.subject), ...more]),
    closedBy: new Map(
      [...Map.groupBy(closers, (row) => row.closer!)].map(([session, all]) => [
        session,
        all.map((row) => row.subject),
      ]),
    ),
  };
}
