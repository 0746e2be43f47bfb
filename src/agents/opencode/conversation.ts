// A conversation cut at a moment, to go on as a new session: an export up to that moment, under new ids, as OpenCode passes
// over rows whose ids it has. It does not look for files, so the command that goes on imports the file first.
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { AgentConversations, Context, ConversationCut, CutPoint } from '../../model/index.ts';
import { hashOf, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { timeOf } from './state.ts';

/** Of the form of OpenCode's own, whose later ones sort first. */
function newSession(now: number): string {
  const time = (2n ** 48n - 1n - ((BigInt(now) * 4096n) % 2n ** 48n)).toString(16).padStart(12, '0');
  return `ses_${time}${hashOf(`${now} ${Math.random()}`).slice(0, 14)}`;
}

/** A message with its parts, each as it was told last, and everywhere that something of it was told. */
interface Message {
  readonly id: string;
  info: Json | undefined;
  readonly parts: Map<string, Json>;
  readonly told: Set<number>;
}

function cut(content: Buffer, point: CutPoint, session: string): ConversationCut {
  const { info, messages } = readMessages(content);
  const count = endOf(messages, point);
  const until = withoutUndone(messages.slice(0, count), info, point);
  // Prompts that nothing answers are left out: they are what the branch is to begin with.
  const end = until.findLastIndex((one) => one.info?.['role'] === 'assistant') + 1;
  const kept = until.slice(0, end);
  const last = kept.at(-1);
  if (!last)
    throw new ClewError(
      'BAD_INPUT',
      'nothing had been said and answered at that moment',
      'choose a later one, or start the agent anew',
    );
  /** When the conversation went on. */
  const later = messages[count] === undefined ? Infinity : createdAt(messages[count]);
  const fresh = (id: string): string => id.slice(0, 16) + hashOf(`${session} ${id}`).slice(0, 14);
  const exported = {
    // A branch has cost nothing yet.
    info: { ...info, id: session, parentID: undefined, revert: undefined, cost: 0, tokens: noTokens },
    messages: kept.map((one) => {
      const parent = text(one.info?.['parentID']);
      const ids = { id: fresh(one.id), sessionID: session };
      return {
        info: { ...one.info, ...ids, ...(parent !== undefined && { parentID: fresh(parent) }) },
        parts: [...one.parts].map(([id, part]) => ({
          ...asItWas(part, later),
          id: fresh(id),
          messageID: ids.id,
          sessionID: session,
        })),
      };
    }),
  };
  return {
    content: Buffer.from(`${JSON.stringify(exported)}\n`),
    records: kept.length,
    last: { pos: Math.max(...last.told), at: endedAt(last) ?? createdAt(last) },
  };
}

/** What the user has undone is dropped when the session goes on; until then it is only marked. */
function withoutUndone(messages: readonly Message[], info: Json, point: CutPoint): readonly Message[] {
  const undone = text(object(info['revert'])?.['messageID']);
  const since = timeOf(object(info['time'])?.['updated']) ?? 0;
  if (undone === undefined || !('at' in point) || since > point.at) return messages;
  return messages.slice(
    0,
    countUntil(messages, (one) => one.id >= undone),
  );
}

/** OpenCode marks results of which it has no more room for; the model was given them until then. */
function asItWas(part: Json, until: number): Json {
  const state = object(part['state']);
  const { compacted, ...time } = object(state?.['time']) ?? {};
  return typeof compacted === 'number' && compacted > until ? { ...part, state: { ...state, time } } : part;
}

const noTokens = { input: 0, output: 0, reasoning: 0, cache: { read: 0, write: 0 } };

function readMessages(content: Buffer): { info: Json; messages: Message[] } {
  let info: Json = {};
  const byId = new Map<string, Message>();
  for (let pos = 0; pos < content.length;) {
    const end = content.indexOf(0x0a, pos) + 1 || content.length;
    const record = parse(content.subarray(pos, end));
    const brief = object(record?.['message']);
    const id = text(brief?.['id'] ?? record?.['id']);
    if (record?.['type'] === 'session') info = object(record['info']) ?? info;
    else if (record && id !== undefined) {
      const message = byId.get(id) ?? { id, info: undefined, parts: new Map(), told: new Set() };
      byId.set(id, message);
      message.told.add(pos);
      const part = object(record['part']);
      const partId = text(record['id']);
      if (!brief) message.info = object(record['info']) ?? message.info;
      else if (part && partId !== undefined) message.parts.set(partId, part);
    }
    pos = end;
  }
  const told = [...byId.values()].filter((one) => one.info !== undefined);
  return { info, messages: told.toSorted((a, b) => createdAt(a) - createdAt(b) || (a.id < b.id ? -1 : 1)) };
}

function parse(line: Buffer): Json | undefined {
  try {
    return object(JSON.parse(line.toString()));
  } catch {
    return undefined;
  }
}

/** How many of the messages there were at the point. A response is kept with its calls and their results, as one message. */
function endOf(messages: readonly Message[], point: CutPoint): number {
  if ('at' in point) {
    let end = countUntil(messages, (one) => createdAt(one) > point.at);
    // One that was not finished, and that the conversation went on without, does not hold up the rest.
    while (end > 0 && isResponse(messages[end - 1]) && (endedAt(messages[end - 1]) ?? Infinity) > point.at)
      end--;
    return end;
  }
  const pos = 'before' in point ? point.before : point.after;
  const at = messages.findIndex((one) => one.told.has(pos));
  if (at >= 0) return 'after' in point ? at + 1 : at;
  return countUntil(messages, (one) => Math.min(...one.told) > pos);
}

function countUntil(messages: readonly Message[], isBehind: (one: Message) => boolean): number {
  const index = messages.findIndex(isBehind);
  return index < 0 ? messages.length : index;
}

const isResponse = (one: Message | undefined): boolean => one?.info?.['role'] === 'assistant';
const createdAt = (one: Message): number => timeOf(object(one.info?.['time'])?.['created']) ?? 0;

/** When a response and its calls were over; undefined for one that was not finished. */
const endedAt = (one: Message | undefined): number | undefined =>
  timeOf(object(one?.info?.['time'])?.['completed']);

const place = (context: Context, _folder: string, session: string): string =>
  path.join(context.clewHome, 'branches', 'opencode', `${session}.json`);

const command = (_folder: string, session: string, file: string): readonly string[] => [
  'sh',
  '-c',
  'opencode import "$0" && exec opencode --session "$1"',
  file,
  session,
];

export const conversation: AgentConversations = { newSession, cut, place, command };
