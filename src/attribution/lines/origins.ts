// What is new to a content and yet was written before: brought back by git, by clew, or out of what lay ready. Each rule
// says what is proven; where two people could have written a line, both are named.
import { align, anything } from './align.ts';
import type { Alignment } from './align.ts';
import type { Claims } from './claims.ts';
import type { Known, Match, Pool, Stretch } from './pool.ts';
import type { Text, Texts } from './text.ts';

/** A line with so many letters and digits is not written twice by chance in the same place. */
export const telling = 8;
/** Nor so many anywhere. */
export const unmistakable = 24;

/** A content whose lines are being told: `open` are those that are not settled yet. */
export interface Draft {
  readonly text: Text;
  readonly claims: Int32Array;
  readonly open: Set<number>;
}

/** Whether lines are surely those that stood somewhere before: `maybe` they were written again. */
export type Verdict = 'sure' | 'maybe' | 'no';

interface Told extends Alignment {
  readonly claim: (line: number) => number | undefined;
}

export interface Origins {
  /** A draft of a content that came out of another. */
  inherit(base: Known | undefined, text: Text, by: number): Draft & { readonly changed: Set<number> };
  /** Takes open lines from contents that they surely come out of, by their place; where several tell, from all of them. */
  fromEither(draft: Draft, sources: readonly Known[], by: number): void;
  /** Takes all open lines from a content that is the same. */
  fromEqual(draft: Draft, same: readonly Known[], by: number, isProven: boolean): void;
  /** Takes open lines from wherever they stood before, with what stands around them. */
  fromPool(
    draft: Draft,
    pool: Pool,
    by: number,
    judge: (match: Match) => Verdict,
    from?: 'all' | 'away',
  ): void;
  weightOf(text: Text, lines: Iterable<number>): number;
}

export function createOrigins(claims: Claims, texts: Texts): Origins {
  const { weight } = texts;
  const unknown = claims.of(['unknown']);
  const settle = (draft: Draft, line: number, claim: number): void => {
    draft.claims[line] = claim;
    draft.open.delete(line);
  };
  const weightOf = (text: Text, lines: Iterable<number>): number => {
    let sum = 0;
    for (const line of lines) sum += weight(text.ids[line] ?? 0);
    return sum;
  };

  /** What each line of a content would be if it came out of another; undefined where it would be new. */
  function told(source: Known, text: Text, by: number): Told {
    const alignment = align(source.text, text, weight);
    const { from, also } = alignment;
    const claimOf = (i: number, line: number): number => {
      if (i === anything) return unknown;
      const claim = i < 0 ? by : (source.claims[i] ?? unknown);
      return i < 0 || source.text.exact[i] === text.exact[line] ? claim : claims.formattedBy(claim, by);
    };
    const claim = (line: number): number | undefined => {
      const i = from[line] ?? -1;
      const others = also.get(line);
      if (i < 0 && !others) return undefined;
      return (others ?? []).reduce(
        (one, other) => claims.either(one, claimOf(other, line)),
        claimOf(i, line),
      );
    };
    return { ...alignment, claim };
  }

  return {
    weightOf,
    inherit(base, text, by) {
      const claimed = new Int32Array(text.ids.length).fill(by);
      const open = new Set<number>();
      const changed = new Set<number>();
      const inherited = base && told(base, text, by);
      for (let line = 0; line < claimed.length; line++) {
        const i = inherited?.from[line] ?? -1;
        const claim = inherited?.claim(line);
        if (claim !== undefined) claimed[line] = claim;
        if (i < 0) open.add(line);
        if (i < 0 || inherited?.also.get(line)?.includes(-1) || base?.text.exact[i] !== text.exact[line])
          changed.add(line);
      }
      return { text, claims: claimed, open, changed };
    },
    fromEither(draft, sources, by) {
      const tellers = sources.map((source) => told(source, draft.text, by));
      for (const line of draft.open) {
        const found = tellers.flatMap((teller) => teller.claim(line) ?? []);
        const [first] = found;
        if (first !== undefined) settle(draft, line, found.reduce(claims.either, first));
      }
    },
    fromEqual(draft, same, by, isProven) {
      if (same.length === 0) return;
      for (const line of draft.open) {
        const found = same.map((one) => one.claims[line] ?? unknown);
        settle(draft, line, found.reduce(claims.either, isProven ? (found[0] ?? unknown) : by));
      }
    },
    fromPool(draft, pool, by, judge, from = 'all') {
      for (const stretch of stretchesOf(draft.open)) {
        const todo: Stretch[] = [stretch];
        for (let part = todo.pop(); part; part = todo.pop()) {
          const best = bestMatches(draft.text, part, pool, from);
          const [first] = best;
          if (!first) continue;
          const verdict = judge(first);
          const end = verdict === 'no' ? first.start : first.end;
          for (let line = first.start; line < end; line++) {
            const found = best.map((match) => match.known.claims[match.at + line - match.start] ?? unknown);
            settle(draft, line, found.reduce(claims.either, verdict === 'sure' ? (found[0] ?? unknown) : by));
          }
          todo.push({ start: part.start, end: first.start }, { start: first.end, end: part.end });
        }
      }
    },
  };

  /** Of all matches within a stretch those that cover most of it; of those that cover as much, the ones with most around. */
  function bestMatches(text: Text, part: Stretch, pool: Pool, from: 'all' | 'away'): Match[] {
    let best: Match[] = [];
    let score = 0;
    for (let line = part.start; line < part.end; line++) {
      if (best.some((match) => line < match.end)) continue;
      const found = pool.matches(text, line, part, from);
      const [first] = found;
      if (!first) continue;
      let covered = 0;
      for (let i = first.start; i < first.end; i++) covered += 1 + weight(text.ids[i] ?? 0);
      const one = covered * 1000 + Math.min(first.around, 999);
      if (one <= score) continue;
      best = found;
      score = one;
    }
    return best.filter(({ start, end }) => start === best[0]?.start && end === best[0].end);
  }
}

function stretchesOf(lines: ReadonlySet<number>): Stretch[] {
  const found: { start: number; end: number }[] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last?.end === line) last.end++;
    else found.push({ start: line, end: line + 1 });
  }
  return found;
}
