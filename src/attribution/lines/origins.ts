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

/** So alike is a line to the one that it was before it was reworded. */
const reworded = 0.7;
/** Where more is new in the place of more, it is not compared line by line. */
const mostPairs = 10_000;

/** A content whose lines are being told: `open` are those that are not settled yet. */
export interface Draft {
  readonly text: Text;
  readonly claims: Int32Array;
  readonly open: Set<number>;
}

/** A draft of a content that came out of another: of each line which it is there, or -1; and the lines that differ. */
export interface Inherited extends Draft {
  readonly from: Int32Array;
  readonly changed: Set<number>;
}

/** Whether lines are surely those that stood somewhere before: `maybe` they were written again. */
export type Verdict = 'sure' | 'maybe' | 'no';

interface Told extends Alignment {
  readonly claim: (line: number) => number | undefined;
}

export interface Origins {
  /** A draft of a content that came out of another. */
  inherit(base: Known | undefined, text: Text, by: number): Inherited;
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
  /** Says of open lines, which are new, whose lines they took the place of, reworded. */
  reword(draft: Inherited, base: Known): void;
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
      const from = inherited?.from ?? new Int32Array(claimed.length).fill(-1);
      return { text, claims: claimed, open, from, changed };
    },
    reword({ text, claims: claimed, open, from }, base) {
      for (const { lines, gone } of replaced(from, base.text.ids.length)) {
        if (lines.length * gone.length > mostPairs) continue;
        const left = new Set(gone);
        for (const line of lines) {
          if (!open.has(line) || weight(text.ids[line] ?? 0) < telling) continue;
          const old = mostLike(text.ids[line] ?? 0, left, base.text);
          if (old === undefined) continue;
          left.delete(old);
          claimed[line] = claims.rewording(claimed[line] ?? unknown, base.claims[old] ?? unknown);
        }
      }
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

  /** Of these lines the one that a line is made out of, if any is like it. */
  function mostLike(id: number, lines: Iterable<number>, { ids }: Text): number | undefined {
    let best: number | undefined;
    let most = reworded;
    for (const line of lines) {
      const likeness = texts.likeness(ids[line] ?? 0, id);
      if (likeness < most || (likeness === most && best !== undefined)) continue;
      best = line;
      most = likeness;
    }
    return best;
  }

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

/** Stretches of new lines, with the lines that stood in their place. */
function* replaced(from: Int32Array, length: number): Generator<{ lines: number[]; gone: number[] }> {
  let next = 0;
  for (let line = 0; line <= from.length; line++) {
    const lines: number[] = [];
    while (line < from.length && from[line] === -1) lines.push(line++);
    const end = line < from.length ? (from[line] ?? length) : length;
    if (lines.length > 0 && end > next)
      yield { lines, gone: Array.from({ length: end - next }, (_, i) => next + i) };
    next = Math.max(next, end + 1);
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
