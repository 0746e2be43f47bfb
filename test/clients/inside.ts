// The client is started inside of a session that is kept by hand, as its user would: with CLEW_SESSION_ID in the environment.
import { clew, clewJson } from './clew/run.ts';
import { runClient } from './client/run.ts';
import type { World } from './client/world.ts';

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

export async function workInside(world: World): Promise<Inside> {
  const { uuid } = clewJson(world, 'session', 'start', '--project', '.', '--goal', 'a spread') as Inside;
  const env = { ...world.env, CLEW_SESSION_ID: uuid };
  const { session } = await runClient(
    { ...world, env },
    { name: 'inside', prompt: 'Please begin. [[scenario:inside]]' },
  );
  clew(world, 'session', 'end', uuid);
  const history = clewJson(world, 'session', 'history', uuid) as readonly { type: string }[];
  return {
    uuid,
    session,
    status: clewJson(world, 'session', 'status', uuid) as Inside['status'],
    history: history.map((one) => one.type),
  };
}
