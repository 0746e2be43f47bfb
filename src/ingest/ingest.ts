// Taking in what is new: the spool, then the sources that look changed. A little is done in this thread, much by
// workers; either way batches are committed by this thread alone, under the one importer's lock.
import { ClewError, isNotWritable } from '../model/index.ts';
import type { Config, Context, Pricing } from '../model/index.ts';
import { createRedactor } from '../redact/index.ts';
import type { Redactor } from '../redact/index.ts';
import { takeLock } from '../store/index.ts';
import type { Db } from '../store/index.ts';
import { catchUp } from './catch-up.ts';
import { committer, streamFile } from './commit.ts';
import type { Committer } from './commit.ts';
import { discover } from './discover.ts';
import type { Discovery, Failure } from './discover.ts';
import { sourceId } from '../model/index.ts';
import { explainFull, isFull } from './full-disk.ts';
import { hotPlaces, noteLook } from './hot.ts';
import { prepareAll } from './pool.ts';
import { prepare } from './prepare.ts';
import type { Job, Prepared, Timing } from './batch-writer.ts';
import { redactorOptions } from './redactor.ts';
import { takeSpool } from './spool.ts';
import { tidyRecords } from './tidy-records.ts';

export interface IngestProgress {
  readonly bytes: number;
  readonly totalBytes: number;
  readonly files: number;
  readonly totalFiles: number;
}

export interface IngestOptions {
  /** Files and folders to look at in place of all that clew knows of. */
  readonly paths?: readonly string[] | undefined;
  /** Pass over what has been quiet for days, if all was looked at within a day. */
  readonly quick?: boolean | undefined;
  /** How long to wait for another importer, milliseconds. */
  readonly waitMs?: number;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Done when all is taken in, before another importer may begin: nobody records anything that this one has not seen. */
  readonly whileAlone?: () => void;
}

export interface IngestReport {
  /** False where another process was importing; then nothing was done here. */
  readonly ran: boolean;
  readonly roots: Discovery['roots'];
  readonly found: number;
  readonly files: number;
  readonly bytes: number;
  readonly lines: number;
  readonly facts: number;
  readonly hookCalls: number;
  readonly seconds: number;
  /** CPU seconds by step, over all threads. */
  readonly timing: Timing & { readonly project: number };
  readonly failures: readonly Failure[];
}

/** Up to this much is prepared in this thread: starting workers costs more. */
const inlineBytes = 4 << 20;

export interface Ingester {
  run(options?: IngestOptions): Promise<IngestReport>;
}

