// The limit: what one Node process needs for nothing but reading, splitting into lines, JSON.parse of each line and zstd
// (default level, pieces of 1 MB) of the same bytes. Whatever clew's import does on top is its own cost.
// Run: node bench/limit.ts [--json] HOME
import { readFileSync, statSync } from 'node:fs';
import { zstdCompressSync } from 'node:zlib';
import { transcripts } from './corpus.ts';
import { bytes, machineLine, ms, table } from './lib.ts';

const pieceBytes = 1 << 20;

const args = process.argv.slice(2);
const home = args.find((arg) => !arg.startsWith('--'));
if (home === undefined) {
  console.error('usage: node bench/limit.ts [--json] HOME');
  process.exit(2);
}
const files = transcripts(home);
const step = { read: 0, parse: 0, compress: 0 };
const sum = { files: files.length, bytes: 0, lines: 0, bad: 0, compressed: 0 };
const start = performance.now();
for (const file of files) take(file);
const took = performance.now() - start;

if (args.includes('--json')) console.log(JSON.stringify({ ms: took, ...sum, step }));
else {
  const speed = (time: number): string => `${(sum.bytes / time / 1000).toFixed(0)} MB/s`;
  table(
    `The limit: ${bytes(sum.bytes)}, ${sum.files} files, ${sum.lines} lines`,
    ['step', 'time', 'speed'],
    [
      ...Object.entries(step).map(([name, time]) => [name, ms(time), speed(time)]),
      ['all', ms(took), speed(took)],
    ],
  );
  console.log(
    `\nzstd: ${bytes(sum.compressed)}, ${(sum.bytes / sum.compressed).toFixed(2)}x\n${machineLine()}`,
  );
}

function take(file: string): void {
  if (statSync(file).size === 0) return;
  const before = performance.now();
  const content = readFileSync(file);
  const read = performance.now();
  for (let at = 0; at < content.length;) {
    const newline = content.indexOf(10, at);
    const end = newline === -1 ? content.length : newline;
    if (end > at) {
      sum.lines++;
      try {
        JSON.parse(content.toString('utf8', at, end));
      } catch {
        sum.bad++;
      }
    }
    at = end + 1;
  }
  const parsed = performance.now();
  for (let at = 0; at < content.length; at += pieceBytes) {
    sum.compressed += zstdCompressSync(content.subarray(at, at + pieceBytes)).length;
  }
  sum.bytes += content.length;
  step.read += read - before;
  step.parse += parsed - read;
  step.compress += performance.now() - parsed;
}
