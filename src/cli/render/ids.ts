// Ids, shortened so far that they still tell apart what stands in one list. Eight characters do for random ids; those
// that begin with a time need more.
import { shortId, shownLength } from '../../model/index.ts';

export function shortIds(ids: Iterable<string>): (id: string) => string {
  const sorted = [...new Set(ids)].sort();
  const lengths = new Map<string, number>();
  for (const [i, id] of sorted.entries()) {
    const shared = Math.max(common(id, sorted[i - 1]), common(id, sorted[i + 1]));
    lengths.set(id, Math.max(shownLength(id), shared + 1));
  }
  return (id) => (lengths.has(id) ? id.slice(0, lengths.get(id)) : shortId(id));
}

/** How many characters two ids have in common at their beginning. */
function common(a: string, b = ''): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}
