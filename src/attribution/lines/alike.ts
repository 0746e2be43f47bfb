// Which contents are the same, or one and the same file under another name.
import type { Known } from './pool.ts';
import type { Text } from './text.ts';

export const sameText = (one: Text, other: Text): boolean =>
  one === other ||
  (one.exact.length === other.exact.length && one.exact.every((id, i) => id === other.exact[i]));

export function missingIn(before: Text, after: Text): number[] {
  const there = new Set(after.ids);
  return [...before.ids.keys()].filter((line) => !there.has(before.ids[line] ?? 0));
}

/** Of files that went in the same step the one that this one is, under another name. */
export function mostAlike(text: Text, gone: readonly Known[]): Known | undefined {
  const there = new Set(text.ids);
  const shared = (one: Known): number => one.text.ids.filter((id) => there.has(id)).length;
  const [best] = gone.toSorted((a, b) => shared(b) - shared(a));
  return best && shared(best) * 4 >= Math.min(text.ids.length, best.text.ids.length) ? best : undefined;
}
