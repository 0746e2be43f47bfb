// Which line of one content each line of another comes from. What could be otherwise is said: where a line could come from
// several, or be new, all of that is listed, so that nobody is told to have written what could be somebody else's.
import type { Text } from './text.ts';

export interface Alignment {
  /** Of each line of `after`: the line of `before` that it is, or -1 for a new one. */
  readonly from: Int32Array;
  /** What a line could be as well: further lines of `before`, or -1; `anything`, where that is too much to list. */
  readonly also: ReadonlyMap<number, readonly number[]>;
}

/** A line with fewer letters and digits says nothing by itself. */
const telling = 8;
/** Above that a place where nothing is unique is not looked at line by line. */
const maxCells = 1 << 20;
const mostListed = 8;
export const anything = -2;

interface Gap {
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

export function align(before: Text, after: Text, weight: (id: number) => number): Alignment {
  const a = before.ids;
  const b = after.ids;
  const from = new Int32Array(b.length).fill(-1);
  const also = new Map<number, Set<number>>();
  const couldBe = (j: number, i: number): void => {
    if (from[j] === i) return;
    const others = also.get(j) ?? new Set();
    also.set(j, others.add(others.size < mostListed ? i : anything));
  };

  const gaps: Gap[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }];
  for (let gap = gaps.pop(); gap; gap = gaps.pop()) {
    let { a0, a1, b0, b1 } = gap;
    while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) from[b0++] = a0++;
    while (a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]) from[--b1] = --a1;
    if (a0 === a1 || b0 === b1) continue;
    const unique = uniquePairs(a, b, { a0, a1, b0, b1 });
    const heavy = unique.filter(([, j]) => weight(b[j] ?? 0) >= telling);
    const anchors = increasing(heavy.length > 0 ? heavy : unique);
    if (anchors.length === 0) {
      within(a, b, { a0, a1, b0, b1 });
      continue;
    }
    let last = { i: a0, j: b0 };
    for (const [i, j] of anchors) {
      from[j] = i;
      gaps.push({ a0: last.i, a1: i, b0: last.j, b1: j });
      last = { i: i + 1, j: j + 1 };
    }
    gaps.push({ a0: last.i, a1, b0: last.j, b1 });
  }
  strays(before, after, from, weight, couldBe);
  slides(before, after, from, couldBe);
  return {
    from,
    also: new Map([...also].map(([j, others]) => [j, [...others]])),
  };

  /** Nothing in it is unique in both: the longest common part is taken, and all that could be otherwise is listed. */
  function within(a: Int32Array, b: Int32Array, gap: Gap): void {
    const places = new Map<number, number[]>();
    for (let i = gap.a0; i < gap.a1; i++) {
      const there = places.get(a[i] ?? 0);
      if (there) there.push(i);
      else places.set(a[i] ?? 0, [i]);
    }
    if ((gap.a1 - gap.a0) * (gap.b1 - gap.b0) <= maxCells) longestCommon(a, b, gap, from);
    for (let j = gap.b0; j < gap.b1; j++) {
      const there = places.get(b[j] ?? 0);
      if (!there) continue;
      for (const i of there) couldBe(j, i);
      couldBe(j, -1);
    }
  }
}

/** Pairs of lines that stand once in each. */
function uniquePairs(a: Int32Array, b: Int32Array, { a0, a1, b0, b1 }: Gap): [number, number][] {
  const inA = new Map<number, number>();
  for (let i = a0; i < a1; i++) inA.set(a[i] ?? 0, inA.has(a[i] ?? 0) ? -1 : i);
  const inB = new Map<number, number>();
  for (let j = b0; j < b1; j++) inB.set(b[j] ?? 0, inB.has(b[j] ?? 0) ? -1 : j);
  const pairs: [number, number][] = [];
  for (const [id, j] of inB) {
    const i = inA.get(id);
    if (j >= 0 && i !== undefined && i >= 0) pairs.push([i, j]);
  }
  return pairs.sort((x, y) => x[1] - y[1]);
}

