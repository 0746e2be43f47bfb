// The codec of stream frames. The format is described in docs/format.md.
import { hash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { ClewError } from '../model/index.ts';
import type { SourceFile } from '../model/index.ts';

/** One of the sixteen magic numbers that RFC 8878 sets aside for skippable frames. */
const magic = 0x184d2a5c;
const prefixBytes = 8;
/** A header is a few hundred bytes; anything above this is damage. */
const maxHeaderBytes = 1 << 20;

export const firstHash = '0'.repeat(64);

/** What a source looked like when a frame was taken from it. */
export interface SourceIdentity {
  readonly ino: number;
  readonly size: number;
  readonly mtime: number;
  readonly head: string;
  readonly tail: string;
}

export interface FrameHeader {
  readonly v: 1;
  readonly prev: string;
  readonly sha: string;
  readonly z: number;
  readonly at: number;
  readonly n: number;
  readonly line: number;
  readonly lines: number;
  readonly from: number;
  readonly to: number;
  readonly gen: number;
  readonly time: number;
  readonly id: SourceIdentity;
  /** Set where the content is a part of one overlong line. */
  readonly part?: 'first' | 'more' | 'last';
  readonly source?: SourceFile;
}

export interface Frame {
  readonly header: FrameHeader;
  /** The frame's hash: SHA-256 of the header's bytes. */
  readonly hash: string;
  /** Both parts, as they are written. */
  readonly bytes: Buffer;
}

const sha256 = (bytes: Buffer): string => hash('sha256', bytes);

/** Makes a frame of `content` (whole lines). */
export function encodeFrame(fields: Omit<FrameHeader, 'v' | 'sha' | 'z' | 'n'>, content: Buffer): Frame {
  const body = zstdCompressSync(content);
  const header: FrameHeader = { v: 1, ...fields, n: content.length, z: body.length, sha: sha256(body) };
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(magic, 0);
  prefix.writeUInt32LE(json.length, 4);
  return { header, hash: sha256(json), bytes: Buffer.concat([prefix, json, body]) };
}

/** Length of the header's JSON, or undefined if these are not the first 8 bytes of a frame. */
export function headerLength(prefix: Buffer): number | undefined {
  if (prefix.length < prefixBytes || prefix.readUInt32LE(0) !== magic) return undefined;
  const length = prefix.readUInt32LE(4);
  return length <= maxHeaderBytes ? length : undefined;
}

export function decodeHeader(json: Buffer): { header: FrameHeader; hash: string } | undefined {
  try {
    const header = JSON.parse(json.toString()) as FrameHeader;
    const numbers = [
      header.z,
      header.at,
      header.n,
      header.line,
      header.lines,
      header.from,
      header.to,
      header.gen,
    ];
    if (header.v !== 1 || !numbers.every(Number.isSafeInteger)) return undefined;
    return { header, hash: sha256(json) };
  } catch {
    return undefined;
  }
}

/** The content of a frame, checked against its header. Throws STREAM_DAMAGED. */
export function decodeBody(header: FrameHeader, body: Buffer, file: string): Buffer {
  if (sha256(body) === header.sha) {
    const content = zstdDecompressSync(body);
    if (content.length === header.n) return content;
  }
  throw new ClewError(
    'STREAM_DAMAGED',
    `${file}: the frame at content offset ${header.at} is not what was written`,
    'run `clew verify` to see how far the stream can be trusted, and put the file back from a backup',
  );
}
