// Rebuilds the index from the streams alone, into a new file that then takes the old one's place.
import { renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { readerOf } from '../agents/index.ts';
import { sourceId } from '../model/index.ts';
import type { Context, Pricing, RecordReader, SourceFile } from '../model/index.ts';
import {
  condense,
  createProjector,
  indexFile,
  openIndex,
  removeIndex,
  reprice,
  sourcesOf,
} from '../store/index.ts';
import type { Db, FrameRow, SourcePosition } from '../store/index.ts';
import { listStreams, readFrames } from '../stream/index.ts';
import { positionAfter } from './catch-up.ts';
import { streamsFolder } from './commit.ts';
import type { Failure } from './discover.ts';
import { parsePiece } from './batch-writer.ts';

export interface ReindexReport {
  readonly streams: number;
  readonly lines: number;
  readonly seconds: number;
  /** Streams whose chain broke; what stood before the break was taken. */
  readonly failures: readonly Failure[];
}

const commitBytes = 16 << 20;

/** Projects all streams into an empty index. */
export function projectStreams(
  db: Db,
  context: Context,
  pricing: Pricing,
  onProgress?: (done: number, total: number) => void,
): Omit<ReindexReport, 'seconds'> {
  const root = streamsFolder(context.clewHome);
  const names = listStreams(root);
  const projector = createProjector(db, pricing);
  const sources = sourcesOf(db);
  const failures: Failure[] = [];
  let lines = 0;
  let pending = 0;
  const begin = (): void => {
    db.exec('BEGIN IMMEDIATE');
    projector.begin();
  };
  const commit = (): void => {
    projector.settle();
    db.exec('COMMIT');
    pending = 0;
  };
  begin();
  for (const [i, name] of names.entries()) {
    const file = path.join(root, name);
    let source: SourceFile | undefined;
    let reader: RecordReader | undefined;
    let position: SourcePosition | undefined;
    let rows: FrameRow[] = [];
    let found: Record<string, number> = {};
    const save = (): void => {
      if (source && reader && position)
        sources.save(source, { ...position, state: JSON.stringify(reader.state()) }, rows, found);
      rows = [];
      found = {};
    };
    try {
      for (const frame of readFrames(file)) {
        source ??= frame.header.source;
        if (!source) throw new Error('the first frame does not name its source');
        reader ??= readerOf(source, undefined);
        const content = frame.content();
        const piece = { bytes: content, ...(frame.header.part && { part: frame.header.part }) };
        const { facts, redacted } = parsePiece(piece, frame.header.at, frame.header.line, reader);
        projector.project(sourceId(source), condense(facts));
        for (const [rule, count] of Object.entries(redacted)) found[rule] = (found[rule] ?? 0) + count;
        position = { ...positionAfter(frame), state: null };
        rows.push({ at: frame.header.at, start: frame.start });
        lines += frame.header.lines;
        pending += content.length;
        if (pending >= commitBytes) {
          save();
          commit();
          begin();
        }
      }
    } catch (error) {
      failures.push({ path: file, message: (error as Error).message });
    }
    save();
    onProgress?.(i + 1, names.length);
  }
  commit();
  return { streams: names.length, lines, failures };
}

/** Rebuilds `index.db`. The caller holds the importer's lock and has closed its own connection. */
export function reindex(
  context: Context,
  pricing: Pricing,
  onProgress?: (done: number, total: number) => void,
): ReindexReport {
  const started = performance.now();
  const file = indexFile(context.clewHome);
  const draft = `${file}.new`;
  removeIndex(draft);
  const { db } = openIndex(draft, context.now());
  let report: Omit<ReindexReport, 'seconds'>;
  try {
    reprice(db, pricing);
    report = projectStreams(db, context, pricing, onProgress);
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    db.close();
    removeIndex(draft);
    throw error;
  }
  db.close();
  swap(draft, file, context);
  return { ...report, seconds: (performance.now() - started) / 1000 };
}

/** Puts the new index in the old one's place. The old log is emptied first: it must not be taken for the new file's. */
function swap(draft: string, file: string, context: Context): void {
  if (statSync(file, { throwIfNoEntry: false })) {
    try {
      const { db } = openIndex(file, context.now());
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
    } catch {
      // A damaged index, or a newer one, is replaced all the same.
    }
  }
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
  renameSync(draft, file);
}
