// The sessions that one version of the client goes through, in order.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runClient, type Run } from './client/run.ts';
import type { World } from './client/world.ts';

export const chapters = [
  'tools',
  'more',
  'branch',
  'overloaded',
  'refused',
  'talk',
  'compact',
  'after',
  'asks',
  'killed',
] as const;
export type Chapter = (typeof chapters)[number];
export type Told = Run & { readonly session: string };
export type Story = Readonly<Record<Chapter, Told>>;

export interface StoryOptions {
  /** Runs beside the first session, which has this id. */
  readonly beside?: (session: string, ended: Promise<unknown>) => Promise<void>;
  /** After each session. */
  readonly afterEach?: (chapter: Chapter) => void;
}

export async function tell(world: World, options: StoryOptions): Promise<Story> {
  const story: Partial<Record<Chapter, Told>> = {};
  const run = async (name: Chapter, more: Partial<Parameters<typeof runClient>[1]> = {}) => {
    const ended = await runClient(world, { name, prompt: `Please go ahead. [[scenario:${name}]]`, ...more });
    if (!ended.session)
      throw new Error(`${name}: the client named no session (${ended.code}): ${ended.complaint}`);
    const told = { ...ended, session: ended.session };
    story[name] = told;
    options.afterEach?.(name);
    return told;
  };

  const id = randomUUID();
  const beside = options.beside;
  await run('tools', {
    args: ['--session-id', id],
    ...(beside ? { meanwhile: (_, ended) => beside(id, ended) } : {}),
  });
  await run('more', { args: ['--resume', id] });
  await run('branch', { args: ['--resume', id, '--fork-session'] });
  await run('overloaded');
  await run('refused');
  const talk = await run('talk');
  await run('compact', { prompt: '/compact', args: ['--resume', talk.session] });
  await run('after', { args: ['--resume', talk.session] });
  await run('asks', { asks: true });
  await run('killed', { meanwhile: (client) => killAtWork(world, client) });
  return story as Story;
}

/** Ends the client without warning while its command runs; then the command, which would outlive it. */
async function killAtWork(world: World, client: { kill(signal: NodeJS.Signals): boolean }): Promise<void> {
  const file = path.join(world.work, 'slow.pid');
  for (
    let tries = 0;
    tries < 300 && !(existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
    tries++
  ) {
    await sleep(100);
  }
  await sleep(500); // what it has to write, it has written by now
  client.kill('SIGKILL');
  if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
}
