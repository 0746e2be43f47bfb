// Frames that stand in a stream behind what the index knows: their writer died before it could commit, or the index was
// put back from an older copy. They are whole and chained, so they are taken as they are, before anything is appended.
import { statSync } from 'node:fs';
import { readerOf } from '../agents/index.ts';
import { sourceId } from '../model/index.ts';
import type { Context, SourceFile } from '../model/index.ts';
import { condense } from '../store/index.ts';
import type { SourcePosition, SourceRow } from '../store/index.ts';
import { firstHash, readFrames } from '../stream/index.ts';
import type { StoredFrame } from '../stream/index.ts';
import { streamFile } from './commit.ts';
import type { Committer } from './commit.ts';
import { parsePiece } from './batch-writer.ts';

/** Brings the index up to the end of a source's stream; returns what it then knows of the source. */
export function catchUp(context: Context, committer: Committer, source: SourceFile): SourceRow | undefined {
  const id = sourceId(source);
  const known = committer.sources.get(id);
  const file = streamFile(context.clewHome, source.agent, id);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= (known?.length ?? 0)) return known;
  const from = known ?? { length: 0, content: 0, hash: firstHash };
  const reader = readerOf(source, known?.state ? JSON.parse(known.state) : undefined);
  for (const stored of readFrames(file, { from })) {
    const { header } = stored;
    const piece = { bytes: stored.content(), ...(header.part && { part: header.part }) };
    const { facts, redacted } = parsePiece(piece, header.at, header.line, reader);
    committer.take({
      id,
      source,
      base: header.prev,
      frame: { at: header.at, start: stored.start },
      position: { ...positionAfter(stored), state: JSON.stringify(reader.state()) },
      facts: condense(facts),
      redacted,
      bytes: 0,
      lines: header.lines,
      timing: { read: 0, redact: 0, compress: 0, parse: 0 },
    });
  }
  return committer.sources.get(id);
}

/** Where a source stands after one of its frames. */
export function positionAfter({ header, hash, end }: StoredFrame): Omit<SourcePosition, 'state'> {
  return {
    generation: header.gen,
    offset: header.to,
    ...header.id,
    length: end,
    content: header.at + header.n,
    lines: header.line + header.lines,
    hash,
  };
}
