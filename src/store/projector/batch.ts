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
  /** Pairs that share less than before. */
  readonly formerKin: Set<string>;
  /** Entries up to this id were there before; later ones are not in the search index yet. */
  lastEntry: number;
}

/** A session that holds what others hold too. */
export interface Holder {
  readonly session: string;
  readonly source: string;
  readonly rank: number;
  readonly at: number;
  /** When the session ended, as far as is known. */
  readonly ended: number;
  /** The session that it says it was forked from. */
  readonly forkedFrom: string | null;
}

/**
 * Who owns what several hold: the session that the others were forked from, where they say so; otherwise the one that
 * ended first, as the others went on from it.
 */
export function ownerOf<T extends Holder>(holders: readonly T[]): T | undefined {
  const parents = new Map(holders.map((one) => [one.session, one.forkedFrom]));
  const depth = (session: string): number => {
    const seen = new Set([session]);
    for (let at = parents.get(session); at && parents.has(at) && !seen.has(at); at = parents.get(at))
      seen.add(at);
    return seen.size;
  };
  const order = (a: T, b: T): number =>
    a.rank - b.rank ||
    depth(a.session) - depth(b.session) ||
    a.ended - b.ended ||
    compareText(a.session, b.session) ||
    a.at - b.at ||
    compareText(a.source, b.source);
  return holders.toSorted(order)[0];
}

/** SQL of a holder's `ended` and `forked_from`, for a table of places named `c`. */
export const holderColumns = `
  coalesce((SELECT last_at FROM session_value v WHERE v.session = c.session AND v.name = 'activity'), 0) AS ended,
  (SELECT value FROM session_value v WHERE v.session = c.session AND v.name = 'forkedFrom' ORDER BY last_at DESC, value LIMIT 1) AS forkedFrom`;

/** Adds the pairs of sessions that hold the same record. */
export function noteKin(kin: Set<string>, places: readonly { readonly session: string }[]): void {
  const sessions = [...new Set(places.map((place) => place.session))].toSorted();
  for (const [i, a] of sessions.entries()) for (const b of sessions.slice(i + 1)) kin.add(`${a}\0${b}`);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