/** An ingester for an open index. What it needs each time (rules, statements) is made once. */
export function createIngester(db: Db, context: Context, config: Config, pricing: Pricing): Ingester {
  const redaction = redactorOptions(context, config);
  const workers = { ...redaction, clewHome: context.clewHome, adapters: config.adapters ?? [] };
  const commit = committer(db, context, pricing);
  // Its tables take longer to make than a look round that finds nothing new.
  let made: Redactor | undefined;
  const redactor = (): Redactor => (made ??= createRedactor(redaction));

  async function takeIn(options: IngestOptions, started: number): Promise<IngestReport> {
    const hookCalls = takeSpool(context, commit, redactor);
    // Hooks have called: an agent is at work, in whatever session.
    const hot = options.quick && hookCalls === 0 ? hotPlaces(db, context, config) : undefined;
    const looked = context.now();
    const { paths } = options;
    const { roots, found, changed, failures } = discover(context, config, commit.sources, { paths, hot });
    const failed: Failure[] = [...failures];
    const totalBytes = changed.reduce((n, one) => n + one.waiting, 0);
    const tally = createTally(commit, (sum, files) =>
      options.onProgress?.({ bytes: sum.bytes, totalBytes, files, totalFiles: changed.length }),
    );
    const jobs = changed.values().map((one): Job => {
      const known = catchUp(context, commit, one.source);
      const file = streamFile(context.clewHome, one.source.agent, sourceId(one.source));
      return {
        source: one.source,
        known,
        waiting: one.waiting,
        streamFile: file,
        now: context.now(),
      };
    });
    try {
      const fail = (failure: Failure): number => failed.push(failure);
      if (totalBytes <= inlineBytes) prepareHere(jobs, redactor, tally.take, fail, context.clewHome);
      else {
        const bulk = commit.bulk();
        try {
          await prepareAll(jobs, workers, tally.take, fail);
          tally.commit();
        } finally {
          commit.abandon();
          bulk.end();
        }
      }
      tally.commit();
      if (!paths && !hot) noteLook(db, looked);
      tidyRecords(db, context);
    } catch (error) {
      commit.abandon();
      throw explainFull(error, context);
    }
    const seconds = (performance.now() - started) / 1000;
    return { ran: true, roots, found, ...tally.counts(), hookCalls, seconds, failures: failed };
  }

  async function run(options: IngestOptions): Promise<IngestReport> {
    const started = performance.now();
    const lock = takeLock(context.clewHome, options.waitMs ?? 60_000);
    if (!lock) return nothingDone;
    try {
      const report = await takeIn(options, started);
      options.whileAlone?.();
      return report;
    } finally {
      lock.release();
    }
  }
  let last: Promise<IngestReport> = Promise.resolve(nothingDone);

  return {
    // One after the other: waiting for the lock blocks this thread, which must not wait for itself.
    run: (options = {}) => {
      const next = last.then(() => run(options));
      // A failure is the caller's to hear of; the next run goes ahead all the same.
      last = next.catch(() => nothingDone);
      return next;
    },
  };
}

/** Prepares in this thread; a file that cannot be read is a failure of its own. */
function prepareHere(
  jobs: Iterable<Job>,
  redactor: () => Redactor,
  take: (batch: Prepared) => void,
  fail: (failure: Failure) => void,
  clewHome: string,
): void {
  for (const job of jobs) {
    try {
      for (const batch of prepare(job, redactor())) take(batch);
    } catch (error) {
      const isOfSource = error instanceof ClewError || (error as { syscall?: string }).syscall !== undefined;
      if (isFull(error) || isNotWritable(error, clewHome) || !isOfSource) throw error;
      fail({ path: job.source.path, message: (error as Error).message });
    }
  }
}

interface Sum {
  bytes: number;
  lines: number;
  facts: number;
}

/** Counts what is taken. */
function createTally(commit: Committer, onTaken: (sum: Sum, files: number) => void) {
  const touched = new Set<string>();
  const sum: Sum = { bytes: 0, lines: 0, facts: 0 };
  const timing = { read: 0, redact: 0, compress: 0, parse: 0, project: 0 };
  const timed = (work: () => void): void => {
    const before = performance.now();
    work();
    timing.project += (performance.now() - before) / 1000;
  };
  return {
    take: (batch: Prepared): void => {
      timed(() => commit.take(batch));
      touched.add(batch.id);
      sum.bytes += batch.bytes;
      sum.lines += batch.lines;
      sum.facts += countFacts(batch);
      for (const step of ['read', 'redact', 'compress', 'parse'] as const)
        timing[step] += batch.timing[step] / 1000;
      onTaken(sum, touched.size);
    },
    commit: (): void => timed(() => commit.commit()),
    counts: () => ({ files: touched.size, ...sum, timing }),
  };
}

function countFacts({ facts }: Prepared): number {
  return Object.values(facts).reduce((n, rows: readonly unknown[]) => n + rows.length, 0);
}

const nothingDone: IngestReport = {
  ran: false,
  roots: [],
  found: 0,
  files: 0,
  bytes: 0,
  lines: 0,
  facts: 0,
  hookCalls: 0,
  seconds: 0,
  timing: { read: 0, redact: 0, compress: 0, parse: 0, project: 0 },
  failures: [],
};
