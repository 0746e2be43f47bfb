// Who a line is by, as far as that is known: one author, or several of whom one it is. Claims are numbers, each kept once,
// so that those of a content are an array.

/** `older`: from before what was looked at. */
export type Author = 'human' | 'unknown' | 'older' | `operation ${string}`;

export interface Claim {
  /** One of them wrote it; sorted. */
  readonly authors: readonly Author[];
  /** Who has since changed its white space. */
  readonly formatted: Author | undefined;
  /** Whose line it was before: its author reworded it. */
  readonly reworded: Author | undefined;
}

export interface Claims {
  readonly of: (authors: readonly Author[], formatted?: Author, reworded?: Author) => number;
  readonly get: (claim: number) => Claim;
  /** By the author of one of them. */
  readonly either: (one: number, other: number) => number;
  /** The same line, with other white space by the author of the second claim. */
  readonly formattedBy: (claim: number, by: number) => number;
  /** A line that stands in the place of one like it, which was of the second claim. */
  readonly rewording: (claim: number, old: number) => number;
}

export const operationAuthor = (id: string): Author => `operation ${id}`;
export const operationOf = (author: Author): string | undefined =>
  author.startsWith('operation ') ? author.slice('operation '.length) : undefined;

const nobody: Claim = { authors: ['unknown'], formatted: undefined, reworded: undefined };

export function createClaims(): Claims {
  const numbers = new Map<string, number>();
  const all: Claim[] = [];
  function of(authors: readonly Author[], formatted?: Author, reworded?: Author): number {
    const sorted = [...new Set(authors)].toSorted();
    const key = JSON.stringify([sorted, formatted ?? null, reworded ?? null]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, all.length);
    return all.push({ authors: sorted, formatted, reworded }) - 1;
  }
  const get = (claim: number): Claim => all[claim] ?? nobody;
  return {
    of,
    get,
    either(one, other) {
      if (one === other) return one;
      const [a, b] = [get(one), get(other)];
      const reworded = a.reworded === b.reworded ? a.reworded : undefined;
      return of([...a.authors, ...b.authors], a.formatted ?? b.formatted, reworded);
    },
    formattedBy(claim, by) {
      const { authors, reworded } = get(claim);
      const [who = 'unknown', ...others] = get(by).authors;
      const own = others.length === 0 && authors.length === 1 && authors[0] === who;
      return own ? claim : of(authors, others.length > 0 ? 'unknown' : who, reworded);
    },
    rewording(claim, old) {
      const [author, ...others] = get(claim).authors;
      const [former = 'unknown', ...more] = get(old).authors;
      if (others.length > 0 || more.length > 0 || former === 'unknown' || former === 'older') return claim;
      const before = former === author ? get(old).reworded : former;
      return before === undefined || before === author ? claim : of([author ?? 'unknown'], undefined, before);
    },
  };
}
