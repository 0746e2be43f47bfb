// A model server on loopback that plays a script of tool calls, in the two dialects that the clients of this bench speak:
// OpenAI's chat completions, streamed, and Gemini's generateContent.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Call {
  readonly name: string;
  readonly input: object;
}

export interface Stub {
  readonly url: string;
  close(): void;
}

/** What the model says in its n-th turn, from 0 on; without calls the talk ends. It is asked once the client is at it. */
export type Turn = (n: number) => readonly Call[] | Promise<readonly Call[]>;

interface Request {
  readonly tools?: readonly unknown[];
  readonly messages?: readonly { readonly role: string }[];
  readonly contents?: readonly { readonly role: string }[];
}

export async function startStub(turn: Turn): Promise<Stub> {
  const server = createServer((req, res) => {
    answer(req, res, turn).catch((error: unknown) => {
      console.error('stub:', error);
      res.destroy();
    });
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(req: IncomingMessage, res: ServerResponse, turn: Turn): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const text = req.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  const { pathname } = new URL(req.url ?? '/', 'http://stub');
  if (req.method !== 'POST') return void res.writeHead(404).end('{}');

  const body = JSON.parse(text.toString()) as Request;
  // Only the talk itself may call tools; titles and the like are asked for without any.
  const said = (body.messages ?? body.contents ?? []).filter(
    ({ role }) => role === 'assistant' || role === 'model',
  );
  const calls = body.tools?.length ? await turn(said.length) : [];
  if (pathname.endsWith('/chat/completions')) sendChat(res, said.length, calls);
  else sendGemini(res, calls, pathname);
}

function sendChat(res: ServerResponse, turn: number, calls: readonly Call[]): void {
  const chunk = (delta: object, rest: object = {}, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({
      id: `chat-${turn}`,
      object: 'chat.completion.chunk',
      created: Math.floor(Date.now() / 1000),
      model: 'stub',
      choices: [{ index: 0, delta, finish_reason }],
      ...rest,
    })}\n\n`;
  const tool_calls = calls.map(({ name, input }, index) => ({
    index,
    id: `call_${turn}_${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  const usage = { prompt_tokens: 1000, completion_tokens: 50, total_tokens: 1050 };
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(
    chunk(calls.length > 0 ? { role: 'assistant', tool_calls } : { role: 'assistant', content: 'Done.' }),
  );
  res.end(`${chunk({}, { usage }, calls.length > 0 ? 'tool_calls' : 'stop')}data: [DONE]\n\n`);
}

function sendGemini(res: ServerResponse, calls: readonly Call[], pathname: string): void {
  const parts = calls.map(({ name, input }) => ({
    functionCall: { name, args: input },
    thoughtSignature: 'c3R1Yg==',
  }));
  const response = {
    candidates: [
      {
        content: { role: 'model', parts: parts.length > 0 ? parts : [{ text: 'Done.' }] },
        finishReason: 'STOP',
        index: 0,
      },
    ],
    usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 50, totalTokenCount: 1050 },
  };
  const streamed = pathname.endsWith(':streamGenerateContent');
  res.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' });
  res.end(streamed ? `data: ${JSON.stringify(response)}\n\n` : JSON.stringify(response));
}
