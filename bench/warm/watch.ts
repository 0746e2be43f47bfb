// `clew watch` with nothing happening: its share of a core and its memory, as /proc tells them.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { corpus } from '../corpus.ts';
import { bytes, table, tempDir } from '../lib.ts';
import { clew, clewCommand, environment } from '../run.ts';

const settleSeconds = 5;
const watchSeconds = 20;
const ticksPerSecond = 100;

export async function watch(size: number): Promise<void> {
  if (process.platform !== 'linux') {
    console.log('\nclew watch: not measured, there is no /proc');
    return;
  }
  const home = corpus(size);
  const clewHome = path.join(tempDir('watch'), 'home');
  clew(['import', '--json'], home, clewHome);
  const [command, ...args] = clewCommand(['watch']);
  const child = spawn(command!, args, { env: environment(home, clewHome), stdio: 'ignore' });
  try {
    await sleep(settleSeconds * 1000);
    if (child.exitCode !== null) {
      console.log(`\nclew watch: not measured, it ended with ${child.exitCode}`);
      return;
    }
    const before = ticks(child.pid!);
    await sleep(watchSeconds * 1000);
    const cpu = (100 * (ticks(child.pid!) - before)) / ticksPerSecond / watchSeconds;
    const rss = memory(child.pid!);
    table(
      `clew watch at rest, ${bytes(size)}, ${watchSeconds} s`,
      ['CPU', 'RSS'],
      [[`${cpu.toFixed(2)} %`, bytes(rss)]],
    );
  } finally {
    child.kill();
  }
}

/** utime + stime; the command's name before them may hold spaces and ends with the last parenthesis. */
function ticks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function memory(pid: number): number {
  return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
