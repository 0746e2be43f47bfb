// Proves that streams are as they were written: every frame's content against its hash, every frame against the one
// before, every stream's end against what the index knows.
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../model/index.ts';
import { sourcesOf } from '../store/index.ts';
import type { Db } from '../store/index.ts';
import { listStreams, readFrames, streamName } from '../stream/index.ts';
import type { StreamBreak } from '../stream/index.ts';
import { streamsFolder } from './commit.ts';

export interface VerifyReport {
  readonly streams: number;
  readonly frames: number;
  readonly bytes: number;
  readonly problems: readonly { readonly file: string; readonly at: number; readonly why: string }[];
}

export function verify(db: Db, context: Context): VerifyReport {
  const root = streamsFolder(context.clewHome);
  const names = listStreams(root);
  const known = new Map(
    sourcesOf(db)
      .all()
      .map((row) => [streamName(row.agent, row.id), row]),
  );
  const problems: { file: string; at: number; why: string }[] = [];
  let frames = 0;
  let bytes = 0;
  for (const name of names) {
    const file = path.join(root, name);
    const size = statSync(file).size;
    const row = known.get(name);
    let end = 0;
    let hashAtLength: string | undefined;
    let broken: StreamBreak | undefined;
    try {
      const walk = readFrames(file);
      for (let next = walk.next(); ; next = walk.next()) {
        if (next.done) {
          // Behind the committed length a writer may be at work, or have died: that is no damage.
          if (next.value && next.value.at < (row?.length ?? size)) broken = next.value;
          break;
        }
        next.value.content();
        frames++;
        end = next.value.end;
        if (end === row?.length) hashAtLength = next.value.hash;
      }
    } catch (error) {
      broken = { at: end, why: (error as Error).message };
    }
    bytes += end;
    if (broken) problems.push({ file, ...broken });
    if (!row || broken) continue;
    if (end < row.length)
      problems.push({ file, at: end, why: `the stream was ${row.length} bytes long: its end is missing` });
    else if (hashAtLength !== row.hash)
      problems.push({ file, at: row.length, why: 'the last frame is not the one that was written' });
  }
  const present = new Set(names);
  for (const [name, row] of known)
    if (row.length > 0 && !present.has(name))
      problems.push({ file: path.join(root, name), at: 0, why: 'the stream is missing' });
  return { streams: names.length, frames, bytes, problems };
}
