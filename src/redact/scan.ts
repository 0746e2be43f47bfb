// Finds where any of many short anchors (`ghp_`, `password`, …) occurs, at close to memory speed.
//
// A chunk is read as 16-bit words, two bytes per step. Four bytes of each anchor are its window; in the text
// they lie either on two words, or on the second half of one, a whole word, and the first half of the next. One
// table says for every word which groups of windows it may open and which it may close, so that a step is one
// look-up and one AND. What passes is compared byte by byte. The work per byte does not depend on the text.

export interface Anchor<T> {
  /** At least 4 characters; `?` stands for a letter or a digit, `#` for a hex digit. */
  readonly text: string;
  readonly anyCase: boolean;
  readonly value: T;
}

export type Scan<T> = (bytes: Buffer, hit: (at: number, value: T) => void) => void;

type ByteSet = readonly number[];
interface Compiled<T> {
  readonly sets: readonly ByteSet[];
  readonly lookup: readonly Uint8Array[];
  readonly window: number;
  readonly value: T;
}

/** An anchor that may be where a word is, `back` bytes before it. */
interface Candidate<T> {
  readonly anchor: Compiled<T>;
  readonly back: number;
}

const words = 0x1_0000;
const groups = 16;
const windowLength = 4;
const anyByte: ByteSet = Array.from({ length: 256 }, (_, byte) => byte);
const alphanumeric = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const hexDigits = '0123456789abcdefABCDEF';

const codes = (characters: string): ByteSet => Array.from(new Set(characters), (c) => c.charCodeAt(0));

function byteSet(character: string, anyCase: boolean): ByteSet {
  if (character === '?') return codes(alphanumeric);
  if (character === '#') return codes(hexDigits);
  return codes(anyCase ? `${character.toLowerCase()}${character.toUpperCase()}` : character);
}

/** How rare a character is in transcripts, coarsely. */
function rarity(character: string): number {
  if ('?# '.includes(character)) return 0;
  const rank = ['etaoinsr"\\', 'hldcumfpgy-_', 'wbvk:/.'].findIndex((c) =>
    c.includes(character.toLowerCase()),
  );
  return rank === -1 ? 3 : rank;
}

/** The window that ordinary text has least of, judged by the worse of the two ways that it lies on words. */
function rarestWindow(text: string): number {
  let best = { at: 0, score: -1 };
  const sum = (from: number): number => {
    let total = 0;
    for (const c of text.slice(from, from + windowLength)) total += rarity(c);
    return total;
  };
  for (let at = 0; at + windowLength <= text.length; at++) {
    const score = Math.min(sum(at), sum(at + 1));
    if (score > best.score) best = { at, score };
  }
  return best.at;
}

function compile<T>({ text, anyCase, value }: Anchor<T>): Compiled<T> {
  const sets = Array.from(text, (c) => byteSet(c, anyCase));
  const lookup = sets.map((set) => {
    const table = new Uint8Array(256);
    for (const byte of set) table[byte] = 1;
    return table;
  });
  return { sets, lookup, window: rarestWindow(text), value };
}

const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Two bytes as the machine reads them. */
const wordOf = (first: number, second: number): number =>
  littleEndian ? (second << 8) | first : (first << 8) | second;

function forWords(first: ByteSet, second: ByteSet, each: (word: number) => void): void {
  for (const a of first) for (const b of second) each(wordOf(a, b));
}

/** Where the anchors that begin with these three bytes are listed. */
const slotOf = (word: number, third: number): number => (word ^ (third * 0x9e35)) & (words - 1);

export function createScan<T>(anchors: readonly Anchor<T>[]): Scan<T> {
  const table = new Int32Array(words); // bit g: may close a window of group g; bit g + groups: may open one
  const candidates: (Candidate<T>[] | undefined)[] = Array.from({ length: words });
  for (const anchor of anchors.map(compile)) {
    // Windows that end alike share a group, so that few words close it.
    const closing = 1 << (anchor.sets[anchor.window + 3]![0]! % groups);
    const opening = closing << groups;
    for (const skipped of [0, 1]) {
      const [a, b, c, d = anyByte] = anchor.sets.slice(anchor.window + skipped);
      const candidate = { anchor, back: anchor.window + skipped };
      forWords(a!, b!, (word) => {
        table[word]! |= opening;
        for (const third of c!) {
          const slot = slotOf(word, third);
          (candidates[slot] ??= []).push(candidate);
        }
      });
      forWords(c!, d, (word) => (table[word]! |= closing));
    }
  }

  return (bytes, hit) => {
    // A view of words starts at an even offset; the byte before the chunk that this may take in is never compared.
    const shift = bytes.byteOffset & 1;
    const text = new Uint16Array(bytes.buffer, bytes.byteOffset - shift, (bytes.length + shift) >>> 1);
    for (let i = nextCandidate(text, table, 1); i < text.length; i = nextCandidate(text, table, i + 1)) {
      const at = (i - 1) * 2 - shift;
      const here = candidates[slotOf(text[i - 1]!, bytes[at + 2]!)];
      if (here) compare(bytes, here, at, hit);
    }
  };
}

/** Finds the same, slowly, but is made at once: for a line or two. */
export function createPlainScan<T>(anchors: readonly Anchor<T>[]): Scan<T> {
  const byFirst: Compiled<T>[][] = Array.from({ length: 256 }, () => []);
  for (const anchor of anchors.map(compile)) {
    for (const byte of anchor.sets[0]!) byFirst[byte]!.push(anchor);
  }
  return (bytes, hit) => {
    for (let at = 0; at < bytes.length; at++) {
      for (const { lookup, value } of byFirst[bytes[at]!]!) if (occurs(bytes, at, lookup)) hit(at, value);
    }
  };
}

/** The first place from `i` on where a word closes what the one before it opens. */
function nextCandidate(text: Uint16Array, table: Int32Array, i: number): number {
  if (i >= text.length) return i;
  let before = table[text[i - 1]!]!;
  for (; i < text.length; i++) {
    const now = table[text[i]!]!;
    if (((before >>> groups) & now) !== 0) return i;
    before = now;
  }
  return i;
}

function compare<T>(
  bytes: Buffer,
  candidates: readonly Candidate<T>[],
  at: number,
  hit: (at: number, value: T) => void,
): void {
  for (const { anchor, back } of candidates) {
    if (occurs(bytes, at - back, anchor.lookup)) hit(at - back, anchor.value);
  }
}

function occurs(bytes: Buffer, at: number, lookup: readonly Uint8Array[]): boolean {
  if (at < 0 || at + lookup.length > bytes.length) return false;
  for (let i = 0; i < lookup.length; i++) if (lookup[i]![bytes[at + i]!] === 0) return false;
  return true;
}
