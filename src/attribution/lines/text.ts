// A file's content as numbers, one for each line: comparing lines is comparing numbers. Each line has two: of its text, and
// of its text without white space, by which a line is followed through formatters.

export interface Text {
  /** Of the lines without white space. */
  readonly ids: Int32Array;
  /** Of the lines as they are; the end of a line does not count. */
  readonly exact: Int32Array;
}

export interface Texts {
  /** Undefined where it is no text, or too long to be looked at. */
  readonly of: (content: Buffer) => Text | undefined;
  /** Of a line by its `ids`: how many letters and digits are in it. What has few is met everywhere. */
  readonly weight: (id: number) => number;
  /** Of two lines by their `ids`: how alike they are, from 0 to 1. */
  readonly likeness: (one: number, other: number) => number;
}

const maxBytes = 4 << 20;
/** git looks as far for a NUL, which tells a binary file. */
const looked = 8000;

export function createTexts(): Texts {
  const numbers = new Map<string, number>();
  const bare = new Map<string, number>();
  /** By a line's exact number, its number without white space. */
  const bareOf: number[] = [];
  const weights: number[] = [];
  const bareTexts: string[] = [];

  function numberOf(line: string): number {
    const known = numbers.get(line);
    if (known !== undefined) return known;
    const text = line.replaceAll(/[\t-\r ]+/g, '');
    let id = bare.get(text);
    if (id === undefined) {
      id = bare.size;
      bare.set(text, id);
      bareTexts.push(text);
      weights.push(text.replaceAll(/[^A-Za-z0-9\x80-\xFF]+/g, '').length);
    }
    const number = numbers.size;
    numbers.set(line, number);
    bareOf.push(id);
    return number;
  }

  return {
    of(content) {
      if (content.length > maxBytes || content.subarray(0, looked).includes(0)) return undefined;
      const lines = content.toString('latin1').split('\n');
      if (lines.at(-1) === '') lines.pop();
      const exact = Int32Array.from(lines, (line) =>
        numberOf(line.endsWith('\r') ? line.slice(0, -1) : line),
      );
      return { exact, ids: exact.map((number) => bareOf[number] ?? 0) };
    },
    weight: (id) => weights[id] ?? 0,
    likeness: (one, other) => likenessOf(bareTexts[one] ?? '', bareTexts[other] ?? ''),
  };
}

/** The Dice coefficient of their pairs of letters. */
function likenessOf(one: string, other: string): number {
  const all = one.length + other.length - 2;
  if (all <= 0) return 0;
  const pairs = new Map<string, number>();
  for (let i = 1; i < one.length; i++) {
    const pair = one.slice(i - 1, i + 1);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let i = 1; i < other.length; i++) {
    const pair = other.slice(i - 1, i + 1);
    const left = pairs.get(pair) ?? 0;
    if (left > 0) shared++;
    pairs.set(pair, left - 1);
  }
  return (2 * shared) / all;
}
