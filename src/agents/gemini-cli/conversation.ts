// A conversation cut at a moment, to go on as a new session: a chat's lines up to there, under the new session's id.
// What is kept, and why, is in SOURCES.md under "Branching".
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { AgentConversations, Context, ConversationCut, CutPoint } from '../../model/index.ts';
import { isObject, list, object, objects, text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { homeOf } from './places.ts';
import { slugOf } from './slug.ts';

export const conversation: AgentConversations = { cut, place, command };

interface Line {
  readonly pos: number;
  readonly value: Json;
  /** The message that it tells, or tells more of; undefined for what is said of the session. */
  readonly message: string | undefined;
  /** `result`: what tools gave back to the message before. */
  readonly role: 'prompt' | 'answer' | 'result' | 'other';
  readonly at: number;
}

const newline = 0x0a;

function cut(content: Buffer, point: CutPoint, session: string): ConversationCut {
  const all = readLines(content);
  const kept = all.slice(0, endOf(all, point));
  const last = kept.findLast((line) => line.role !== 'other');
  if (!last || !kept.some((line) => line.role === 'answer'))
    throw new ClewError(
      'BAD_INPUT',
      'nothing had been said and answered at that moment',
      'choose a later one, or start the agent anew',
    );
  const lines = kept.map((line) => `${JSON.stringify(renamed(line.value, session))}\n`);
  return {
    content: Buffer.from(lines.join('')),
    records: kept.length,
    last: { pos: last.pos, at: last.at },
  };
}

/** How many of the lines were there at the point. */
function endOf(lines: readonly Line[], point: CutPoint): number {
  if ('before' in point) return countUntil(lines, (line) => line.pos >= point.before);
  if ('after' in point)
    return settled(
      lines,
      countUntil(lines, (line) => line.pos > point.after),
    );
  const until = countUntil(lines, (line) => line.at > point.at);
  // The last answer that was whole by then, with what its tools gave back.
  for (let end = until; end > 0; end--)
    if (lines[end - 1]?.role === 'answer' && settled(lines, end) <= until) return settled(lines, end);
  return 0;
}

/** Goes on to where nothing of the last message is missing: it is written again with its calls, then what these gave back. */
function settled(lines: readonly Line[], from: number): number {
  const message = lines.slice(0, from).findLast((line) => line.role !== 'other');
  if (message?.role !== 'answer' && message?.role !== 'result') return from;
  let end = from;
  for (let i = from; i < lines.length; i++) {
    const line = lines[i];
    if (line?.role === 'prompt' || (line?.role === 'answer' && line.message !== message.message)) break;
    // What the client says; a session's head is also told again between a message and what became of it.
    if (line?.role === 'other' && line.message !== undefined) break;
    if (line?.role !== 'other') end = i + 1;
  }
  return end;
}

function countUntil(lines: readonly Line[], isBehind: (line: Line) => boolean): number {
  const index = lines.findIndex(isBehind);
  return index < 0 ? lines.length : index;
}

/** The lines that can be read, as the client passes over others, too. */
function readLines(content: Buffer): Line[] {
  const lines: Line[] = [];
  for (let pos = 0; pos < content.length;) {
    const end = content.indexOf(newline, pos) + 1 || content.length;
    const value = parse(content.subarray(pos, end));
    if (value) lines.push(lineOf(value, pos));
    pos = end;
  }
  return lines;
}

function parse(line: Buffer): Json | undefined {
  try {
    return object(JSON.parse(line.toString()));
  } catch {
    return undefined;
  }
}

function lineOf(value: Json, pos: number): Line {
  const id = text(value['id']);
  const times = [value, ...objects(value['toolCalls'])].map((one) => time(one['timestamp']) ?? 0);
  const set = object(value['$set']);
  return {
    pos,
    value,
    message: id,
    role: id === undefined ? 'other' : roleOf(value),
    at: Math.max(...times, time(set?.['lastUpdated']) ?? 0),
  };
}

function roleOf(value: Json): Line['role'] {
  if (value['type'] === 'gemini') return 'answer';
  if (value['type'] !== 'user') return 'other';
  const isResult = list(value['content']).some((part) => object(part)?.['functionResponse'] !== undefined);
  return isResult ? 'result' : 'prompt';
}

/** The id stands in the first line, again where the chat was resumed, and in what is set then; the last one counts. */
function renamed(value: Json, session: string): Json {
  const set = value['$set'];
  if (isObject(set) && set['sessionId'] !== undefined) return { $set: { ...set, sessionId: session } };
  return value['id'] === undefined && value['sessionId'] !== undefined
    ? { ...value, sessionId: session }
    : value;
}

function place(context: Context, folder: string, session: string): string {
  const real = realpathSync(path.resolve(context.cwd, folder));
  const tmp = path.join(homeOf(context), '.gemini', 'tmp');
  const minute = new Date(context.now()).toISOString().slice(0, 16).replaceAll(':', '-');
  const name = `session-${minute}-${session.slice(0, 8)}.jsonl`;
  return path.join(tmp, slugOf(real, path.dirname(tmp)), 'chats', name);
}

function command(_folder: string, session: string): readonly string[] {
  return ['gemini', '--resume', session];
}
