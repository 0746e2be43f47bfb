// A client is started inside of a session that is kept by hand, as its user would: with CLEW_SESSION_ID in the environment.

import { clew } from './clew/run.ts';
import { runClient } from './client/run.ts';
import type { World } from './client/world.ts';
import { runClew, type Client } from './going-on/story.ts';

interface Insider {
  /** Runs a command of clew's in the client's project; gives what it printed. */
  readonly clew: (...args: readonly string[]) => string;
  /** Starts the client with a prompt that has it run one command, and with this in its environment besides. */
  readonly start: (
    env: Readonly<Record<string, string>>,
  ) => Promise<{ readonly session: string | undefined }>;
  readonly type: 'claude' | 'codex' | 'gemini' | 'custom';
}

export interface Inside {
  readonly uuid: string;
  /** What the client said that its session is. */
  readonly session: string | undefined;
  readonly status: {
    readonly id: string;
    readonly recordedAs: string | null;
    readonly goal: string | null;
    readonly status: string;
    readonly initialPrompt: string | null;
    readonly totalTokens: number;
  };
  /** Types of what happened, the earliest first. */
  readonly history: readonly string[];
}

/** Claude Code, which is set up by then. */
export const claudeCode = (world: World): Insider => ({
  clew: (...args) => clew(world, ...args),
  start: (more) =>
    runClient(
      { ...world, env: { ...world.env, ...more } },
      { name: 'inside', prompt: 'Please begin. [[scenario:inside]]' },
    ),
  type: 'claude',
});

/** Any other, once it was gone on with. */
export const another = (client: Client, type: Insider['type']): Insider => ({
  clew: (...args) => runClew(client, args),
  start: (more) => client.begin(`Please begin. ${client.tag('one')}`, more),
  type,
});

export async function workInside({ clew, start, type }: Insider): Promise<Inside> {
  const json = (...args: readonly string[]): unknown => JSON.parse(clew(...args, '--json'));
  const words = ['--project', '.', '--agent-type', type, '--goal', 'a spread'];
  const { uuid } = json('session', 'start', ...words) as Inside;
  const { session } = await start({ CLEW_SESSION_ID: uuid });
  clew('session', 'end', uuid);
  const history = json('session', 'history', uuid) as readonly { type: string }[];
  return {
    uuid,
    session,
    status: json('session', 'status', uuid) as Inside['status'],
    history: history.map((one) => one.type),
  };
}
