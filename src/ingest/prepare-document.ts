// Takes in what is new in a source that is no file of lines, such as a JSON document that is written anew as a whole, or a
// session in a database: its adapter makes lines of it, which the stream then holds.
import { statSync } from 'node:fs';
import { adapterOf } from '../agents/index.ts';
import { ClewError } from '../model/index.ts';
import type { SourceFile, Stamp } from '../model/index.ts';
import type { Redactor } from '../redact/index.ts';
import { batchWriter } from './batch-writer.ts';
import type { Job, Prepared } from './batch-writer.ts';
import { knownLines } from './known-lines.ts';
import { pieceBytes } from './lines.ts';

/** Of a document that was not read to its end: it never looks like this, so it is read again. */
const unfinished: Stamp = { size: -1, mtime: 0, ino: 0 };
const noProbe = { head: '', tail: '' };

/** How a source looks. Throws where it is gone. */
export function stampOf(source: SourceFile): Stamp {
  if (source.stamp) return source.stamp;
  const { size, mtimeMs: mtime, ino } = statSync(source.path);
  return { size, mtime, ino };
}

export function* prepareDocument(job: Job, redactor: Redactor): Generator<Prepared> {
  const { known, source } = job;
  if (source.agent === 'clew') throw new Error("clew's own records are lines");
  const { documents } = adapterOf(source.agent);
  if (!documents) throw new Error(`${source.agent} has no documents`);
  const stamp = stampOf(source);
  const since = known?.offset ?? 0;
  // Read from a cursor on, hardly anything is known already, and what is does no harm.
  const old = since === 0 ? knownLines(job.streamFile, known?.length ?? 0) : undefined;
  const writer = batchWriter(job, known?.generation ?? 0);
  const batch = (lines: readonly string[], to: number, look: Stamp): Prepared => {
    const { bytes } = redactor.redact(Buffer.from(lines.join('')));
    return writer.batch(
      { bytes: old ? old.without(bytes) : bytes, from: since, to },
      { ...look, ...noProbe },
    );
  };

  const records = documents.read(source, since);
  let lines: string[] = [];
  let length = 0;
  for (;;) {
    const next = nextOf(records, source);
    if (next.done) {
      yield batch(lines, next.value, stamp);
      return;
    }
    lines.push(`${next.value}\n`);
    length += next.value.length;
    if (length < pieceBytes) continue;
    yield batch(lines, since, unfinished);
    lines = [];
    length = 0;
  }
}

/** What an adapter cannot read is a failure of that source alone. */
function nextOf(records: Generator<string, number>, source: SourceFile): IteratorResult<string, number> {
  try {
    return records.next();
  } catch (error) {
    if (error instanceof ClewError || (error as { syscall?: string }).syscall !== undefined) throw error;
    throw new ClewError(
      'UNREADABLE',
      `${source.path}: ${(error as Error).message}`,
      'what was read of it before is kept; it is tried again when it changes',
    );
  }
}
