// What a transaction has touched and must settle before it commits.
import type { Database } from 'better-sqlite3';

export interface Batch {
  readonly db: Database;
  /** Sessions whose row must be derived anew. */
  readonly sessions: Set<string>;
  /** Entries, and messages, that stand in several sources and whose owner must be found anew. */
  readonly sharedEntries: Set<string>;
  readonly sharedMessages: Set<string>;
  /** Pairs of sessions that turned out to share records. */
  readonly kin: Set<string>;
  /** Entries up to this id were there before; later ones are not in the search index yet. */
  lastEntry: number;
}

/** The session that owns what several hold is the one that ended first: the others went on from it. */
export interface Holder {
  readonly session: string;
  readonly source: string;
  readonly rank: number;
  readonly ended: number;
}

export function compareHolders(a: Holder, b: Holder): number {
  return (
    a.rank - b.rank ||
    a.ended - b.ended ||
    compareText(a.session, b.session) ||
    compareText(a.source, b.source)
  );
}

/** Remembers that these sessions hold the same record. */
export function noteKin(batch: Batch, places: readonly { readonly session: string }[]): void {
  const sessions = [...new Set(places.map((place) => place.session))].toSorted();
  for (const [i, a] of sessions.entries()) for (const b of sessions.slice(i + 1)) batch.kin.add(`${a}\0${b}`);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
