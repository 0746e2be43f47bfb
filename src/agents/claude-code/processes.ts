// Which sessions are at work: Claude Code keeps sessions/<pid>.json while a process runs, and takes it away when the
// process ends in good order. A file whose process is gone is a session that was cut off (2.1.100 and later).
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { AgentRoot } from '../../model/index.ts';
import { number, object, text } from '../shared/shapes.ts';

export function processes(root: AgentRoot): Map<string, 'running' | 'gone'> {
  const folder = path.join(root.path, 'sessions');
  const found = new Map<string, 'running' | 'gone'>();
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return found;
  }
  for (const name of names) {
    if (!/^\d+\.json$/.test(name)) continue;
    const told = readJson(path.join(folder, name));
    const session = text(told?.['sessionId']);
    const pid = number(told?.['pid']);
    if (session === undefined || pid === undefined) continue;
    const state = isRunning(pid, text(told?.['procStart'])) ? 'running' : 'gone';
    // A session that was cut off and then resumed has two files.
    if (found.get(session) !== 'running') found.set(session, state);
  }
  return found;
}

/** The session that a process is at: it keeps its file up to date as sessions are cleared and resumed. */
export function sessionOf(root: AgentRoot, pid: number): string | undefined {
  const told = readJson(path.join(root.path, 'sessions', `${pid}.json`));
  return told && isRunning(pid, text(told['procStart'])) ? text(told['sessionId']) : undefined;
}

function readJson(file: string): Record<string, unknown> | undefined {
  try {
    return object(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // being written, or gone
  }
}

/** Whether this very process runs; its id alone may have gone to another. */
function isRunning(pid: number, procStart: string | undefined): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (procStart === undefined || process.platform !== 'linux') return true;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22; the second one, the name, may hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] === procStart;
  } catch {
    return false;
  }
}
