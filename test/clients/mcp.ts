// The client calls clew's server, which `clew init --mcp` has told it of: to recall, to record, and for what is not there.
// Beside it, the user has the client's own commands, and calls one.
import { randomUUID } from 'node:crypto';
import { clew, clewJson } from './clew/run.ts';
import { runClient } from './client/run.ts';
import type { World } from './client/world.ts';

export interface Equipped {
  readonly session: string;
  readonly decisions: readonly { readonly question: string; readonly session: string | null }[];
  readonly work: readonly { readonly issue: string; readonly session: string | null }[];
}

export async function callServer(world: World): Promise<Equipped> {
  const session = randomUUID();
  clew(world, 'init', '--mcp', '--commands');
  // Of earlier clients, the server's start is not waited for by every version.
  const env = { ...world.env, MCP_TIMEOUT: '60000' };
  const run = (name: string, prompt: string, args: readonly string[]) =>
    runClient({ ...world, env }, { name, prompt: `${prompt} [[scenario:${name}]]`, args });
  await run('before-mcp', 'Please begin.', ['--session-id', session]);
  await run('mcp', 'Please go on.', ['--resume', session]);
  await run('own-command', '/clew-checkpoint half way', []);
  clew(world, 'import', '--json');
  return {
    session,
    decisions: clewJson(world, 'decisions') as Equipped['decisions'],
    work: clewJson(world, 'work', 'list') as Equipped['work'],
  };
}
