// Whose the lines of commits are, as it is to be kept: one piece of data for each commit.
import { agentReader } from './agents.ts';
import type { Claims } from './claims.ts';
import { followFiles, pastOf } from './engine.ts';
import type { Past, Place } from './engine.ts';
import type { Attributed } from './file-history.ts';
import { attributionData } from './record.ts';
import type { AttributionData } from './record.ts';

const dayMs = 24 * 3_600_000;
/** So far back is looked first; further only where a line turns out to be older. */
const nearDays = 7;

/** Lines of files of commits, by commit and path: git takes them for changed where clew would not. */
export type Asked = ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;

export interface HowFar {
  /** When the earliest of them was made, milliseconds; without it all is looked at that is known. */
  readonly since?: number | undefined;
  readonly asked?: Asked | undefined;
}

/** By commit, for those that are there. Throws GIT_FAILED. */
export function attributeCommits(
  place: Place,
  shas: readonly string[],
  { since, asked = new Map() }: HowFar = {},
): Map<string, AttributionData> {
  if (shas.length === 0) return new Map();
  const start = firstKnown(place);
  const near = since === undefined ? start : Math.max(start, since - nearDays * dayMs);
  const { data, reachesBack } = attributeSince(place, shas, near, asked);
  return reachesBack && near > start ? attributeSince(place, shas, start, asked).data : data;
}

/** When clew came to know of anything in any project. */
function firstKnown({ db }: Place): number {
  const row = db
    .prepare<[], { first: number | null }>(
      `SELECT min(at) AS first FROM (SELECT min(at) AS at FROM checkpoint UNION ALL
       SELECT at FROM operation WHERE at > 0 AND at = (SELECT min(at) FROM operation WHERE at > 0))`,
    )
    .get();
  return Math.max(0, (row?.first ?? 0) - dayMs);
}

function attributeSince(
  place: Place,
  shas: readonly string[],
  since: number,
  asked: Asked,
): { readonly data: Map<string, AttributionData>; readonly reachesBack: boolean } {
  const past = pastOf(place, shas, since);
  const data = new Map<string, AttributionData>();
  if (!past) return { data, reachesBack: false };
  const wanted = shas.filter((sha) => past.commits.has(sha));
  const paths = wanted.flatMap((sha) =>
    (past.commits.get(sha)?.files ?? []).flatMap((file) => (file.after === null ? [] : [file.path])),
  );
  const found = new Map<string, { files: Attributed[]; claims: Claims }[]>();
  let reachesBack = false;
  followFiles(place, past, paths, ({ commits }, claims) => {
    for (const sha of wanted) {
      const files = commits.get(sha)?.map((file) => withLines(file, asked.get(sha)?.get(file.path)));
      if (!files || files.length === 0) continue;
      const there = found.get(sha) ?? [];
      found.set(sha, [...there, { files, claims }]);
      reachesBack ||= files.some((file) =>
        file.changed.values().some((line) => claims.get(file.claims[line] ?? 0).authors.includes('older')),
      );
    }
  });
  const agentOf = agentReader(place.db);
  for (const sha of wanted)
    data.set(sha, attributionData(found.get(sha) ?? [], isSettled(past, sha), agentOf));
  return { data, reachesBack };
}

const withLines = (file: Attributed, lines: readonly number[] = []): Attributed =>
  lines.length === 0
    ? file
    : { ...file, changed: new Set([...file.changed, ...lines.map((line) => line - 1)]) };

/** A commit that was made here is settled once a checkpoint has followed, or when there is nothing left to tell. */
const isSettled = (past: Past, sha: string): boolean => past.windows.stepsOf.get(sha)?.length !== 0;
