// A stub of the Anthropic Messages API on loopback: plays scenarios, and keeps a ledger of all that it served.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { sendStream, sendWhole, type Answer } from './answer.ts';
import { whatIsWanted, type MessagesRequest } from './conversation.ts';
import { openLedger, type Ledger, type Served, type ServedCall } from './ledger.ts';
import { usageOf, type Scenarios, type Step } from './scenario.ts';

export interface Stub {
  readonly url: string;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

export interface StubOptions {
  readonly scenarios: Scenarios;
  /** The folder that `{work}` stands for. */
  readonly work: string;
  /** Where the ledger is kept, a line a request. */
  readonly ledger: string;
}

const besides = {
  compaction: {
    say: '<analysis>\nA short talk.\n</analysis>\n<summary>\nThe user asked for a file; it was written.\n</summary>',
  },
  title: { say: '{"title":"A title of the stub"}' },
  side: { say: 'OK.' },
} as const satisfies Record<string, Step>;

export async function startStub(options: StubOptions): Promise<Stub> {
  const ledger = openLedger(options.ledger);
  const failed = new Map<string, number>();
  const server = createServer((req, res) => {
    answerTo(req, res, options, ledger, failed).catch((error: unknown) => {
      console.error('stub:', error);
      if (res.headersSent) res.destroy();
      else sendError(res, 500, 'api_error', String(error));
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    ledger,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answerTo(
  req: IncomingMessage,
  res: ServerResponse,
  options: StubOptions,
  ledger: Ledger,
  failed: Map<string, number>,
): Promise<void> {
  const body = await bodyOf(req);
  const path = new URL(req.url ?? '/', 'http://stub').pathname;
  const note = (rest: Partial<Served> & Pick<Served, 'kind' | 'status'>) =>
    ledger.write({ at: Date.now(), path: `${req.method} ${path}`, streamed: false, calls: [], ...rest });

  if (req.method !== 'POST' || path !== '/v1/messages') {
    const reply = probe(req.method, path, body);
    note({ kind: 'probe', status: reply.status });
    res.writeHead(reply.status, { 'content-type': 'application/json' });
    res.end(req.method === 'HEAD' ? undefined : JSON.stringify(reply.body));
    return;
  }

  const request = JSON.parse(body) as MessagesRequest;
  const wanted = whatIsWanted(request, options.scenarios, failed);
  const step: Step = wanted.kind === 'step' ? wanted.step : besides[wanted.kind];
  const index = wanted.kind === 'step' ? wanted.index : 0;
  const about = {
    ...(wanted.kind === 'step' ? { scenario: wanted.scenario, index } : {}),
    user: request.metadata?.user_id,
    model: request.model ?? 'stub',
    streamed: request.stream === true,
  };
  if (step.waitMs) await sleep(step.waitMs);
  if (step.fails) {
    note({ ...about, kind: 'error', status: step.fails.status });
    return sendError(res, step.fails.status, step.fails.type, step.fails.message);
  }
  const answer: Answer = {
    messageId: unique('msg_01'),
    requestId: unique('req_01'),
    model: about.model,
    step,
    calls: callsOf(step, request, options.work),
    usage: usageOf(step, index),
  };
  const { messageId, usage, calls } = answer;
  note({ ...about, kind: wanted.kind, status: 200, messageId, usage, calls, sent: request.messages });
  (about.streamed ? sendStream : sendWhole)(res, answer);
}

function callsOf(step: Step, request: MessagesRequest, work: string): ServedCall[] {
  const offered = new Set(request.tools?.map((tool) => tool.name));
  return (step.calls ?? []).map(({ tool, input, becomes }) => ({
    id: unique('toolu_01'),
    name: tool === 'Agent' && !offered.has('Agent') ? 'Task' : tool,
    input: JSON.parse(JSON.stringify(input).replaceAll('{work}', work)) as Record<string, unknown>,
    becomes: becomes ?? 'success',
  }));
}

/** Everything but the messages: clients ask whether the server is there, for its models, and to count tokens. */
function probe(method: string | undefined, path: string, body: string): { status: number; body: object } {
  if (method === 'HEAD') return { status: 200, body: {} };
  if (path === '/v1/models') return { status: 200, body: { data: [], has_more: false } };
  if (path.endsWith('/count_tokens'))
    return { status: 200, body: { input_tokens: Math.ceil(body.length / 4) } };
  return { status: 404, body: errorBody('not_found_error', `the stub has no ${path}`) };
}

const errorBody = (type: string, message: string) => ({ type: 'error', error: { type, message } });

function sendError(res: ServerResponse, status: number, type: string, message: string): void {
  res.writeHead(status, { 'content-type': 'application/json', 'request-id': unique('req_01') });
  res.end(JSON.stringify(errorBody(type, message)));
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const encoding = req.headers['content-encoding'];
  if (encoding === 'gzip') return gunzipSync(bytes).toString();
  return (encoding === 'zstd' ? zstdDecompressSync(bytes) : bytes).toString();
}

const unique = (prefix: string) => prefix + randomBytes(12).toString('hex');
