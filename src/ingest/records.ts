// Records back out of the streams: one at its place, or all of a session.
import { ClewError } from '../model/index.ts';
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

/**
 * All lines of a session's own sources as they are kept, its transcripts before those of its subagents: the records as the
 * agent wrote them, and of documents those that clew made of them. Of a session without a source, which was kept by hand,
 * what was recorded of it. Throws NOT_FOUND where only hooks tell of a session, as their calls are no record of it.
 */
export function sessionLines(db: Db, context: Context, session: string): Buffer {
  const rows = db
    .prepare<{ session: string }, Stored>(
      `SELECT id, agent, length FROM source s WHERE kind IN ('transcript', 'subagent', 'document') AND (session = @session
         OR (session IS NULL AND id IN (SELECT source FROM entry WHERE session = @session)
           AND (kind <> 'document' OR NOT EXISTS (SELECT 1 FROM entry WHERE source = s.id AND session <> @session))))
       ORDER BY kind DESC, path`,
    )
    .all({ session });
  const lines = rows.flatMap((row) => [...contentsOf(context, row)]);
  if (rows.length === 0) lines.push(...recordedLines(db, context, session));
  if (lines.length > 0) return Buffer.concat(lines);
  throw new ClewError(
    'NOT_FOUND',
    `no record of session ${session} is kept, as only hooks told of it`,
    '`--format json` has what is known',
  );
}

interface Stored {
  readonly id: string;
  readonly agent: string;
  readonly length: number;
}

function* contentsOf(context: Context, { agent, id, length }: Stored): Generator<Buffer> {
  for (const frame of readFrames(streamFile(context.clewHome, agent, id), { to: length }))
    yield frame.content();
}

/** The lines of the journal that are of one session. */
function* recordedLines(db: Db, context: Context, session: string): Generator<Buffer> {
  const places = db
    .prepare<[string], Stored & { pos: number }>(
      `SELECT s.id, s.agent, s.length, r.pos FROM record r JOIN source s ON s.id = r.source
       WHERE r.session = ? ORDER BY s.path, r.pos`,
    )
    .all(session);
  for (const all of Map.groupBy(places, (one) => one.id).values()) {
    const content = Buffer.concat([...contentsOf(context, all[0]!)]);
    for (const { pos } of all) yield content.subarray(pos, content.indexOf('\n', pos) + 1);
  }
}
