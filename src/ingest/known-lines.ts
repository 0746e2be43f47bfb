// The lines that a stream holds already, so that of a rewritten source only what is new is taken in.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFrames } from '../stream/index.ts';

const newline = 0x0a;

export interface KnownLines {
  /** The lines among these that are not known. */
  without(lines: Buffer): Buffer;
}

export function knownLines(streamFile: string, length: number): KnownLines {
  const seen = new Set<string>();
  if (existsSync(streamFile))
    for (const frame of readFrames(streamFile, { to: length }))
      if (!frame.header.part) for (const line of linesOf(frame.content())) seen.add(keyOf(line));
  return {
    without(lines) {
      const fresh = [...linesOf(lines)].filter((line) => !seen.has(keyOf(line)));
      return Buffer.concat(fresh);
    },
  };
}

const keyOf = (line: Buffer): string => createHash('sha1').update(line).digest('base64');

function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(newline, start) + 1 || bytes.length;
    yield bytes.subarray(start, end);
    start = end;
  }
}
