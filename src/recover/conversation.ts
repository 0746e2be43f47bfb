// A session branched in time: the conversation up to a turn, an entry or a moment, written as a new session that its agent
// can go on with in another folder. It is read from clew's stream, so the agent's own file may be gone; that file is never
// touched. Only the new session's file is written, at once and under a name that nothing had.
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { adapterOf } from '../agents/index.ts';
import { ClewError, turnKinds } from '../model/index.ts';
import type { Context, CutPoint } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { contentOf, transcriptsOf } from './transcripts.ts';
import type { Transcript } from './transcripts.ts';

/** `turn`: to the end of that turn. `entry`: to that entry, and the results of its calls. `at`: milliseconds since the epoch. */
export type BranchPoint = { readonly turn: string } | { readonly entry: string } | { readonly at: number };

export interface CutRequest {
  readonly session: string;
  readonly after: BranchPoint;
  /** Where the branch will be worked on; must exist. */
  readonly folder: string;
}

export interface CutSession {
  /** The new session. */
  readonly session: string;
  readonly file: string;
  /** Goes on with it; to be run in the folder. */
  readonly command: readonly string[];
  /** Records that the conversation was cut down to, and the time of the last. */
  readonly records: number;
  readonly at: number;
}

/** A cut that is not written yet. */
export interface PlannedCut extends CutSession {
  /** Writes the new session's file. */
  readonly write: () => void;
}

/** As `planCut`, and writes it. */
export function cutConversation(db: Db, context: Context, request: CutRequest): CutSession | undefined {
  const planned = planCut(db, context, request);
  if (!planned) return undefined;
  const { write, ...cut } = planned;
  write();
  return cut;
}

/**
 * Undefined where the agent cannot go on from a cut, or no transcript of the session was kept: then a handoff has to do.
 * Throws NOT_FOUND for a turn or entry that the session does not have, BAD_INPUT where nothing was said by then, and
 * UNREADABLE or STREAM_DAMAGED where what was said cannot be read.
 */
export function planCut(
  db: Db,
  context: Context,
  { session, after, folder }: CutRequest,
): PlannedCut | undefined {
  const transcripts = transcriptsOf(db, session);
  const [main] = transcripts;
  const conversation = main && adapterOf(main.agent).conversation;
  if (!conversation) return undefined;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ClewError('BAD_INPUT', `${folder} is no folder`, 'make it first, or choose another');
  const { transcript, point } = placeOf(db, session, after, main, transcripts);
  const id = conversation.newSession?.(context.now()) ?? randomUUID();
  const told = contentOf(context, transcript);
  const other = (one: string): Buffer | undefined => {
    const [found] = transcriptsOf(db, one);
    return found && contentOf(context, found);
  };
  const { content, moved } = conversation.whole?.(told, other) ?? { content: told, moved: 0 };
  const cut = conversation.cut(content, movedBy(moved, point), id, path.resolve(context.cwd, folder));
  const file = conversation.place(context, folder, id);
  return {
    session: id,
    file,
    command: conversation.command(folder, id, file),
    records: cut.records,
    at: cut.last.at,
    write: () => writeNew(file, cut.content),
  };
}

function movedBy(moved: number, point: CutPoint): CutPoint {
  if ('before' in point) return { before: point.before + moved };
  return 'after' in point ? { after: point.after + moved } : point;
}

function placeOf(
  db: Db,
  session: string,
  after: BranchPoint,
  main: Transcript,
  transcripts: readonly Transcript[],
): { transcript: Transcript; point: CutPoint } {
  if ('at' in after) return { transcript: main, point: after };
  const key = 'turn' in after ? after.turn : after.entry;
  const rows = db
    .prepare<{ key: string; session: string }, { source: string; run: string; pos: number; at: number }>(
      `SELECT source, run, pos, at FROM copy WHERE key = @key AND session = @session
       UNION SELECT source, run, pos, at FROM entry WHERE key = @key AND session = @session`,
    )
    .all({ key, session });
  const [first] = rows;
  if (!first)
    throw new ClewError('NOT_FOUND', `session ${session} has no ${key}`, '`clew log` lists what it has');
  for (const transcript of transcripts) {
    const row = rows.find((one) => one.source === transcript.id && one.run === session);
    if (!row) continue;
    if ('entry' in after) return { transcript, point: { after: row.pos } };
    return { transcript, point: { before: nextTurn(db, session, transcript, row.pos) } };
  }
  // A subagent's, or told by a hook alone: the main conversation as it was then.
  return { transcript: main, point: { at: first.at } };
}

/** Where the turn after the one at `pos` begins. What a fork copied counts too, though it belongs to the original. */
function nextTurn(db: Db, session: string, transcript: Transcript, pos: number): number {
  const kinds = turnKinds.map((kind) => `'${kind}'`).join(',');
  const next = db
    .prepare<{ session: string; source: string; pos: number }, { pos: number | null }>(
      `SELECT min(pos) AS pos FROM (
         SELECT pos FROM entry WHERE session = @session AND source = @source AND kind IN (${kinds})
         UNION ALL
         SELECT c.pos FROM copy c JOIN entry e ON e.key = c.key
         WHERE c.session = @session AND c.source = @source AND e.kind IN (${kinds})
       ) WHERE pos > @pos`,
    )
    .get({ session, source: transcript.id, pos })?.pos;
  return next ?? transcript.content;
}

/** Written beside its place and then linked there: whole or not at all, and over nothing that is there. */
function writeNew(file: string, content: Buffer): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.part`;
  const fd = openSync(part, 'wx', 0o600);
  try {
    for (let done = 0; done < content.length;) done += writeSync(fd, content, done);
    fsyncSync(fd);
    linkSync(part, file);
  } finally {
    closeSync(fd);
    rmSync(part, { force: true });
  }
}
