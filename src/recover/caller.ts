// Which session a program belongs to that an agent has started: found by the process of the agent above it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { adapters } from '../agents/index.ts';
import { recordedProcesses } from '../query/index.ts';
import type { Config, Context } from '../model/index.ts';
import { isStill } from './processes.ts';

type Db = Parameters<typeof recordedProcesses>[0];

/** Between an agent and what it starts stand a shell or two, and launchers. */
const deepest = 8;
const day = 86_400_000;

/** The session of the innermost agent above a process; undefined where there is none, or none that clew has read. */
export function sessionAbove(db: Db, context: Context, config: Config, pid: number): string | undefined {
  const told = new Map(
    recordedProcesses(db, context.machine, context.now() - day)
      .filter((one) => isStill(one.pid, one.seenAt))
      .map((one) => [one.pid, one.session]),
  );
  const roots = adapters.flatMap((adapter) =>
    adapter.sessionOf ? adapter.roots(context, config).map((root) => ({ adapter, root })) : [],
  );
  const sessionOf = (one: number): string | undefined =>
    roots.map(({ adapter, root }) => adapter.sessionOf?.(root, one)).find(Boolean) ?? told.get(one);
  const known = db.prepare<[string], string>('SELECT id FROM session WHERE id = ?').pluck();
  return lineOf(pid)
    .map((one) => known.get(sessionOf(one) ?? ''))
    .find((one) => one !== undefined);
}

/** A process and those above it, the nearest first. */
function lineOf(pid: number): number[] {
  const line: number[] = [];
  for (let at = pid; at > 1 && line.length < deepest; at = parentOf(at)) line.push(at);
  return line;
}

/** 0 where it cannot be told. */
function parentOf(pid: number): number {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // Field 4; the second one, the name, may hold spaces and parentheses.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    }
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' })) || 0;
  } catch {
    return 0;
  }
}
