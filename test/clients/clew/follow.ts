// Follows a session with clew while its client runs, and measures how long after the client wrote a tool call clew
// showed it. When the client wrote it is seen by looking at its transcripts every few milliseconds.
import { closeSync, globSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { projects } from '../client/transcripts.ts';
import type { World } from '../client/world.ts';
import { startClew } from './run.ts';
import { millis, type Entry } from './shapes.ts';

export interface Followed {
  /** Tool calls that the client wrote after clew began to follow, in order. */
  readonly calls: readonly {
    readonly id: string;
    /** Milliseconds from its line in the transcript, and from the time that the entry bears. Undefined: not shown. */
    readonly sinceWritten?: number;
    readonly sinceAt?: number;
  }[];
  readonly badLines: readonly string[];
  readonly complaint: string;
}

export interface Following {
  stop(): Promise<Followed>;
}

export async function follow(world: World, session: string): Promise<Following> {
  const written = watchCalls(world, session);
  for (let tries = 0; tries < 1000 && !written.begun(); tries++) await sleep(20);
  const startedAt = Date.now();
  const child = startClew(world, 'log', session, '--follow', '--json');
  const shown = new Map<string, { arrived: number; at: number }>();
  const badLines: string[] = [];
  let complaint = '';
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const arrived = Date.now();
    try {
      const { operation, at } = JSON.parse(line) as Entry;
      if (operation && !shown.has(operation.id)) shown.set(operation.id, { arrived, at: millis(at) });
    } catch {
      badLines.push(line);
    }
  });
  child.stderr!.on('data', (data: Buffer) => {
    complaint = (complaint + data.toString()).slice(-600);
  });
  const ended = new Promise((done) => {
    child.on('exit', done);
    child.on('error', done);
  });
  return {
    async stop() {
      await sleep(1100); // what is not there by now is late
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(3000)]);
      child.kill('SIGKILL');
      const calls = [...written.stop()].filter(([, at]) => at > startedAt);
      return {
        calls: calls.map(([id, at]) => {
          const seen = shown.get(id);
          return seen ? { id, sinceWritten: seen.arrived - at, sinceAt: seen.arrived - seen.at } : { id };
        }),
        badLines,
        complaint,
      };
    },
  };
}

/** When each tool call's line first stood in a transcript of the session or of its subagents. */
function watchCalls(world: World, session: string) {
  const read = new Map<string, number>();
  const first = new Map<string, number>();
  let begun = false;
  const lookOnce = () => {
    for (const name of globSync([`*/${session}.jsonl`, `*/${session}/**/*.jsonl`], {
      cwd: projects(world.home),
    })) {
      const text = newText(path.join(projects(world.home), name), read);
      const now = Date.now();
      if (text.includes('"type":"user"')) begun = true;
      for (const [, id] of text.matchAll(/"id":"(toolu_\w+)"/g)) if (!first.has(id!)) first.set(id!, now);
    }
  };
  const timer = setInterval(lookOnce, 20);
  return {
    begun: () => begun,
    stop() {
      clearInterval(timer);
      lookOnce();
      return first;
    },
  };
}

/** The whole lines that came since the last look. */
function newText(file: string, read: Map<string, number>): string {
  const from = read.get(file) ?? 0;
  const bytes = Buffer.alloc(Math.max(0, statSync(file).size - from));
  if (bytes.length === 0) return '';
  const fd = openSync(file, 'r');
  const length = readSync(fd, bytes, 0, bytes.length, from);
  closeSync(fd);
  const end = bytes.subarray(0, length).lastIndexOf(10) + 1;
  read.set(file, from + end);
  return bytes.toString('utf8', 0, end);
}
