// The sources that hold the main conversation of a session, and what clew kept of them.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../model/index.ts';
import type { AgentName, Context } from '../model/index.ts';
import { readFrames, streamName } from '../stream/index.ts';
import type { Db } from '../store/index.ts';

export interface Transcript {
  readonly id: string;
  readonly agent: AgentName;
  readonly machine: string;
  readonly path: string;
  /** Bytes of the stream's file, and of its content. */
  readonly length: number;
  readonly content: number;
}

/** The one that holds most first: a project that was moved leaves two. */
export const transcriptsOf = (db: Db, session: string): Transcript[] =>
  db
    .prepare<[string], Transcript>(
      `SELECT id, agent, machine, path, length, content FROM source
       WHERE session = ? AND run IS NULL AND kind IN ('transcript', 'document') ORDER BY content DESC, id`,
    )
    .all(session);

/** What the stream holds of it, whole. Throws STREAM_DAMAGED. */
export function contentOf(context: Context, { agent, id, length, content }: Transcript): Buffer {
  const file = path.join(context.clewHome, 'streams', streamName(agent, id));
  const parts: Buffer[] = [];
  if (existsSync(file)) for (const frame of readFrames(file, { to: length })) parts.push(frame.content());
  const whole = Buffer.concat(parts);
  if (whole.length >= content) return whole;
  throw new ClewError(
    'STREAM_DAMAGED',
    `${file} holds ${whole.length} of ${content} bytes`,
    'run `clew verify`, and put the file back from a backup',
  );
}
