// An import worker: a thread that prepares batches of the sources it is given. It stays at most two batches ahead of the
// thread that commits them, which bounds memory.
import { parentPort, workerData } from 'node:worker_threads';
import { createRedactor } from '../redact/index.ts';
import type { Failure } from './discover.ts';
import { prepare } from './prepare.ts';
import type { Job, Prepared } from './prepare.ts';
import type { RedactorOptions } from './redactor.ts';

export type ToWorker = { readonly job: Job } | { readonly taken: true };
export type FromWorker = { readonly prepared: Prepared } | { readonly done: true; readonly failure?: Failure };

const ahead = 2;

const port = parentPort;
if (port) {
  const options = workerData as RedactorOptions;
  const redactor = createRedactor({ ...options, salt: Buffer.from(options.salt) });
  let batches: Iterator<Prepared> | undefined;
  let path = '';
  let credit = ahead;
  const send = (message: FromWorker): void => port.postMessage(message);
  const work = (): void => {
    try {
      while (batches && credit > 0) {
        const next = batches.next();
        if (next.done) {
          batches = undefined;
          send({ done: true });
        } else {
          credit--;
          send({ prepared: next.value });
        }
      }
    } catch (error) {
      batches = undefined;
      send({ done: true, failure: { path, message: (error as Error).message } });
    }
  };
  port.on('message', (message: ToWorker) => {
    if ('job' in message) {
      path = message.job.source.path;
      batches = prepare(message.job, redactor);
    } else credit++;
    work();
  });
}
