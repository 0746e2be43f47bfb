// The session in which files are changed: four turns of the real client with the user's own changes in between, the third
// of which is killed while its command writes.
import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runClient, type Run } from '../client/run.ts';
import type { World } from '../client/world.ts';
import { afterKill, changesOf, parts, setUp, userChange, type Change, type Part } from './steps.ts';

export interface Done {
  readonly runs: Readonly<Record<'work' | 'agents' | 'killed' | 'later', Run>>;
  /** By the name of the change. */
  readonly calls: ReadonlyMap<string, Called>;
  /** By the operation's id. */
  readonly named: ReadonlyMap<string, Called>;
}
export interface Called {
  readonly id: string;
  readonly part: Part;
  readonly change: Change;
}

export function user(world: World, text: string): void {
  const ran = spawnSync('sh', ['-c', text], { cwd: world.work, env: world.env, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${text}: ${ran.stderr}`);
}

export const turn = (world: World, name: string, more: Partial<Parameters<typeof runClient>[1]> = {}) =>
  runClient(world, { name, prompt: `Please go ahead. [[scenario:${name}]]`, ...more });

export async function changeFiles(world: World, beforeKill: () => void): Promise<Done> {
  user(world, setUp);
  const id = randomUUID();
  const work = await turn(world, 'work', { args: ['--session-id', id] });
  user(world, userChange);
  const agents = await turn(world, 'agents', { args: ['--resume', id] });
  beforeKill();
  const killed = await turn(world, 'killed', { meanwhile: (client) => killAtWork(world, client) });
  user(world, afterKill);
  const later = await turn(world, 'later');

  const called = namesOf(world, parts);
  return {
    runs: { work, agents, killed, later },
    calls: new Map(called.map((one) => [one.change.name, one])),
    named: new Map(called.map((one) => [one.id, one])),
  };
}

/** Which call of the client's was to do what. */
export function namesOf(world: World, among: readonly Part[]): Called[] {
  return among.flatMap((part) => {
    const served = world.stub.ledger.calls(part);
    return changesOf(part).map((change, n) => ({ id: served[n]?.id ?? '', part, change }));
  });
}

async function killAtWork(world: World, client: { kill(signal: NodeJS.Signals): boolean }): Promise<void> {
  const file = path.join(world.folder, 'tmp', 'pid');
  for (let n = 0; n < 300 && !(existsSync(file) && readFileSync(file, 'utf8').endsWith('\n')); n++)
    await sleep(100);
  // Until what the call before told is in the transcript: old versions write it a moment later, and lose it otherwise.
  await sleep(1000);
  client.kill('SIGKILL');
  if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
}
