// Takes the new bytes of one source as far as they can be taken without the index: read, redacted, kept in the stream,
// parsed to facts. Runs in import workers or, for small amounts, in the main thread.
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import type { SourceIdentity } from '../stream/index.ts';
import { safeCut } from '../redact/index.ts';
import type { Redactor } from '../redact/index.ts';
import { batchWriter, noTime } from './batch-writer.ts';
import type { Job, Prepared, Timing } from './batch-writer.ts';
import { growthOf, probeOf } from './identity.ts';
import { knownLines } from './known-lines.ts';
import { readPieces } from './lines.ts';
import { prepareDocument } from './prepare-document.ts';

/** The batches of one source, in order. Throws if the file cannot be read. */
export function* prepare(job: Job, redactor: Redactor): Generator<Prepared> {
  if (job.source.kind === 'document') {
    yield* prepareDocument(job, redactor);
    return;
  }
  const fd = openSync(job.source.path, 'r');
  try {
    const stat = fstatSync(fd);
    if (job.source.kind === 'meta') yield* prepareMeta(job, fd, stat, redactor);
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
function* prepareMeta(job: Job, fd: number, stat: Stats, redactor: Redactor): Generator<Prepared> {
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
