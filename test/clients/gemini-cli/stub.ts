// A stub of the Gemini API on loopback: plays scenarios, and keeps what it served.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scenarios, type Call } from './scenario.ts';

export interface Served {
  readonly scenario: string;
  readonly usage: Readonly<Record<'prompt' | 'cached' | 'output' | 'thoughts', number>>;
  readonly calls: readonly Call[];
  /** All the text that the client sent. */
  readonly sent: string;
  /** The conversation that it sent, in lines that can be compared, without what it tells the model by itself. */
  readonly lines: readonly string[];
}

export interface Stub {
  readonly url: string;
  /** Answers of scenarios, in order. Requests beside the conversation, such as the choice of a model, are not in it. */
  readonly served: readonly Served[];
  close(): Promise<void>;
}

interface Part {
  readonly text?: string;
  readonly functionCall?: { readonly name: string; readonly args?: unknown };
  readonly functionResponse?: { readonly name: string; readonly response?: unknown };
}
interface Request {
  readonly contents?: readonly { readonly role?: string; readonly parts?: readonly Part[] }[];
  readonly generationConfig?: { readonly responseJsonSchema?: unknown; readonly responseSchema?: unknown };
}

export async function startStub(work: () => string): Promise<Stub> {
  const served: Served[] = [];
  const server = createServer((req, res) => void answer(req, res, served, work()));
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

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  served: Served[],
  work: string,
): Promise<void> {
  const request = JSON.parse((await bodyOf(req)) || '{}') as Request;
  const isStream = req.url?.includes('streamGenerateContent') === true;
  const value = req.url?.includes(':countTokens') ? { totalTokens: 1234 } : answerTo(request, served, work);
  res.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
  res.end(isStream ? `data: ${JSON.stringify(value)}\n\n` : JSON.stringify(value));
}

function answerTo(request: Request, served: Served[], work: string): unknown {
  const { responseJsonSchema, responseSchema } = request.generationConfig ?? {};
  if (responseJsonSchema !== undefined || responseSchema !== undefined) {
    const choice = {
      reasoning: 'stub',
      model_choice: 'flash',
      complexity_reasoning: 'x',
      complexity_score: 10,
    };
    return response([{ text: JSON.stringify({ ...choice, next_speaker: 'user' }) }], [50, 0, 5, 0]);
  }
  const lines = (request.contents ?? []).flatMap(({ role, parts }) =>
    (parts ?? []).map((part) => lineOf(role === 'model' ? 'assistant' : 'user', part)).filter(Boolean),
  );
  const turns = (request.contents ?? []).map(({ role, parts }) => ({
    isModel: role === 'model',
    text: (parts ?? []).map((part) => part.text ?? '').join('\n'),
  }));
  const at = turns.findLastIndex((turn) => !turn.isModel && turn.text.includes('[[scenario:'));
  const scenario = [...(turns[at]?.text ?? '').matchAll(/\[\[scenario:(\w+)\]\]/g)].at(-1)?.[1] ?? '';
  const answers = turns.slice(at + 1).filter((turn) => turn.isModel).length;
  const step = scenarios[scenario]?.[answers];
  if (!step) return response([{ text: 'OK.' }], [50, 0, 5, 0]);
  // It differs from answer to answer, so that a sum tells which answers are in it.
  const n = served.length;
  const usage = {
    prompt: 9000 + 17 * n * n,
    cached: 1000 + 100 * n,
    output: 80 + n,
    thoughts: step.thought === undefined ? 0 : 50,
  };
  const calls = (step.calls ?? []).map(
    (call) => JSON.parse(JSON.stringify(call).replaceAll('{work}', work)) as Call,
  );
  served.push({ scenario, usage, calls, sent: turns.map((turn) => turn.text).join('\n'), lines });
  const parts = [
    ...(step.thought === undefined ? [] : [{ text: step.thought, thought: true }]),
    ...(step.say === undefined ? [] : [{ text: step.say }]),
    ...calls.map(({ name, args }) => ({ functionCall: { name, args }, thoughtSignature: 'c3R1Yg==' })),
  ];
  return response(parts, [usage.prompt, usage.cached, usage.output, usage.thoughts]);
}

function lineOf(role: string, { text, functionCall: call, functionResponse: result }: Part): string {
  if (call) return `call ${call.name} ${JSON.stringify(call.args)}`;
  if (result) return `result ${result.name} ${JSON.stringify(result.response)}`;
  return text === undefined || text.startsWith('<session_context>') ? '' : `${role}: ${text}`;
}

function response(parts: readonly object[], [prompt, cached, output, thoughts]: readonly number[]): unknown {
  return {
    candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }],
    usageMetadata: {
      promptTokenCount: prompt,
      cachedContentTokenCount: cached,
      candidatesTokenCount: output,
      thoughtsTokenCount: thoughts,
      toolUsePromptTokenCount: 0,
      totalTokenCount: (prompt ?? 0) + (output ?? 0) + (thoughts ?? 0),
    },
  };
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
