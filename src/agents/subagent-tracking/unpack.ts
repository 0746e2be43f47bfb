// Gives the text of a gzip file, however its writers ended. Where each was closed, or only the last was not, zlib reads it.
// Where one was killed and another began in the middle of what it had not finished, or two wrote at once, the file is read
// flush by flush: each ends in 00 00 FF FF and gives whole lines, if it is read as that member's whose it is.
import { constants, gunzipSync } from 'node:zlib';
import {
  afterFlush,
  freshMember,
  headerLength,
  inflate,
  likeness,
  maxUnpacked,
  nextHeader,
} from './member.ts';
import type { Inflated, Member } from './member.ts';

export type Unpacked =
  | { readonly text: Buffer }
  /** The beginning of a line whose writer died. */
  | { readonly torn: Buffer }
  /** Bytes that cannot be read, and where they stand. */
  | { readonly lost: number; readonly at: number }
  /** The bytes from there on can be read as those of several writers, with different results. */
  | { readonly unsure: number };

export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const newline = 0x0a;
/** So many writers at once at most; of those that were killed, none goes on. */
const maxOpen = 8;

/** In the order of the file; without an unfinished line at its end. Throws where more than a gigabyte would come out. */
export function* unpack(bytes: Buffer): Generator<Unpacked> {
  const text = wholeText(bytes);
  if (text) {
    yield { text: text.subarray(0, text.lastIndexOf(newline) + 1) };
    return;
  }
  let open: readonly Member[] = [];
  for (let at = 0; at < bytes.length;) {
    const next = nextHeader(bytes, at + 1);
    const start = at + headerLength(bytes, at);
    if (start > at) open = [freshMember, ...open].slice(0, maxOpen);
    open = yield* readPart(bytes.subarray(0, next), start, open, next === bytes.length);
    at = next;
  }
}

function wholeText(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxUnpacked });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw error;
    return undefined;
  }
}

/** What stands between two headers. Gives the members that may go on. */
function* readPart(
  bytes: Buffer,
  start: number,
  before: readonly Member[],
  isEnd: boolean,
): Generator<Unpacked, readonly Member[]> {
  let open = before;
  let lostFrom: number | undefined;
  for (let at = start; at < bytes.length;) {
    const rest = bytes.subarray(at);
    const found = (at === start && allOfOne(rest, open)) || nextLines(rest, open);
    if (found) {
      if (lostFrom !== undefined) yield { lost: at - lostFrom, at: lostFrom };
      lostFrom = undefined;
      if (found.unsure) yield { unsure: at };
      if (found.text.length > 0) yield { text: found.text };
      const { member } = found;
      open = [...(member ? [member] : []), ...open.filter((one) => one !== found.of)];
      at += found.length;
      continue;
    }
    const flush = afterFlush(bytes, at);
    if (flush === undefined) {
      const rest = lostFrom === undefined && open[0] ? inflate(open[0], bytes.subarray(at)) : undefined;
      if (rest) {
        const end = rest.text.lastIndexOf(newline) + 1;
        if (end > 0) yield { text: rest.text.subarray(0, end) };
        if (!isEnd && end < rest.text.length) yield { torn: rest.text.subarray(end) };
      } else if (!isEnd) lostFrom ??= at;
      break;
    }
    lostFrom ??= at;
    at = flush;
  }
  if (lostFrom !== undefined) yield { lost: bytes.length - lostFrom, at: lostFrom };
  return open;
}

/** Where one member's flushes follow each other up to the end, as they mostly do, they are read at once. */
function allOfOne(bytes: Buffer, open: readonly Member[]): Found | undefined {
  const [of] = open;
  const read = of && inflate(of, bytes);
  if (!read || !isWhole(read)) return undefined;
  const isProven = read.member === undefined || open.length === 1;
  return isProven || (isJson(read.text) && isAlone(of, bytes)) ? { ...read, of, unsure: false } : undefined;
}

const samples = 16;
const alike = 0.85;

/** Whether flushes here and there are that member's. */
function isAlone(of: Member, bytes: Buffer): boolean {
  const ends: number[] = [];
  for (let at = afterFlush(bytes, 0); at !== undefined; at = afterFlush(bytes, at)) ends.push(at);
  const likes: number[] = [];
  for (let i = 0; i + 1 < ends.length; i += Math.ceil(ends.length / samples)) {
    const before = inflate(of, bytes.subarray(0, ends[i]))?.member;
    const flush = bytes.subarray(ends[i], ends[i + 1]);
    const read = before && inflate(before, flush);
    likes.push(read ? likeness(before, read.text, flush) : 0);
  }
  return likes.reduce((sum, one) => sum + one, 0) >= alike * likes.length;
}

type Found = Inflated & { readonly of: Member; readonly unsure: boolean };

/** Bytes of a flush may stand in the middle of other data, though seldom: then its end is a later one. */
const maxTries = 8;

/** The first flush, or the end of a member, read as that member's that gives whole lines. */
function nextLines(bytes: Buffer, open: readonly Member[]): Found | undefined {
  let end = 0;
  for (let tries = 0; tries < maxTries && end < bytes.length; tries++) {
    end = afterFlush(bytes, end) ?? bytes.length;
    const all = open.flatMap((of) => {
      const read = inflate(of, bytes.subarray(0, end));
      return read && isWhole(read) ? [{ ...read, of }] : [];
    });
    const best = likeliest(all, bytes, open.length === 1);
    if (best) return best;
  }
  return undefined;
}

/**
 * Lines that are alike can be read as those of several members. Only that of the right one, compressed again behind what it
 * wrote before, gives the same bytes.
 */
function likeliest(
  all: readonly Omit<Found, 'unsure'>[],
  bytes: Buffer,
  isAlone: boolean,
): Found | undefined {
  const sound = all.filter((one) => isAlone || one.member === undefined || isJson(one.text));
  const [first] = sound;
  if (!first || sound.every((one) => one.text.equals(first.text)))
    return first && { ...first, unsure: false };
  const [best, second] = sound
    .map((one) => ({ one, like: likeness(one.of, one.text, bytes.subarray(0, one.length)) }))
    .toSorted((a, b) => b.like - a.like);
  return best && { ...best.one, unsure: best.like < 1 && best.like - (second?.like ?? 0) < clearly };
}
/** So much more alike is no accident. */
const clearly = 0.25;

const isWhole = ({ text, member }: Inflated): boolean =>
  member === undefined || text.length === 0 || text.at(-1) === newline;

function isJson(text: Buffer): boolean {
  try {
    for (const line of text.toString().split('\n')) if (line !== '') JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
