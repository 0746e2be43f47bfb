// Writes homes of any size: project by project, session by session, straight to disk.
import { closeSync, mkdirSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Random } from './random.ts';
import { random } from './random.ts';
import { newSession, turn } from './session.ts';
import type { Workspace } from './workspace.ts';
import { makeWorkspace } from './workspace.ts';

export interface GenerateOptions {
  /** The home; transcripts go to `<dir>/.claude/projects`. */
  readonly dir: string;
  /** How much to write in all, to within a turn and the last session's subagents. */
  readonly bytes: number;
  readonly seed: number;
  /** The size of every session's own file; else as found in practice: median 350 KB, mean 600 KB. */
  readonly sessionBytes?: number;
}

export interface Generated {
  readonly projects: number;
  readonly sessions: number;
  readonly forks: number;
  readonly files: number;
  readonly bytes: number;
  /** The transcripts of the sessions. */
  readonly paths: readonly string[];
}

const sessionsPerProject = 25;
const forkShare = 0.25;
const started = Date.UTC(2026, 0, 5, 9);

export function generate(options: GenerateOptions): Generated {
  const r = random(options.seed);
  const home: Home = { folder: path.join(options.dir, '.claude', 'projects'), bytes: 0, files: 0 };
  const paths: string[] = [];
  let forks = 0;
  let projects = 0;
  while (home.bytes < options.bytes) {
    const w = makeWorkspace(r.split());
    projects++;
    let parent: Session | undefined;
    let now = started + r.int(120 * 24) * 3_600_000;
    for (let i = r.between(sessionsPerProject / 2, sessionsPerProject * 1.5); i > 0; i--) {
      const left = options.bytes - home.bytes;
      if (left <= 0) break;
      const size = Math.min(options.sessionBytes ?? r.size(350_000, 1.04), left);
      const isFork = parent !== undefined && size > 20_000 && r.chance(forkShare);
      const session = writeSession(home, w, r.split(), size, now, isFork ? parent : undefined);
      if (isFork) forks++;
      paths.push(session.path);
      parent = session;
      now = session.ended + r.size(3 * 3_600_000, 1);
    }
  }
  return { projects, sessions: paths.length, forks, files: home.files, bytes: home.bytes, paths };
}

interface Home {
  readonly folder: string;
  bytes: number;
  files: number;
}

interface Session {
  readonly id: string;
  readonly path: string;
  readonly ended: number;
}

function writeSession(
  home: Home,
  w: Workspace,
  r: Random,
  size: number,
  now: number,
  parent: Session | undefined,
): Session {
  const c = newSession(r, w, now);
  const folder = path.join(home.folder, w.slug);
  const file = path.join(folder, `${c.sessionId}.jsonl`);
  const beside = path.join(folder, c.sessionId);
  mkdirSync(folder, { recursive: true });
  const out = writer(file);
  home.files++;
  let written = 0;
  if (parent) {
    // A third of what the fork will hold, and at most 1 MB, is its parent's history under the fork's own id.
    const copied = head(parent.path, Math.min(size / 3, 1_000_000));
    written += out.write(copied.replaceAll(parent.id, c.sessionId));
    // A record's own uuid comes last in its line.
    c.last = /.*"uuid":"([^"]+)"/s.exec(copied.slice(-100_000))?.[1] ?? null;
  }
  while (written < size) {
    for (const output of turn(c, w)) {
      if ('line' in output) written += out.write(`${output.line}\n`);
      else writeBeside(home, path.join(beside, output.file), output.text);
    }
  }
  out.close();
  home.bytes += written;
  return { id: c.sessionId, path: file, ended: c.now };
}

function writeBeside(home: Home, file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  home.files++;
  home.bytes += Buffer.byteLength(text);
}

interface Writer {
  /** Takes text and says how many bytes it is. */
  write(text: string): number;
  close(): void;
}

function writer(file: string): Writer {
  const fd = openSync(file, 'w');
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = (): void => {
    writeSync(fd, Buffer.concat(waiting));
    waiting = [];
    size = 0;
  };
  return {
    write(text) {
      const bytes = Buffer.from(text);
      waiting.push(bytes);
      size += bytes.length;
      if (size > 1 << 20) flush();
      return bytes.length;
    },
    close() {
      flush();
      closeSync(fd);
    },
  };
}

/** The first whole lines of a file, at most so many bytes. */
function head(file: string, bytes: number): string {
  const fd = openSync(file, 'r');
  const buffer = Buffer.alloc(Math.floor(bytes));
  const length = readSync(fd, buffer, 0, buffer.length, 0);
  closeSync(fd);
  return buffer.toString('utf8', 0, buffer.lastIndexOf(10, length - 1) + 1);
}
