// Makes lines of the files: of a log its own; of anything else, and of what is to be said of a log, lines `{"clew": {…}}`. The
// first says which project the file is of, as far as its place tells.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { constants, crc32, gunzipSync } from 'node:zlib';
import type { Documents, SourceFile } from '../../model/index.ts';
import { isObject } from '../shared/shapes.ts';
import { fileAt, projectOf } from './places.ts';
import { isGzip, unpack } from './unpack.ts';

export const documents: Documents = { read };

const own = (told: object): string => JSON.stringify({ clew: told });

function* read(source: SourceFile, since: number): Generator<string, number> {
  const bytes = readFileSync(source.path);
  const kind = fileAt(source.path)?.kind ?? 'log';
  if (kind === 'log') return yield* readLog(source, bytes, since);
  yield* opening(source);
  if (kind === 'stray') yield own({ stray: path.basename(source.path) });
  else if (kind === 'handoff')
    yield own({
      // When it was written only the file tells.
      handoff: { file: path.basename(source.path), text: bytes.toString() },
      at: Math.trunc(statSync(source.path).mtimeMs),
    });
  else yield* readDocument(kind, bytes);
  return 0;
}

function* opening(source: SourceFile): Generator<string> {
  const project = projectOf(source.path);
  if (project !== undefined) yield own({ project });
}

function* readDocument(kind: 'snapshot' | 'approvals', bytes: Buffer): Generator<string> {
  const text = isGzip(bytes) ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes;
  const value: unknown = JSON.parse(text.toString());
  if (!isObject(value)) throw new Error('is no JSON object');
  if (kind === 'snapshot') yield own({ state: value });
  else {
    const { approvals } = value;
    if (!isObject(approvals)) throw new Error('has no approvals');
    for (const [id, approval] of Object.entries(approvals))
      yield own({ approval: isObject(approval) ? { id, ...approval } : { id } });
  }
}

/** How many different beginnings of a file a cursor tells apart. */
const marks = 1 << 20;

/**
 * The cursor is where to go on, in bytes, or for gzip in lines; with a mark of the file's first bytes, by which another file of
 * the same name is known. What was read of a log does not change.
 */
function* readLog(source: SourceFile, bytes: Buffer, since: number): Generator<string, number> {
  const mark = crc32(bytes.subarray(0, 16)) % marks;
  const known = since % marks === mark ? Math.floor(since / marks) : 0;
  if (known === 0) yield* opening(source);
  const end = isGzip(bytes) ? yield* packedLines(bytes, known) : yield* plainLines(bytes, known);
  return end * marks + mark;
}

function* plainLines(bytes: Buffer, known: number): Generator<string, number> {
  let at = known <= bytes.length ? known : 0;
  for (;;) {
    const end = bytes.indexOf('\n', at);
    const line = bytes.toString('utf8', at, end < 0 ? undefined : end).trim();
    // What stands behind the last line end may be half written.
    if (end < 0 && !isWholeObject(line)) return at;
    if (line !== '') yield line;
    if (end < 0) return bytes.length;
    at = end + 1;
  }
}

function isWholeObject(line: string): boolean {
  try {
    return line.endsWith('}') && isObject(JSON.parse(line));
  } catch {
    return false;
  }
}

function* packedLines(bytes: Buffer, known: number): Generator<string, number> {
  let n = 0;
  for (const piece of unpack(bytes)) for (const line of linesOf(piece)) if (++n > known) yield line;
  return Math.max(n, known);
}

function* linesOf(
  piece: ReturnType<typeof unpack> extends Generator<infer T> ? T : never,
): Generator<string> {
  if ('torn' in piece) yield own({ torn: piece.torn.toString() });
  else if (!('text' in piece)) yield own(piece);
  else
    for (let at = 0; at < piece.text.length;) {
      const end = piece.text.indexOf('\n', at);
      const line = piece.text.toString('utf8', at, end).trim();
      if (line !== '') yield line;
      at = end + 1;
    }
}
