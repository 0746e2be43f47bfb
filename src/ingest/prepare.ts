// Takes the new bytes of one source as far as they can be taken without the index: read, redacted, kept in the stream,
// parsed to facts. Runs in import workers or, for small amounts, in the main thread. What stands in a stream counts only
// when the facts have been committed; a frame whose process died before that is found by catch-up.ts.
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { readerOf } from '../agents/index.ts';
import { sourceId } from '../model/index.ts';
import type { RecordReader, SourceFile } from '../model/index.ts';
import { appendStream, encodeFrame, firstHash } from '../stream/index.ts';
import type { SourceIdentity } from '../stream/index.ts';
import { condense } from '../store/index.ts';
import type { Condensed, FrameRow, SourcePosition } from '../store/index.ts';
import { safeCut } from '../redact/index.ts';
import type { Redactor } from '../redact/index.ts';
import { growthOf, probeOf } from './identity.ts';
import { knownLines } from './known-lines.ts';
import { readPieces } from './lines.ts';
import type { Piece } from './lines.ts';
import { parseLines } from './parse.ts';

export interface Job {
  readonly source: SourceFile;
  /** How far the source was read; undefined for one never seen. */
  readonly known: SourcePosition | undefined;
  /** Bytes of the source that wait, as far as is known. */
  readonly waiting: number;
  /** The source's stream; no other process writes to it meanwhile. */
  readonly streamFile: string;
  readonly now: number;
  /** Written through to the disk, for what is kept nowhere else. */
  readonly durable?: boolean;
}

/** CPU time by step, milliseconds. */
export interface Timing {
  read: number;
  redact: number;
  compress: number;
  parse: number;
}

export interface Prepared {
  readonly id: string;
  readonly source: SourceFile;
  /** Hash of the stream's frame before this one. */
  readonly base: string;
  /** The frame's beginning, in the content and in the file. */
  readonly frame: FrameRow;
  /** Where the source stands afterwards. */
  readonly position: SourcePosition;
  readonly facts: Condensed;
  readonly redacted: Readonly<Record<string, number>>;
  readonly bytes: number;
  readonly lines: number;
  readonly timing: Timing;
}

const noTime = (): Timing => ({ read: 0, redact: 0, compress: 0, parse: 0 });

/** The batches of one source, in order. Throws if the file cannot be read. */
export function* prepare(job: Job, redactor: Redactor): Generator<Prepared> {
  const fd = openSync(job.source.path, 'r');
  try {
    const stat = fstatSync(fd);
    if (job.source.kind === 'meta') yield* prepareDocument(job, fd, stat, redactor);
    else yield* prepareLines(job, fd, stat, redactor);
  } finally {
    closeSync(fd);
  }
}

function* prepareLines(job: Job, fd: number, stat: Stats, redactor: Redactor): Generator<Prepared> {
  const { known } = job;
  const growth = known ? growthOf(fd, known, stat) : 'appended';
  if (growth === 'same') return;
  const old = growth === 'rewritten' ? knownLines(job.streamFile, known?.length ?? 0) : undefined;
  const generation = (known?.generation ?? 0) + Number(growth === 'rewritten');
  const writer = batchWriter(job, generation);
  let given = false;
  const from = growth === 'rewritten' ? 0 : (known?.offset ?? 0);
  const timing = noTime();
  let clock = performance.now();
  const lap = (step: keyof Timing): void => {
    const now = performance.now();
    timing[step] += now - clock;
    clock = now;
  };
  for (const piece of readPieces(fd, from, stat.size, safeCut)) {
    lap('read');
    const { bytes } = redactor.redact(piece.bytes);
    const fresh = old ? old.without(bytes) : bytes;
    lap('redact');
    yield writer.batch({ ...piece, bytes: fresh }, identityOf(fd, stat, piece.to), timing, lap);
    Object.assign(timing, noTime());
    clock = performance.now();
    given = true;
  }
  // A rewritten source with nothing to read, or nothing but an unfinished line: note how it looks now.
  if (!given && growth === 'rewritten')
    yield writer.batch({ bytes: Buffer.alloc(0), from: 0, to: 0 }, identityOf(fd, stat, 0), timing, lap);
}

/** A small JSON document that its owner replaces as a whole; each state becomes one line. */
function* prepareDocument(job: Job, fd: number, stat: Stats, redactor: Redactor): Generator<Prepared> {
  const { known } = job;
  if (known && growthOf(fd, known, stat) === 'same') return;
  const text = readFileSync(fd, 'utf8').trim();
  if (text === '') return;
  const { bytes } = redactor.redact(Buffer.from(`${oneLine(text)}\n`));
  const writer = batchWriter(job, known ? known.generation + 1 : 0);
  yield writer.batch({ bytes, from: 0, to: stat.size }, identityOf(fd, stat, stat.size));
}

function oneLine(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text.replaceAll(/[\r\n]+/g, ' ');
  }
}

function identityOf(fd: number, stat: Stats, to: number): SourceIdentity {
  return { ino: stat.ino, size: stat.size, mtime: stat.mtimeMs, ...probeOf(fd, to) };
}

/** Keeps content in the stream, a frame at a time, and makes batches of it. */
export function batchWriter(job: Job, generation: number) {
  const { known, source } = job;
  const id = sourceId(source);
  const reader: RecordReader = readerOf(source, known?.state ? JSON.parse(known.state) : undefined);
  let content = known?.content ?? 0;
  let lines = known?.lines ?? 0;
  let hash = known?.hash ?? firstHash;
  let length = known?.length ?? 0;
  return {
    batch(
      piece: Piece,
      identity: SourceIdentity,
      timing: Timing = noTime(),
      lap: (step: keyof Timing) => void = () => {},
    ): Prepared {
      const base = hash;
      const parsed = parsePiece(piece, content, lines, reader);
      const facts = condense(parsed.facts);
      lap('parse');
      const frame = encodeFrame(
        {
          prev: base,
          at: content,
          line: lines,
          lines: parsed.lines,
          from: piece.from,
          to: piece.to,
          gen: generation,
          time: job.now,
          id: identity,
          ...(piece.part && { part: piece.part }),
          ...(base === firstHash && { source }),
        },
        piece.bytes,
      );
      const row = { at: content, start: length };
      length = appendStream(job.streamFile, length, frame.bytes, job.durable ?? false);
      lap('compress');
      content += piece.bytes.length;
      lines += parsed.lines;
      hash = frame.hash;
      return {
        id,
        source,
        base,
        frame: row,
        position: {
          generation,
          offset: piece.to,
          ...identity,
          length,
          content,
          lines,
          hash,
          state: JSON.stringify(reader.state()),
        },
        facts,
        redacted: parsed.redacted,
        bytes: piece.to - piece.from,
        lines: parsed.lines,
        timing: { ...timing },
      };
    },
  };
}

/** Facts of a piece, whole lines or a part of an overlong one. */
export function parsePiece(
  piece: Pick<Piece, 'bytes' | 'part'>,
  pos: number,
  line: number,
  reader: RecordReader,
): ReturnType<typeof parseLines> {
  if (!piece.part) return parseLines(piece.bytes, pos, line, reader);
  const facts: ReturnType<typeof parseLines>['facts'] =
    piece.part === 'first'
      ? [{ fact: 'oddity', kind: 'long-line', what: 'above 32 MiB', pos, line: line + 1 }]
      : [];
  return { facts, lines: Number(piece.part === 'last'), redacted: {} };
}
