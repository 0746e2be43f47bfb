// Whether the process that called a hook still runs. For agents, and versions of them, that keep no list of their own
// processes.
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { recordedProcesses } from '../query/index.ts';
import type { Context } from '../model/index.ts';

type Db = Parameters<typeof recordedProcesses>[0];

/** Ticks of the clock in which Linux counts, on every architecture that Node runs on. */
const ticksPerSecond = 100;
/** The time of boot is known to the second. */
const slackMs = 2000;

/** By session. Those from before the machine was started are nobody's any more, and left to other signs. */
export function hookProcesses(db: Db, { machine, now }: Context): Map<string, 'running' | 'gone'> {
  const boot = now() - os.uptime() * 1000;
  return new Map(
    recordedProcesses(db, machine, boot).map(({ session, pid, seenAt }) => [
      session,
      isStill(pid, seenAt) ? 'running' : 'gone',
    ]),
  );
}

/** Whether a process runs that ran at that time; its number may have gone to a later one. */
export function isStill(pid: number, at: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const started = startOf(pid);
  return started === undefined || started <= at + slackMs;
}

/** When a process was started, where the system tells. */
function startOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22; the second one, the name, may hold spaces and parentheses.
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    const boot = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
    return (boot + ticks / ticksPerSecond) * 1000;
  } catch {
    return undefined;
  }
}
