// Serves MCP over stdin and stdout until the client closes them.
import { once } from 'node:events';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Clew } from '../index.ts';
import { bounded, boundedText } from './bounded.ts';
import { failureText } from './failure.ts';
import { addResources } from './resources.ts';
import { defaultTokens } from './tool.ts';
import type { Answer, Call, Tool } from './tool.ts';
import { tools } from './tools.ts';

interface ServeOptions {
  readonly version: string;
  /** Without the tools that record. */
  readonly readOnly?: boolean | undefined;
}

const instructions =
  'clew keeps what coding agents did on this machine. Before you solve something anew, `search`; to take up earlier work, `handoff`; before you change files that others may be changing, `active`. Times are UTC. Ids may be shortened to their beginning. Answers are bounded: where something was left out they say how to get it.';

/** How long a call waits for another process that takes in what is new. */
const waitMs = 1000;

export async function serveMcp(clew: Clew, { version, readOnly = false }: ServeOptions): Promise<void> {
  // One at a time: calls record, take in and read on one connection.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
  const look = () => inTurn(() => takeIn(clew));

  const handle = serveStdio(() => {
    const server = new McpServer({ name: 'clew', title: 'clew', version }, { instructions });
    const call = (): Call => ({ clew, client: server.server.getClientVersion()?.name });
    for (const tool of tools.filter((one) => !(readOnly && one.records)))
      server.registerTool(
        tool.name,
        {
          title: tool.title,
          description: tool.description,
          inputSchema: tool.input,
          annotations: {
            title: tool.title,
            readOnlyHint: !tool.records,
            destructiveHint: false,
            idempotentHint: !tool.records,
            openWorldHint: false,
          },
        },
        (given) => inTurn(() => resultOf(tool, call(), given)),
      );
    addResources(server, clew, look);
    return server;
  });
  // What is no pipe, such as /dev/null, ends and is never closed.
  await Promise.race([once(process.stdin, 'close'), once(process.stdin, 'end')]);
  await handle.close();
  await last;
}

async function resultOf(tool: Tool, call: Call, given: unknown) {
  const trouble = await takeIn(call.clew);
  try {
    const text = textOf(await tool.run(call, given), given);
    return content(trouble === undefined ? text : `${text}\n(${trouble})`);
  } catch (error) {
    return { ...content(failureText(error)), isError: true };
  }
}

function textOf(answer: Answer, given: unknown): string {
  const { max_tokens: most = defaultTokens } = given as { readonly max_tokens?: number };
  return typeof answer === 'string' ? boundedText(answer, most) : bounded(answer, most);
}

const content = (text: string) => ({ content: [{ type: 'text' as const, text }] });

/** What could not be taken in; what is known is answered all the same. */
async function takeIn(clew: Clew): Promise<string | undefined> {
  try {
    await clew.import({ quick: true, waitMs });
    return undefined;
  } catch (error) {
    return `what is new could not be taken in: ${(error as Error).message}`;
  }
}
