// Keeps content of a source in its stream, a frame at a time, and makes batches of facts of it. What stands in a stream
// counts only when the facts have been committed; a frame whose process died before that is found by catch-up.ts.
import { readerOf } from '../agents/index.ts';
import { sourceId } from '../model/index.ts';
import type { RecordReader, SourceFile } from '../model/index.ts';
import { appendStream, encodeFrame, firstHash } from '../stream/index.ts';
import type { SourceIdentity } from '../stream/index.ts';
import { condense } from '../store/index.ts';
import type { Condensed, FrameRow, SourcePosition } from '../store/index.ts';
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

export const noTime = (): Timing => ({ read: 0, redact: 0, compress: 0, parse: 0 });

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
          ...(base === firstHash && { source: withoutStamp(source) }),
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
        // A document's cursor counts no bytes.
        bytes: source.kind === 'document' ? piece.bytes.length : piece.to - piece.from,
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

/** How it looked is told with each frame. */
function withoutStamp({ agent, kind, machine, path, session, run }: SourceFile): SourceFile {
  return { agent, kind, machine, path, session, run };
}
