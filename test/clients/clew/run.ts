// Runs clew's own commands in a client's world, as its user would.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { World } from '../client/world.ts';
import type { Entry, Health, Operation, SessionDetail, SessionRow } from './shapes.ts';

/** Another clew than this checkout's may be named, such as an installed one. */
const program =
  process.env['CLEW_PROGRAM'] || fileURLToPath(new URL('../../../bin/clew.mjs', import.meta.url));

/** What the command printed. Throws with its complaint where it failed. */
export function clew(world: World, ...args: string[]): string {
  const ran = spawnSync(process.execPath, [program, ...args], {
    cwd: world.work,
    env: world.env,
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (ran.status === 0) return ran.stdout;
  const complaint = `${ran.stderr}${ran.error?.message ?? ''}`.trim().slice(-600);
  throw new Error(`clew ${args.join(' ')} ended with ${ran.status ?? ran.signal}: ${complaint}`);
}

export const clewJson = (world: World, ...args: string[]): unknown =>
  JSON.parse(clew(world, ...args, '--json'));

export function startClew(world: World, ...args: string[]): ChildProcess {
  const options = { cwd: world.work, env: world.env, stdio: ['ignore', 'pipe', 'pipe'] as const };
  return spawn(process.execPath, [program, ...args], { ...options, stdio: [...options.stdio] });
}

/** All that clew tells of a world. */
export interface View {
  readonly sessions: readonly SessionRow[];
  readonly details: ReadonlyMap<string, SessionDetail>;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  readonly operations: readonly Placed[];
  readonly health: Health;
}

/** An operation, with where it stands. */
export type Placed = Operation & { readonly session: string; readonly run: string };

export function look(world: World): View {
  const sessions = clewJson(world, 'sessions') as SessionRow[];
  const details = new Map<string, SessionDetail>();
  const entries = new Map<string, readonly Entry[]>();
  for (const { id } of sessions) {
    details.set(id, clewJson(world, 'show', id) as SessionDetail);
    entries.set(id, (clewJson(world, 'log', id) as { entries: Entry[] }).entries);
  }
  const operations = [...entries].flatMap(([session, list]) =>
    list.flatMap(({ operation, run }) => (operation ? [{ ...operation, session, run }] : [])),
  );
  return { sessions, details, entries, operations, health: clewJson(world, 'doctor') as Health };
}
