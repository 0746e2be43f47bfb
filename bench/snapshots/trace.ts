// Which git programs a client ran, and when: a git ahead of the real one on its path turns on git's own trace.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What one snapshot took. */
export interface Effort {
  /** While at least one git program ran, in milliseconds. */
  readonly inGit: number;
  readonly programs: number;
}

export interface Trace {
  /** The folder to put ahead on the path. */
  readonly bin: string;
  /** What was started between two moments, for each two. */
  between(moments: readonly (readonly [from: number, to: number])[]): Effort[];
}

interface Event {
  readonly event: string;
  readonly sid: string;
  readonly time: string;
}

/** Dates have milliseconds, git's times microseconds. */
const moment = (time: string): number =>
  Date.parse(`${time.slice(0, 23)}Z`) + Number(time.slice(23, 26)) / 1000;

export function traceGit(folder: string): Trace {
  const bin = path.join(folder, 'bin');
  const file = path.join(folder, 'git.trace');
  mkdirSync(bin);
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(path.join(bin, 'git'), `#!/bin/sh\nGIT_TRACE2_EVENT='${file}' exec '${real}' "$@"\n`, {
    mode: 0o755,
  });

  return {
    bin,
    between(moments) {
      const spans = existsSync(file) ? spansIn(readFileSync(file, 'utf8')) : [];
      return moments.map(([from, to]) => effort(spans.filter(([start]) => start >= from && start < to)));
    },
  };
}

function effort(spans: readonly [number, number][]): Effort {
  let inGit = 0;
  let until = 0;
  for (const [start, end] of spans) {
    inGit += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return { inGit, programs: spans.length };
}

/** Start and end of each program that git did not start itself, in order. */
function spansIn(trace: string): [number, number][] {
  const started = new Map<string, number>();
  const spans: [number, number][] = [];
  for (const line of trace.split('\n')) {
    if (!line) continue;
    const { event, sid, time } = JSON.parse(line) as Event;
    if (sid.includes('/')) continue;
    if (event === 'start') started.set(sid, moment(time));
    if (event === 'atexit') spans.push([started.get(sid)!, moment(time)]);
  }
  return spans.sort(([a], [b]) => a - b);
}
