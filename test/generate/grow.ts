// The next plausible lines of an existing session, for benches of what is new.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Client } from './client.ts';
import { makeClient } from './client.ts';
import { random } from './random.ts';
import { turn } from './session.ts';
import { makeWorkspace } from './workspace.ts';

/** Lines without their newline, for as long as one asks. They go on from the file's last record; nothing is written. */
export function* grow(file: string, seed: number): Generator<string> {
  const r = random(seed);
  const last = lastRecord(file);
  const w = makeWorkspace(r.split(), last.cwd);
  const client: Client = makeClient(r, {
    cwd: last.cwd,
    now: Date.parse(last.timestamp),
    sessionId: last.sessionId,
    last: last.uuid,
    branch: last.gitBranch,
  });
  for (;;) {
    for (const output of turn(client, w)) if ('line' in output) yield output.line;
  }
}

interface LastRecord {
  readonly sessionId: string;
  readonly uuid: string;
  readonly timestamp: string;
  readonly cwd: string;
  readonly gitBranch: string;
}

function lastRecord(file: string): LastRecord {
  const fd = openSync(file, 'r');
  const { size } = fstatSync(fd);
  const buffer = Buffer.alloc(Math.min(size, 4 << 20));
  readSync(fd, buffer, 0, buffer.length, size - buffer.length);
  closeSync(fd);
  for (const text of buffer.toString('utf8').split('\n').toReversed()) {
    try {
      const record = JSON.parse(text) as Partial<LastRecord>;
      if (record.uuid && record.sessionId && record.timestamp && record.cwd) return record as LastRecord;
    } catch {
      continue; // the newline at the end, or a line cut by the window
    }
  }
  throw new Error(`${file} holds no record of a conversation`);
}
