// The spool: a folder in which hooks drop one payload a file, and from which the next clew command takes them.
// Names are <agent>.<ppid>.<pid>.<n>.json, and ….<n>.<id>.json inside of a session that is kept by hand; a file is written
// as `.part` and renamed, so a `.json` is always whole.
// Payloads lie here before redaction, which is why the folder is the user's alone.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

export interface SpooledCall {
  /** File name, unique among the calls that are in the spool. */
  readonly name: string;
  readonly agent: string;
  /** Process id of the agent that called the hook; 0 where the name does not tell. */
  readonly ppid: number;
  /** The session kept by hand that the agent works inside of. */
  readonly within: string | undefined;
  /** When the hook was called, milliseconds since the epoch. */
  readonly time: number;
  readonly size: number;
}

export function spoolFolder(clewHome: string): string {
  return path.join(clewHome, 'spool');
}

export function makeSpool(clewHome: string): string {
  const folder = spoolFolder(clewHome);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** The calls that wait, oldest first. An absent spool is an empty one. */
export function listSpool(clewHome: string): SpooledCall[] {
  const folder = spoolFolder(clewHome);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  const calls: SpooledCall[] = [];
  for (const name of names) {
    const match = /^([a-z-]+)\.(\d+)\.(\d+)\.\d+(?:\.([^.]*))?\.json$/.exec(name);
    if (!match) continue;
    const stat = statSync(path.join(folder, name), { throwIfNoEntry: false });
    if (!stat?.isFile()) continue;
    calls.push({
      name,
      agent: match[1] ?? '',
      ppid: Number(match[2]),
      within: match[4] !== undefined && /^[0-9a-f-]+$/.test(match[4]) ? match[4] : undefined,
      time: Math.round(stat.mtimeMs),
      size: stat.size,
    });
  }
  return calls.sort((a, b) => a.time - b.time || (a.name < b.name ? -1 : 1));
}

export function readSpooled(clewHome: string, call: SpooledCall): Buffer {
  return readFileSync(path.join(spoolFolder(clewHome), call.name));
}

/** Removes calls that have been taken in; one that is gone already is no error. */
export function dropSpooled(clewHome: string, names: Iterable<string>): void {
  for (const name of names) {
    try {
      unlinkSync(path.join(spoolFolder(clewHome), name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Leaves a record of clew's own in the spool, whole or not at all; gives its name. */
export function dropIntoSpool(clewHome: string, kind: 'checkpoint' | 'clew', text: string): string {
  const folder = makeSpool(clewHome);
  for (let n = 0; ; n++) {
    const name = `${kind}.${process.ppid}.${process.pid}.${n}.json`;
    const file = path.join(folder, name);
    const part = `${file.slice(0, -'json'.length)}part`;
    try {
      if (existsSync(file)) continue;
      writeFileSync(part, text, { flag: 'wx', mode: 0o600, flush: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    renameSync(part, file);
    return name;
  }
}
