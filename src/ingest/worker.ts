// An import worker: a thread that prepares batches of the sources it is given. It stays a bounded number of bytes ahead
// of the thread that commits them, which bounds memory.
import { parentPort, workerData } from 'node:worker_threads';
import { createRedactor } from '../redact/index.ts';
import type { Failure } from './discover.ts';
import { isFull } from './full-disk.ts';
import { prepare } from './prepare.ts';
import type { Job, Prepared } from './prepare.ts';
import type { RedactorOptions } from './redactor.ts';
import { weightOf } from './weight.ts';
import { pack } from './wire.ts';

export type ToWorker = { readonly job: Job } | { readonly taken: number };
export type FromWorker =
  | { readonly prepared: string }
  | { readonly done: true; readonly failure?: Failure; readonly full?: true };

/** Source bytes that may be on their way. */
const aheadBytes = 8 << 20;

const port = parentPort;
if (port) {
  const options = workerData as RedactorOptions;
  const redactor = createRedactor({ ...options, salt: Buffer.from(options.salt) });
  let batches: Iterator<Prepared> | undefined;
  let path = '';
  let credit = aheadBytes;
  const send = (message: FromWorker): void => port.postMessage(message);
  const work = (): void => {
    try {
      while (batches && credit > 0) {
        const next = batches.next();
        if (next.done) {
          batches = undefined;
          send({ done: true });
        } else {
          credit -= weightOf(next.value);
          send({ prepared: pack(next.value) });
        }
      }
    } catch (error) {
      batches = undefined;
      send({
        done: true,
        failure: { path, message: (error as Error).message },
        ...(isFull(error) && { full: true }),
      });
    }
  };
  port.on('message', (message: ToWorker) => {
    if ('job' in message) {
      path = message.job.source.path;
      batches = prepare(message.job, redactor);
    } else credit += message.taken;
    work();
  });
}
