// Records back out of the streams: one at its place, or all of a session.
import type { Context } from '../model/index.ts';
import { readFrameAt, readFrames } from '../stream/index.ts';
import { sourcesOf } from '../store/index.ts';
import type { Db } from '../store/index.ts';
import { streamFile } from './commit.ts';

/** The record whose line begins at a content offset; undefined if nothing that parses is there. */
export function recordAt(
  db: Db,
  context: Context,
  source: string,
  pos: number,
): Record<string, unknown> | undefined {
  const sources = sourcesOf(db);
  const row = sources.get(source);
  const frame = sources.frameOf(source, pos);
  if (!row || !frame) return undefined;
  const content = readFrameAt(streamFile(context.clewHome, row.agent, source), frame.start)?.content;
  const start = pos - frame.at;
  const end = content?.indexOf('\n', start) ?? -1;
  if (!content || end < 0) return undefined;
  try {
    return JSON.parse(content.toString('utf8', start, end)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** All lines of a session's own sources as they are kept, its transcripts before those of its subagents. */
export function sessionLines(db: Db, context: Context, session: string): Buffer {
  const rows = db
    .prepare<{ session: string }, { id: string; agent: string; length: number }>(
      `SELECT id, agent, length FROM source WHERE kind IN ('transcript', 'subagent') AND (session = @session
         OR (session IS NULL AND id IN (SELECT source FROM entry WHERE session = @session)))
       ORDER BY kind DESC, path`,
    )
    .all({ session });
  const parts: Buffer[] = [];
  for (const row of rows)
    for (const frame of readFrames(streamFile(context.clewHome, row.agent, row.id), { to: row.length }))
      parts.push(frame.content());
  return Buffer.concat(parts);
}
