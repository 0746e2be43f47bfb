// Preloaded into a measured Node process: says at its end what the whole process used. Linux knows the bytes read.
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env['CLEW_BENCH_AT_EXIT'];
if (isMainThread && file)
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    let read = Number.NaN;
    try {
      read = Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);
    } catch {
      // not Linux
    }
    writeFileSync(
      file,
      JSON.stringify({ maxRSS: maxRSS * 1024, cpu: (userCPUTime + systemCPUTime) / 1000, read }),
    );
  });
