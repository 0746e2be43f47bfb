// Sessions and their handoffs as resources, for programs that let their users pick what goes before the model.
import { ResourceNotFoundError, ResourceTemplate } from '@modelcontextprotocol/server';
import type { McpServer } from '@modelcontextprotocol/server';
import type { Clew } from '../index.ts';
import { boundedText } from './bounded.ts';
import { ClewError } from '../model/index.ts';
import { failureText } from './failure.ts';

/** How many sessions are listed, the latest; any other can be asked for by its id. */
const listed = 50;
const mostTokens = 20_000;

const kinds = [
  {
    name: 'session',
    title: 'A session, as Markdown',
    uri: 'clew://session/',
    textOf: (clew: Clew, id: string): string => clew.export(id, 'markdown'),
  },
  {
    name: 'handoff',
    title: 'What is needed to go on with a session',
    uri: 'clew://handoff/',
    textOf: (clew: Clew, id: string): string => clew.handoff(id).markdown,
  },
] as const;

/** `look` takes in what is new. */
export function addResources(server: McpServer, clew: Clew, look: () => Promise<unknown>): void {
  for (const { name, title, uri, textOf } of kinds) {
    const list = async () => {
      await look();
      return {
        resources: clew.sessions({ limit: listed }).map((row) => ({
          uri: uri + row.id,
          name: `${name} ${row.id.slice(0, 8)}`,
          title: row.title ?? 'untitled',
          description: `${row.agent}, ${row.project ?? row.workspace ?? 'no project'}, ${row.endedAt ?? ''}`,
          mimeType: 'text/markdown',
        })),
      };
    };
    server.registerResource(
      name,
      new ResourceTemplate(`${uri}{id}`, { list }),
      { title, description: `${title}. The id may be the beginning of one.`, mimeType: 'text/markdown' },
      async (address, { id }) => {
        await look();
        const text = boundedText(
          read(() => textOf(clew, String(id)), address.href),
          mostTokens,
        );
        return { contents: [{ uri: address.href, mimeType: 'text/markdown', text }] };
      },
    );
  }
}

/** Failures in the protocol's own way: what is not there has a code of its own. */
function read<T>(work: () => T, uri: string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ClewError && (error.code === 'NOT_FOUND' || error.code === 'AMBIGUOUS'))
      throw new ResourceNotFoundError(uri, failureText(error));
    throw new Error(failureText(error), { cause: error });
  }
}
