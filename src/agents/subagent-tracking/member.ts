// One member of a gzip file whose writers flush after each line (Z_SYNC_FLUSH): it can be read from any flush on, given the
// 32 KB of text before that.
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface Member {
  /** The last of its text, which what follows may refer to. */
  readonly window: Buffer;
  readonly crc: number;
}
export const freshMember: Member = { window: Buffer.alloc(0), crc: 0 };

const windowBytes = 32 * 1024;
/** CRC and length, behind the last block. */
const trailerBytes = 8;

export interface Inflated {
  readonly text: Buffer;
  /** How many bytes were read, the trailer among them. */
  readonly length: number;
  /** Undefined where it ends here. */
  readonly member: Member | undefined;
}

/** Goes on with a member; undefined where the bytes cannot be its own. */
export function inflate(member: Member, bytes: Buffer): Inflated | undefined {
  const text = inflated(bytes, member.window);
  if (!text) return undefined;
  const crc = crc32(text.buffer, member.crc);
  const length = text.engine.bytesWritten;
  if (length < bytes.length || isLast(bytes)) {
    const trailer = bytes.subarray(length, length + trailerBytes);
    if (trailer.length === trailerBytes && trailer.readUInt32LE(0) === crc)
      return { text: text.buffer, length: length + trailerBytes, member: undefined };
    if (length < bytes.length) return undefined;
  }
  const window = Buffer.concat([member.window, text.buffer]);
  return { text: text.buffer, length, member: { window: Buffer.from(window.subarray(-windowBytes)), crc } };
}

/** Whether the first block says that none follows it. */
const isLast = (bytes: Buffer): boolean => ((bytes[0] ?? 0) & 1) === 1;

function inflated(
  bytes: Buffer,
  dictionary: Buffer,
): { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } } | undefined {
  const how = {
    finishFlush: constants.Z_SYNC_FLUSH,
    info: true,
    maxOutputLength: maxUnpacked,
    ...(dictionary.length > 0 && { dictionary }),
  } as const;
  try {
    return inflateRawSync(bytes, how) as unknown as ReturnType<typeof inflated>;
  } catch {
    return undefined;
  }
}

/** Those of Python's gzip, and of zlib. */
const usualLevels = [9, 6];

/**
 * How much of the bytes, from 0 to 1, the text gives when it is compressed again behind what stands before it: all, or nearly
 * all, where it is that member's.
 */
export function likeness({ window: dictionary }: Member, text: Buffer, bytes: Buffer): number {
  const again = usualLevels.map((level) =>
    deflateRawSync(text, {
      level,
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(dictionary.length > 0 && { dictionary }),
    }),
  );
  return Math.max(...again.map((one) => commonStart(one, bytes))) / bytes.length;
}

function commonStart(a: Buffer, b: Buffer): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

/** What may come out of a file at most. */
export const maxUnpacked = 1 << 30;

/** The length of a member's header; 0 where there is none. */
export function headerLength(bytes: Buffer, at: number): number {
  const flags = bytes[at + 3] ?? 0xff;
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8 || flags > 0x1f) return 0;
  let end = at + 10;
  if (flags & 4) end += 2 + (end + 2 <= bytes.length ? bytes.readUInt16LE(end) : 0);
  for (const text of [8, 16]) if (flags & text) end = bytes.indexOf(0, end) + 1 || bytes.length;
  if (flags & 2) end += 2;
  return end - at;
}

const magic = Buffer.of(0x1f, 0x8b, 0x08);
const flushMark = Buffer.of(0, 0, 0xff, 0xff);

/** Where the first flush ends; undefined where none follows. */
export function afterFlush(bytes: Buffer, from: number): number | undefined {
  const at = bytes.indexOf(flushMark, from);
  return at < 0 ? undefined : at + flushMark.length;
}

/** Where the next header stands that an object follows, or nothing; the end of the bytes where there is none. */
export function nextHeader(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(magic, from); at >= 0; at = bytes.indexOf(magic, at + 1)) {
    const length = headerLength(bytes, at);
    if (length === 0) continue;
    const start = at + length;
    const text = inflated(bytes.subarray(start, afterFlush(bytes, start)), freshMember.window)?.buffer;
    if (text && (text.length === 0 || text[0] === openBrace)) return at;
  }
  return bytes.length;
}
const openBrace = 0x7b;
