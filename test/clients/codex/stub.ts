// A stub of the Responses API on loopback: plays scenarios, and keeps what it served.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scenarios, type Call } from './scenario.ts';

export interface Served {
  readonly scenario: string;
  readonly usage: Readonly<Record<'input' | 'cached' | 'output', number>>;
  readonly calls: readonly Call[];
  /** All the text that the client sent. */
  readonly sent: string;
  /** The conversation that it sent, in lines that can be compared, without what it tells the model by itself. */
  readonly lines: readonly string[];
}

export interface Stub {
  readonly url: string;
  /** Answers of scenarios, in order. */
  readonly served: readonly Served[];
  close(): Promise<void>;
}

interface Item {
  readonly type?: string;
  readonly role?: string;
  readonly content?: string | readonly { readonly text?: string }[];
  readonly summary?: readonly { readonly text?: string }[];
  readonly call_id?: string;
  readonly name?: string;
  readonly arguments?: string;
  readonly output?: unknown;
}

export async function startStub(): Promise<Stub> {
  const served: Served[] = [];
  const server = createServer((req, res) => void answer(req, res, served));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    served,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(req: IncomingMessage, res: ServerResponse, served: Served[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  if (!req.url?.includes('/responses')) {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ object: 'list', data: [], models: [] }));
    return;
  }
  const { input = [], model } = JSON.parse(body || '{}') as { input?: readonly Item[]; model?: string };
  const { output, usage } = answerTo(input, served);
  const response = { id: id('resp', 16), object: 'response', created_at: 0, model, output };
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (type: string, more: object): void => {
    res.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`);
  };
  event('response.created', { response: { ...response, status: 'in_progress', output: [] } });
  for (const [output_index, item] of output.entries()) {
    event('response.output_item.added', { output_index, item });
    event('response.output_item.done', { output_index, item });
  }
  event('response.completed', { response: { ...response, status: 'completed', usage } });
  res.end();
}

const textOf = ({ content }: Item): string =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('\n');

function lineOf(item: Item): string {
  const { type, role, call_id: call } = item;
  if (type === 'reasoning') return `thinks ${(item.summary ?? []).map((part) => part.text ?? '').join(' ')}`;
  if (type?.endsWith('_call')) return `call ${call} ${item.name} ${item.arguments}`;
  if (type?.endsWith('_output')) return `result ${call} ${JSON.stringify(item.output)}`;
  const words = textOf(item);
  return role === 'developer' || /^(?:<|# AGENTS)/.test(words) ? '' : `${role}: ${words}`;
}

const isModel = ({ type, role }: Item): boolean =>
  type === 'reasoning' || (type?.endsWith('_call') ?? false) || role === 'assistant';

function answerTo(input: readonly Item[], served: Served[]): { output: readonly object[]; usage: object } {
  const at = input.findLastIndex((item) => item.role === 'user' && textOf(item).includes('[[scenario:'));
  const scenario = [...textOf(input[at] ?? {}).matchAll(/\[\[scenario:(\w+)\]\]/g)].at(-1)?.[1] ?? '';
  // The several items of one answer stand side by side.
  const since = input.slice(at + 1);
  const answers = since.filter((item, i) => isModel(item) && !isModel(since[i - 1] ?? {})).length;
  const step = scenarios[scenario]?.[answers];
  if (!step) return { output: [message('OK.')], usage: usageOf([50, 0, 5], 0) };
  // It differs from answer to answer, so that a sum tells which answers are in it.
  const n = served.length;
  const usage = { input: 9000 + 17 * n * n, cached: 1000 + 100 * n, output: 80 + n };
  const calls = step.calls ?? [];
  served.push({
    scenario,
    usage,
    calls,
    sent: input.map(textOf).join('\n'),
    lines: input.map(lineOf).filter(Boolean),
  });
  const output = [
    ...(step.reasoning === undefined ? [] : [reasoning(step.reasoning)]),
    ...(step.say === undefined ? [] : [message(step.say)]),
    ...calls.map(callItem),
  ];
  return { output, usage: usageOf([usage.input, usage.cached, usage.output], step.reasoning ? 50 : 0) };
}

const id = (kind: string, bytes = 12): string => `${kind}_${randomBytes(bytes).toString('hex')}`;

const reasoning = (text: string): object => ({
  type: 'reasoning',
  id: id('rs'),
  summary: [{ type: 'summary_text', text }],
  encrypted_content: 'c3R1Yg==',
});

const message = (text: string): object => ({
  type: 'message',
  id: id('msg'),
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
});

const callItem = ({ name, input, namespace }: Call): object =>
  typeof input === 'string'
    ? { type: 'custom_tool_call', id: id('ctc'), call_id: id('call'), name, input }
    : {
        type: 'function_call',
        id: id('fc'),
        call_id: id('call'),
        name,
        ...(namespace !== undefined && { namespace }),
        arguments: JSON.stringify(input),
      };

const usageOf = ([input = 0, cached = 0, output = 0]: readonly number[], reasoned: number): object => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoned },
  total_tokens: input + output,
});
