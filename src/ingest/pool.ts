// Import workers, one per core. Batches of one source come in order; sources come in any.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Failure } from './discover.ts';
import type { Job, Prepared } from './batch-writer.ts';
import { weightOf } from './weight.ts';
import { unpack } from './wire.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker.ts';

/** A worker's young generation is kept small: batches are large and short-lived, and memory counts. */
const limits = { maxYoungGenerationSizeMb: 32 };

/** Sources given to a worker beforehand, so that it need not wait while a transaction commits. */
const givenBytes = 8 << 20;

function workerFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
}

/**
 * Prepares all jobs; `take` is called for each batch, one at a time, and the workers wait while it runs. Rejects if
 * `take` throws or a worker dies.
 */
export async function prepareAll(
  jobs: Iterable<Job>,
  options: WorkerOptions,
  take: (batch: Prepared) => void,
  fail: (failure: Failure) => void,
): Promise<void> {
  const queue = jobs[Symbol.iterator]();
  const workers: Worker[] = [];
  try {
    await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, () => runWorker()));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  function runWorker(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerFile(), { workerData: options, resourceLimits: limits });
      workers.push(worker);
      const send = (message: ToWorker): void => worker.postMessage(message);
      /** What the worker has been given and not yet finished, in order. */
      const given: Job[] = [];
      let waiting = 0;
      const give = (): void => {
        while (waiting < givenBytes) {
          const next = queue.next();
          if (next.done) break;
          given.push(next.value);
          waiting += weightOf(next.value.waiting);
          send({ job: next.value });
        }
        if (given.length === 0) resolve();
      };
      worker.on('message', (message: FromWorker) => {
        try {
          if ('prepared' in message) {
            const batch = unpack(message.prepared);
            take(batch);
            send({ taken: weightOf(batch.bytes) });
            return;
          }
          waiting -= weightOf(given.shift()?.waiting ?? 0);
          if (message.full) throw Object.assign(new Error(message.failure?.message), { code: 'ENOSPC' });
          if (message.failure) fail(message.failure);
          give();
        } catch (error) {
          reject(error);
        }
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        if (code !== 0) reject(new Error(`an import worker ended with code ${code}`));
      });
      try {
        give();
      } catch (error) {
        reject(error);
      }
    });
  }
}
