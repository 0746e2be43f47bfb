// Stream files: where they lie, appending at a committed length, walking their frames.
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  readdirSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { decodeBody, decodeHeader, firstHash, headerLength } from './frame.ts';
import type { FrameHeader } from './frame.ts';

const suffix = '.jsonl.zst';

/** Path of a source's stream, relative to `$CLEW_HOME/streams`. */
export function streamName(agent: string, sourceId: string): string {
  return path.join(agent, sourceId.slice(0, 2), sourceId + suffix);
}

/** All streams below a folder, as relative paths in a fixed order. */
export function listStreams(root: string): string[] {
  const agents = statSync(root, { throwIfNoEntry: false }) ? readdirSync(root, { recursive: true }) : [];
  return agents
    .map(String)
    .filter((name) => name.endsWith(suffix))
    .toSorted();
}

/** Writes a frame at `length`, the committed end; what stood behind it is cut off. Returns the new length. */
export function appendStream(file: string, length: number, frame: Uint8Array, durable: boolean): number {
  if (length === 0) mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const fd = openSync(file, length === 0 ? 'a' : 'r+', 0o600);
  try {
    // Only where there is something to cut: file systems flush a file that was cut to nothing when it is closed.
    if (fstatSync(fd).size > length) ftruncateSync(fd, length);
    let end = length;
    for (let done = 0; done < frame.length;) {
      const wrote = writeSync(fd, frame, done, frame.length - done, end);
      done += wrote;
      end += wrote;
    }
    if (durable) fsyncSync(fd);
    return end;
  } finally {
    closeSync(fd);
  }
}

export interface StoredFrame {
  readonly header: FrameHeader;
  readonly hash: string;
  /** Where the frame begins in the file, and where the next one does. */
  readonly start: number;
  readonly end: number;
  /** The content, read when asked for. Throws STREAM_DAMAGED. */
  content(): Buffer;
}

/** Where and why a walk over a stream stopped before the file's end. */
export interface StreamBreak {
  readonly at: number;
  readonly why: string;
}

/** Which part of a stream to walk: from behind a known frame, up to a length of the file. */
export interface FrameRange {
  readonly from?: { readonly length: number; readonly content: number; readonly hash: string };
  readonly to?: number;
}

/**
 * Walks the frames of a stream in order, as long as the chain holds. Returns a break if the file has bytes that are no
 * frame, a frame that ends behind the file's end, or one that does not follow from the one before.
 */
export function* readFrames(
  file: string,
  range: FrameRange = {},
): Generator<StoredFrame, StreamBreak | undefined> {
  const fd = openSync(file, 'r');
  const read = (at: number, length: number): Buffer => {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, at));
  };
  try {
    const size = Math.min(statSync(file).size, range.to ?? Infinity);
    let { hash: prev, content, length } = range.from ?? { hash: firstHash, content: 0, length: 0 };
    for (let at = length; at < size;) {
      length = headerLength(read(at, 8)) ?? -1;
      const json = length < 0 ? undefined : read(at + 8, length);
      const decoded = json && json.length === length ? decodeHeader(json) : undefined;
      if (!json || !decoded) return { at, why: 'no frame begins here' };
      const { header, hash } = decoded;
      const body = at + 8 + json.length;
      if (body + header.z > size) return { at, why: 'the last frame is cut off' };
      if (header.prev !== prev || header.at !== content)
        return { at, why: 'this frame does not follow the one before' };
      yield {
        header,
        hash,
        start: at,
        end: body + header.z,
        content: () => decodeBody(header, read(body, header.z), file),
      };
      prev = hash;
      content += header.n;
      at = body + header.z;
    }
    return undefined;
  } finally {
    closeSync(fd);
  }
}

/** The content of the one frame that begins at `start`. */
export function readFrameAt(
  file: string,
  start: number,
): { header: FrameHeader; content: Buffer } | undefined {
  const fd = openSync(file, 'r');
  try {
    const prefix = Buffer.alloc(8);
    readSync(fd, prefix, 0, 8, start);
    const length = headerLength(prefix);
    if (length === undefined) return undefined;
    const json = Buffer.alloc(length);
    readSync(fd, json, 0, length, start + 8);
    const decoded = decodeHeader(json);
    if (!decoded) return undefined;
    const body = Buffer.alloc(decoded.header.z);
    readSync(fd, body, 0, body.length, start + 8 + length);
    return { header: decoded.header, content: decodeBody(decoded.header, body, file) };
  } finally {
    closeSync(fd);
  }
}