/** The longest part of the pairs in which the first numbers rise. */
function increasing(pairs: readonly [number, number][]): [number, number][] {
  const tops: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (const [k, [i]] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[0] ?? 0) < i) low = middle + 1;
      else high = middle;
    }
    previous[k] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = k;
  }
  const chosen: [number, number][] = [];
  for (let k = tops.at(-1) ?? -1; k >= 0; k = previous[k] ?? -1) {
    const pair = pairs[k];
    if (pair) chosen.push(pair);
  }
  return chosen.reverse();
}

function longestCommon(a: Int32Array, b: Int32Array, gap: Gap, from: Int32Array): void {
  const n = gap.a1 - gap.a0;
  const m = gap.b1 - gap.b0;
  const width = m + 1;
  const best = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--)
      best[i * width + j] =
        a[gap.a0 + i] === b[gap.b0 + j]
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
  for (let i = 0, j = 0; i < n && j < m;) {
    if (a[gap.a0 + i] === b[gap.b0 + j]) from[gap.b0 + j++] = gap.a0 + i++;
    else if ((best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
}

/** A bracket may be another one, unless it stands at an end of both, or beside what is surely the same. */
function strays(
  before: Text,
  after: Text,
  from: Int32Array,
  weight: (id: number) => number,
  couldBe: (j: number, i: number) => void,
): void {
  const [last, lastAfter] = [before.ids.length - 1, after.ids.length - 1];
  for (let start = 0; start <= lastAfter; start++) {
    const i = from[start] ?? -1;
    if (i < 0) continue;
    let end = start;
    while (end < lastAfter && from[end + 1] === i + end + 1 - start) end++;
    const isHeld =
      i + start === 0 ||
      (end === lastAfter && i + end - start === last) ||
      after.ids.subarray(start, end + 1).some((id) => weight(id) >= telling);
    if (!isHeld) for (let j = start; j <= end; j++) couldBe(j, -1);
    start = end;
  }
}

/**
 * Of equal lines, some kept and some new, others could as well be the kept ones: a bracket before what was put in, or one at
 * its end. And of equal lines of which some went, others could have gone.
 */
function slides(before: Text, after: Text, from: Int32Array, couldBe: (j: number, i: number) => void): void {
  const to = new Int32Array(before.ids.length).fill(-1);
  for (const [j, i] of from.entries()) if (i >= 0) to[i] = j;
  /** Whether the line of `after` could be this one of `before` no less than the one that it is told to be. */
  const asGood = (i: number, j: number, told: number): boolean =>
    before.exact[i] === after.exact[j] || before.exact[i] !== after.exact[told];
  others(after.ids, from, (told, j) => {
    const i = from[told] ?? -1;
    if (!asGood(i, j, told)) return;
    couldBe(told, -1);
    couldBe(j, i);
  });
  others(before.ids, to, (told, i) => couldBe(to[told] ?? 0, i));
}

/** Beside each stretch of lines without a partner: lines that have one, and those that could have it in their place. */
function others(ids: Int32Array, partner: Int32Array, found: (told: number, other: number) => void): void {
  for (let start = 0; start < ids.length; start++) {
    if (partner[start] !== -1) continue;
    let end = start + 1;
    while (end < ids.length && partner[end] === -1) end++;
    for (let told = end, at = start; told < ids.length && partner[told] !== -1; told++) {
      while (at < told && ids[at] !== ids[told]) at++;
      if (at === told) break;
      for (let other = at; other < told; other++) if (ids[other] === ids[told]) found(told, other);
      at++;
    }
    for (let told = start - 1, at = end - 1; told >= 0 && partner[told] !== -1; told--) {
      while (at > told && ids[at] !== ids[told]) at--;
      if (at === told) break;
      for (let other = at; other > told; other--) if (ids[other] === ids[told]) found(told, other);
      at--;
    }
    start = end;
  }
}
