// All contents of a file that were met so far, with the claims on their lines: where lines come from that are new to a
// content though somebody has written them before, as git brings them back.
import type { Text } from './text.ts';

export interface Known {
  readonly text: Text;
  /** One for each line. */
  readonly claims: Int32Array;
  /** Of a commit, on the disk, or a piece that an edit tool tells of. */
  readonly of: 'commit' | 'disk' | 'edit';
}

/** Lines of a known content that are equal to a stretch of another. */
export interface Match extends Stretch {
  readonly known: Known;
  /** Where it begins in the known content. */
  readonly at: number;
  /** How many lines around it are equal as well. */
  readonly around: number;
}

export interface Pool {
  /** `fresh`: the lines that were new in it. */
  add(known: Known, fresh: Iterable<number>): void;
  /** git took these lines off the disk; it may bring them back. */
  putAway(known: Known, lines: Iterable<number>): void;
  /** Those with just this content, the latest first. */
  equal(text: Text): readonly Known[];
  /**
   * The longest stretches that hold this line, within the bounds; several where they are equally long. `away`: only of
   * those that were put away.
   */
  matches(text: Text, line: number, bounds: Stretch, from?: 'all' | 'away'): Match[];
}

/** Lines from one to before the other. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What stands in more places than that is found by the lines beside it. */
const mostPlaces = 24;

export function createPool(): Pool {
  const byHash = new Map<number, Known[]>();
  const places = { all: new Map<number, Place[]>(), away: new Map<number, Place[]>() };
  const note = (index: Map<number, Place[]>, known: Known, lines: Iterable<number>): void => {
    for (const line of lines) {
      const id = known.text.ids[line] ?? 0;
      const there = index.get(id);
      if (there) there.push({ known, line });
      else index.set(id, [{ known, line }]);
    }
  };
  return {
    add(known, fresh) {
      const hash = hashOf(known.text);
      const same = byHash.get(hash);
      if (same) same.unshift(known);
      else byHash.set(hash, [known]);
      note(places.all, known, fresh);
    },
    putAway: (known, lines) => note(places.away, known, lines),
    equal: (text) => (byHash.get(hashOf(text)) ?? []).filter((one) => isEqual(one.text, text)),
    matches(text, line, bounds, from = 'all') {
      let best: Match[] = [];
      let length = 0;
      for (const place of (places[from].get(text.ids[line] ?? 0) ?? []).slice(-mostPlaces)) {
        const match = extend(place, text, line, bounds);
        const score = (match.end - match.start) * 1000 + Math.min(999, match.around);
        if (score > length) best = [];
        if (score >= length) best.push(match);
        length = Math.max(length, score);
      }
      return best;
    },
  };
}

interface Place {
  readonly known: Known;
  readonly line: number;
}

function extend({ known, line: at }: Place, text: Text, line: number, { start, end }: Stretch): Match {
  const a = known.text.ids;
  const b = text.ids;
  let up = 0;
  while (up < Math.min(at, line) && a[at - up - 1] === b[line - up - 1]) up++;
  let down = 1;
  while (at + down < a.length && line + down < b.length && a[at + down] === b[line + down]) down++;
  const from = Math.max(start, line - up);
  const to = Math.min(end, line + down);
  return { known, start: from, end: to, at: at + from - line, around: up + down - (to - from) };
}

function hashOf({ exact }: Text): number {
  let hash = exact.length;
  for (const one of exact) hash = (Math.imul(hash, 31) + one) | 0;
  return hash;
}

const isEqual = (one: Text, other: Text): boolean =>
  one.exact.length === other.exact.length && one.exact.every((id, i) => id === other.exact[i]);
