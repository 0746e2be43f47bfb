// A talk between a client and the stub, in which the client takes a snapshot in each turn.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { copyStore, type Outcome, type Store } from './outcome.ts';
import { openOwn } from './own.ts';
import { startStub, type Turn } from './stub.ts';
import { traceGit } from './trace.ts';
import type { History } from './history.ts';

export interface Surroundings {
  readonly history: History;
  /** The client's HOME. */
  readonly home: string;
  /** The project. */
  readonly work: string;
  readonly env: Record<string, string>;
}

export interface Reach extends Surroundings {
  /** Where the stub is. */
  readonly url: string;
  /** Ends the client. */
  readonly signal: AbortSignal;
}

export interface Client {
  readonly name: string;
  readonly turn: (at: Surroundings) => Turn;
  /** Runs the client until it has heard the last turn. `turns` says how many it has heard. */
  readonly run: (at: Reach, turns: () => number) => Promise<void>;
  /** Its git store. */
  readonly store: (home: string) => string;
  readonly pack: Store['pack'];
  readonly beside: (home: string) => number;
}

/**
 * Turn 0 brings the snapshot of the unchanged project, and turn n that of the n-th change; the last one is whole when
 * the client comes back for turn `snapshots + 1`. While the client waits for a turn, clew takes a checkpoint: so both
 * meet the same changes and the same load.
 */
export async function talk(client: Client, history: History, folder: string): Promise<Outcome> {
  const home = path.join(folder, 'home');
  const work = path.join(folder, 'work');
  mkdirSync(home, { recursive: true });
  history.makeProject(work);
  const own = openOwn(folder, work);
  const trace = traceGit(folder);
  const at: Surroundings = { history, home, work, env: environment(home, trace.bin) };

  const asked: number[] = [];
  const stores: Store[] = [];
  const ownStores: Store[] = [];
  const turnOf = client.turn(at);
  const stub = await startStub(async (n) => {
    asked[n] = Date.now();
    if (n === 0) return turnOf(0);
    own.take();
    if (n === 1 || n === history.snapshots + 1) {
      const gitDir = path.join(folder, `${n}.git`);
      await copyStore(client.store(home), gitDir);
      stores.push({ gitDir, pack: client.pack });
      ownStores.push(await own.copy(`${n}`));
    }
    return n > history.snapshots ? [] : turnOf(n);
  });
  // A client that says nothing any more never will.
  const began = Date.now();
  const silent = new AbortController();
  const watch = setInterval(() => {
    if (Date.now() - Math.max(began, ...asked) > 120_000) silent.abort();
  }, 1000);
  try {
    await client.run({ ...at, url: stub.url, signal: silent.signal }, () => asked.length);
  } finally {
    clearInterval(watch);
    stub.close();
  }
  if (stores.length < 2)
    throw new Error(`${client.name} ended after ${asked.length} of ${history.snapshots + 2} turns`);

  return {
    client: client.name,
    efforts: trace.between(asked.slice(1, -1).map((from, n) => [from, asked[n + 2]!])),
    own: own.efforts(),
    stores: { first: stores[0]!, last: stores[1]! },
    ownStores: { first: ownStores[0]!, last: ownStores[1]! },
    beside: client.beside(home),
  };
}

/** Nothing of the user's; and whoever minds the proxy reaches nothing but this machine. */
const environment = (home: string, bin: string): Record<string, string> => ({
  PATH: [bin, path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
  HOME: home,
  LANG: 'C.UTF-8',
  SHELL: '/bin/sh',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1,localhost',
});
