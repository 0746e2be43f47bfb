// What is kept of a commit's attribution: docs/attribution.md describes it. Ranges of lines with numbers of authors, so that a
// commit of thousands of lines takes a few bytes.
import type { Author, Claims } from './claims.ts';
import { operationOf } from './claims.ts';
import type { Attributed } from './file-history.ts';

/** Of the way in which it is found; raised whenever that is done otherwise. */
export const attributionVersion = 1;

export type LineAuthor =
  | { readonly by: 'human' }
  | {
      readonly by: 'agent';
      readonly operation: string | null;
      readonly session: string | null;
      readonly run: string | null;
      readonly agent: string | null;
      readonly model: string | null;
    };

/** One author for certain, or one of these; none where nothing is known. */
export type Who = number | readonly number[];
export type LineRange = readonly [
  first: number,
  last: number,
  who: Who,
  /** Who has since changed the white space, -1 where that is not known. */
  formatted?: number | null,
  /** Whose line it was before: `who` reworded it. */
  reworded?: number,
];

export interface AttributionData {
  readonly version: number;
  readonly settled: boolean;
  readonly authors: readonly LineAuthor[];
  readonly files: readonly { readonly path: string; readonly lines: readonly LineRange[] }[];
}

/** `found`: the files, with the claims that their numbers mean. */
export function attributionData(
  found: readonly { readonly files: readonly Attributed[]; readonly claims: Claims }[],
  settled: boolean,
  agentOf: (operation: string) => LineAuthor,
): AttributionData {
  const authors: LineAuthor[] = [];
  const numbers = new Map<Author, number>();
  function numberOf(author: Author): number {
    const known = numbers.get(author);
    if (known !== undefined) return known;
    const operation = operationOf(author);
    numbers.set(author, authors.length);
    return authors.push(operation === undefined ? { by: 'human' } : agentOf(operation)) - 1;
  }
  const isKnown = (author: Author): boolean => author !== 'unknown' && author !== 'older';
  function told(
    claims: Claims,
    claim: number,
  ): readonly [who: Who, formatted?: number | null, reworded?: number] {
    const { authors: names, formatted, reworded } = claims.get(claim);
    const known = names.filter(isKnown).map(numberOf);
    const [only] = known;
    // What could be anybody's is not told of those that it could be, too.
    const who = known.length < names.length ? [] : known.length === 1 && only !== undefined ? only : known;
    const space = formatted === undefined ? null : isKnown(formatted) ? numberOf(formatted) : -1;
    if (reworded !== undefined) return [who, space, numberOf(reworded)];
    return space === null ? [who] : [who, space];
  }

  const files = found.flatMap(({ files: some, claims }) =>
    some.map(({ path, claims: claimed, changed }) => ({
      path,
      lines: ranges(changed, (line) => claimed[line] ?? 0).map(([first, last, claim]): LineRange => [
        first,
        last,
        ...told(claims, claim),
      ]),
    })),
  );
  return {
    version: attributionVersion,
    settled,
    authors,
    files: files.filter(({ lines }) => lines.length > 0),
  };
}

/** Neighbouring lines of which the same is said, counted from 1. */
function ranges<T>(
  lines: Iterable<number>,
  saidOf: (line: number) => T,
): [first: number, last: number, said: T][] {
  const found: [number, number, T][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const last = found.at(-1);
    const said = saidOf(line);
    if (last?.[1] === line && last[2] === said) last[1] = line + 1;
    else found.push([line + 1, line + 1, said]);
  }
  return found;
}
