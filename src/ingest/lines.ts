// Reads whole lines from a file, in pieces of bounded size.
import { readSync } from 'node:fs';

/** How much is read at a time: large enough to compress well, small enough to keep memory flat. */
export const pieceBytes = 2 << 20;
/** A line above this is kept but not parsed. */
export const maxLineBytes = 32 << 20;
const newline = 0x0a;

export interface Piece {
  /** Whole lines, each ended by \n; or a part of a line that is too long to be held. Valid until the next is asked for. */
  readonly bytes: Buffer;
  /** The range of the file this came from. */
  readonly from: number;
  readonly to: number;
  /** Which part of an overlong line this is; undefined for whole lines. */
  readonly part?: 'first' | 'more' | 'last';
}

/**
 * The lines between `from` and `size`. A last line without a line end is given only if it is a whole JSON object (some
 * clients write none); anything else is being written, and left for later. Line ends alone at the start are passed over.
 */
export function* readPieces(
  fd: number,
  from: number,
  size: number,
  cutLongLine: (bytes: Buffer, at: number) => number,
): Generator<Piece> {
  let at = from;
  while (at < size) {
    let bytes = readAt(fd, at, Math.min(pieceBytes, size - at));
    if (at === from && bytes[0] === newline) {
      at++;
      bytes = bytes.subarray(1);
      from = at;
      if (bytes.length === 0) return;
    }
    let end = bytes.lastIndexOf(newline) + 1;
    while (end === 0 && at + bytes.length < size && bytes.length < maxLineBytes) {
      bytes = readAt(fd, at, Math.min(bytes.length * 2, maxLineBytes, size - at));
      end = bytes.lastIndexOf(newline) + 1;
    }
    if (bytes.length === 0) return;
    if (end > 0) {
      yield { bytes: bytes.subarray(0, end), from: at, to: at + end };
      at += end;
    } else if (bytes.length < maxLineBytes) {
      if (at + bytes.length < size || !isWholeObject(bytes)) return;
      yield { bytes: Buffer.concat([bytes, Buffer.from('\n')]), from: at, to: size };
      return;
    } else {
      const lineEnd = findNewline(fd, at + bytes.length, size);
      if (lineEnd === undefined) return;
      for (const start = at; at < lineEnd;) {
        const part = readAt(fd, at, Math.min(pieceBytes, lineEnd - at));
        if (part.length === 0) return;
        const isLast = at + part.length === lineEnd;
        const length = isLast ? part.length : cutLongLine(part, part.length) || part.length;
        const kind = isLast ? 'last' : 'more';
        yield {
          bytes: part.subarray(0, length),
          from: at,
          to: at + length,
          part: at === start ? 'first' : kind,
        };
        at += length;
      }
    }
  }
}

/** Used again for each piece: four megabytes a piece would keep the garbage collector busy. */
let scratch = Buffer.alloc(0);

function readAt(fd: number, at: number, length: number): Buffer {
  if (scratch.length === 0) scratch = Buffer.allocUnsafeSlow(pieceBytes);
  const bytes = length > pieceBytes ? Buffer.allocUnsafe(length) : scratch;
  let got = 0;
  while (got < length) {
    const n = readSync(fd, bytes, got, length - got, at + got);
    if (n === 0) break;
    got += n;
  }
  return bytes.subarray(0, got);
}

/** Offset behind the next line end, if there is one. */
function findNewline(fd: number, from: number, size: number): number | undefined {
  for (let at = from; at < size;) {
    const bytes = readAt(fd, at, Math.min(pieceBytes, size - at));
    if (bytes.length === 0) return undefined;
    const index = bytes.indexOf(newline);
    if (index >= 0) return at + index + 1;
    at += bytes.length;
  }
  return undefined;
}

function isWholeObject(bytes: Buffer): boolean {
  const last = bytes
    .toString('latin1', Math.max(0, bytes.length - 16))
    .trimEnd()
    .at(-1);
  if (last !== '}') return false;
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
