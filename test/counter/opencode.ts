// The slow, obvious counter for OpenCode: what exports hold, file by file. It shares nothing with the adapter.
import { readFileSync } from 'node:fs';
import type { Response } from './responses.ts';

interface Export {
  info: { id: string; parentID?: string };
  messages: {
    info: {
      id: string;
      role: string;
      time: { created: number; completed?: number };
      modelID?: string;
      cost?: number;
      tokens?: {
        total?: number;
        input: number;
        output: number;
        reasoning: number;
        cache: { read: number; write: number };
      };
      error?: { name: string };
    };
    parts: {
      type: string;
      text?: string;
      synthetic?: boolean;
      tool?: string;
      callID?: string;
      state?: { status: string; metadata?: { exit?: number | null } };
    }[];
  }[];
}

interface OpenCodeTokens {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

export interface OpenCodeCounts {
  /** Messages copied by a fork are not counted, and nothing in them. */
  messages: number;
  prompts: number;
  tokens: OpenCodeTokens;
  models: Record<string, { messages: number; tokens: OpenCodeTokens }>;
  /** Whole micro-dollars, message by message. */
  cost: number;
  tools: Record<string, number>;
  toolErrors: number;
  compactions: number;
  apiErrors: number;
  thoughts: number;
}

/** By the session that a file is of. Files in the order in which their sessions began. */
export function countOpenCode(
  files: readonly string[],
  responses: Response[] = [],
): Record<string, OpenCodeCounts> {
  const counts: Record<string, OpenCodeCounts> = {};
  const seen = new Set<string>();
  for (const file of files) {
    const { info, messages } = JSON.parse(readFileSync(file, 'utf8')) as Export;
    const own = (counts[info.id] ??= empty());
    for (const message of messages) {
      const { id, role, time, modelID, tokens } = message.info;
      const sameness = JSON.stringify([role, time.created, time.completed, modelID, tokens]);
      // An id tells when it was made: milliseconds times 4096, of which 48 bits are kept.
      const made = Math.floor(Number.parseInt(id.slice(4, 16), 16) / 4096);
      const isCopy = Math.abs(made - (time.created % 2 ** 36)) > 1000 && seen.has(sameness);
      if (isCopy || seen.has(id)) continue;
      seen.add(sameness).add(id);
      count(own, message, info.parentID === undefined, responses);
    }
  }
  return counts;
}

function count(
  own: OpenCodeCounts,
  { info, parts }: Export['messages'][number],
  isMain: boolean,
  responses: Response[],
): void {
  if (info.role === 'assistant') {
    const told = info.tokens!;
    const inside = told.input + told.output + told.cache.read + told.cache.write === told.total;
    const tokens = {
      input: told.input,
      output: told.output + (inside ? 0 : told.reasoning),
      cacheRead: told.cache.read,
      cacheWrite: told.cache.write,
    };
    const model = (own.models[info.modelID ?? ''] ??= { messages: 0, tokens: { ...none } });
    responses.push({
      kind: 'response',
      model: info.modelID ?? '',
      at: info.time.created,
      tier: '',
      tokens: { ...tokens, cacheWrite5m: tokens.cacheWrite, cacheWrite1h: 0 },
      thoughts: inside ? 0 : told.reasoning,
    });
    own.messages++;
    model.messages++;
    for (const sum of [own.tokens, model.tokens])
      for (const kind of ['input', 'output', 'cacheRead', 'cacheWrite'] as const) sum[kind] += tokens[kind];
    own.cost += Math.round((info.cost ?? 0) * 1e6);
    if (info.error && info.error.name !== 'MessageAbortedError') own.apiErrors++;
  } else if (isMain && parts.some((part) => part.type === 'text' && !part.synthetic)) own.prompts++;
  for (const part of parts) {
    if (part.type === 'compaction') own.compactions++;
    if (part.type === 'reasoning' && part.text) own.thoughts++;
    if (part.type !== 'tool') continue;
    const name = part.tool ?? '';
    own.tools[name] = (own.tools[name] ?? 0) + 1;
    const exit = part.state?.metadata?.exit;
    if (part.state?.status === 'error' || name === 'invalid' || (exit !== undefined && exit !== 0))
      own.toolErrors++;
  }
}

const none: OpenCodeTokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

const empty = (): OpenCodeCounts => ({
  messages: 0,
  prompts: 0,
  tokens: { ...none },
  models: {},
  cost: 0,
  tools: {},
  toolErrors: 0,
  compactions: 0,
  apiErrors: 0,
  thoughts: 0,
});
