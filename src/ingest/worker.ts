// An import worker: a thread that prepares batches of the sources it is given. It stays a bounded number of bytes ahead
// of the thread that commits them, which bounds memory.
import { parentPort, workerData } from 'node:worker_threads';
import { addAdapters } from '../agents/index.ts';
import { createRedactor } from '../redact/index.ts';
import type { Failure } from './discover.ts';
import { isFull } from './full-disk.ts';
import { prepare } from './prepare.ts';
import type { Job, Prepared } from './batch-writer.ts';
import type { RedactorOptions } from './redactor.ts';
import { weightOf } from './weight.ts';
import { pack } from './wire.ts';

export type ToWorker = { readonly job: Job } | { readonly taken: number };
export type FromWorker =
  | { readonly prepared: string }
  | { readonly done: true; readonly failure?: Failure; readonly full?: true };

/** Source bytes that may be on their way. */
const aheadBytes = 8 << 20;

/** What a worker must know of this installation. */
export interface WorkerOptions extends RedactorOptions {
  readonly clewHome: string;
  /** Packages with adapters. */
  readonly adapters: readonly string[];
}

const port = parentPort;
if (port) {
  const options = workerData as WorkerOptions;
  addAdapters(options.adapters, options.clewHome);
  const redactor = createRedactor({ ...options, salt: Buffer.from(options.salt) });
  const queue: Job[] = [];
  let open: { path: string; batches: Iterator<Prepared> } | undefined;
  let credit = aheadBytes;
  const send = (message: FromWorker): void => port.postMessage(message);
  /** False where there is nothing to do, or no room for what it would make. */
  const step = (): boolean => {
    if (credit <= 0) return false;
    const job = open ? undefined : queue.shift();
    if (job) open = { path: job.source.path, batches: prepare(job, redactor) };
    const next = open?.batches.next();
    if (!next) return false;
    if (next.done) {
      open = undefined;
      send({ done: true });
    } else {
      credit -= weightOf(next.value.bytes);
      send({ prepared: pack(next.value) });
    }
    return true;
  };
  const work = (): void => {
    for (let more = true; more;) {
      try {
        more = step();
      } catch (error) {
        const failure = { path: open?.path ?? '', message: (error as Error).message };
        open = undefined;
        send({ done: true, failure, ...(isFull(error) && { full: true }) });
      }
    }
  };
  port.on('message', (message: ToWorker) => {
    if ('job' in message) queue.push(message.job);
    else credit += message.taken;
    work();
  });
}
