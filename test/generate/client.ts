// What the client around a conversation keeps: ids, clock, the tokens in the context; and the records that it writes,
// as objects. The version decides how it writes: `early` repeats subagents in progress records and leaves output counts
// at the stream's start; `middle` has the true count on a message's last line only; `late` has it on every line and
// writes attachments.
import type { Random } from './random.ts';

export const versions = { early: '2.1.17', middle: '2.1.63', late: '2.1.199' } as const;
export type Era = keyof typeof versions;

export interface Client {
  readonly r: Random;
  readonly era: Era;
  readonly sessionId: string;
  readonly cwd: string;
  readonly branch: string;
  readonly model: string;
  /** Set in subagents. */
  readonly agentId: string | undefined;
  /** Milliseconds since the epoch. */
  now: number;
  /** uuid of the last record of the conversation. */
  last: string | null;
  /** Tokens in the context. */
  context: number;
  /** Characters written since the last request, not yet in the context. */
  fresh: number;
}

export function makeClient(r: Random, given: Partial<Client> & Pick<Client, 'cwd' | 'now'>): Client {
  const era = r.unit();
  return {
    r,
    era: era < 0.3 ? 'early' : era < 0.5 ? 'middle' : 'late',
    sessionId: r.uuid(),
    branch: r.pick(['main', 'main', `fix/issue-${r.int(900)}`, `feature/${r.hex(5)}`]),
    model: r.pick([
      'claude-opus-4-7',
      'claude-opus-4-5-20251101',
      'claude-sonnet-4-6',
      'claude-haiku-4-5-20251001',
    ]),
    agentId: undefined,
    last: null,
    context: r.between(14_000, 30_000),
    fresh: 0,
    ...given,
  };
}

export interface Fields {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A record of the conversation, chained to the one before. */
export function record(c: Client, fields: Fields, aside = false): object {
  const uuid = c.r.uuid();
  const parentUuid = c.last;
  if (!aside) c.last = uuid;
  c.now += c.r.between(20, 4000);
  return {
    parentUuid,
    isSidechain: c.agentId !== undefined,
    ...(c.agentId === undefined ? {} : { agentId: c.agentId }),
    ...fields,
    uuid,
    timestamp: new Date(c.now).toISOString(),
    userType: 'external',
    entrypoint: 'cli',
    cwd: c.cwd,
    sessionId: c.sessionId,
    version: versions[c.era],
    gitBranch: c.branch,
  };
}

export interface Request {
  readonly id: string;
  readonly requestId: string;
  readonly usage: { input: number; cacheRead: number; cacheWrite: number; output: number };
}

/** Begins a request to the API: all that was in the context is read from the cache, what is fresh is written to it. */
export function startRequest(c: Client, output: number): Request {
  const cacheWrite = Math.ceil(c.fresh / 3.5) + c.r.int(40);
  const usage = { input: c.r.between(1, 12), cacheRead: c.context, cacheWrite, output };
  c.context += cacheWrite + output;
  c.fresh = 0;
  c.now += c.r.between(900, 30_000);
  return { id: `msg_01${c.r.id(22)}`, requestId: `req_011${c.r.id(21)}`, usage };
}

/** One line of an API message: one content block. */
export function assistant(c: Client, request: Request, block: object, isLast: boolean, stop: string): object {
  const { usage } = request;
  const isFinal = c.era === 'late' || (c.era === 'middle' && isLast);
  const oneHour = c.era === 'late';
  return record(c, {
    type: 'assistant',
    message: {
      model: c.model,
      id: request.id,
      type: 'message',
      role: 'assistant',
      content: [block],
      stop_reason: isFinal ? stop : null,
      stop_sequence: null,
      usage: {
        input_tokens: usage.input,
        cache_creation_input_tokens: usage.cacheWrite,
        cache_read_input_tokens: usage.cacheRead,
        output_tokens: isFinal ? usage.output : Math.min(usage.output, 8),
        server_tool_use: { web_search_requests: 0, web_fetch_requests: 0 },
        service_tier: 'standard',
        cache_creation: {
          ephemeral_1h_input_tokens: oneHour ? usage.cacheWrite : 0,
          ephemeral_5m_input_tokens: oneHour ? 0 : usage.cacheWrite,
        },
        inference_geo: 'not_available',
      },
    },
    requestId: request.requestId,
  });
}

export function toolResult(
  c: Client,
  callId: string,
  content: unknown,
  result: unknown,
  isError: boolean,
): object {
  const block = { tool_use_id: callId, type: 'tool_result', content, ...(isError ? { is_error: true } : {}) };
  return record(c, {
    type: 'user',
    message: { role: 'user', content: [block] },
    toolUseResult: result,
    sourceToolAssistantUUID: c.last,
  });
}
