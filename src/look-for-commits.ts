// Commits are looked for after each look at sessions: those that hooks, reflogs and agents' shells tell of are recorded, with
// the sessions that they came out of.
import { adapters } from './agents/index.ts';
import {
  lateOnes,
  lookAtReflogs,
  mergeSeen,
  newOnes,
  recordsOf,
  spooledCommits,
  toldCommits,
  treeOf,
} from './attribution/index.ts';
import type { Memory, Seen } from './attribution/index.ts';
import type { Connection } from './connection.ts';
import { createRecorder } from './journal/index.ts';
import { ClewError } from './model/index.ts';
import type { Config, Context } from './model/index.ts';
import { recordedProcesses } from './query/index.ts';
import type { Moment } from './query/index.ts';
import { dropSpooled, listSpool, readSpooled } from './stream/index.ts';
import { knownHooks } from './workspace/index.ts';

/** Projects without a session for longer are looked at by a full look only. */
const recentMs = 7 * 24 * 3_600_000;
/** What sessions did can be taken in so much later than what came of it. */
const lateMs = 15 * 60_000;
/** What agents' shells told is tried for so long. */
const shellMs = 24 * 3_600_000;

export interface LookForCommits {
  readonly quick: boolean;
  /** Whether anything was taken in since the last look. */
  readonly isNews: boolean;
}

/** Records the commits that were made since the last look; gives how many records it made. Without git, none. */
export function lookForCommits(...how: Parameters<typeof look>): number {
  try {
    return look(...how);
  } catch (error) {
    if (error instanceof ClewError && error.code === 'NO_GIT') return 0;
    throw error;
  }
}

function look(
  context: Context,
  config: Config,
  { db }: Pick<Connection, 'db'>,
  moment: () => Moment,
  { quick, isNews }: LookForCommits,
): number {
  const { clewHome } = context;
  const now = context.now();
  const spooled = spooledHere(clewHome, now);
  const before = remembered(db());
  const { seen, memory } = lookAtReflogs(db(), before.reflogs, {
    hooked: knownHooks(clewHome),
    since: quick ? now - recentMs : 0,
  });
  const told = isNews ? toldHere(now - shellMs) : [];
  const late = isNews ? lateOnes(db(), now - lateMs) : [];
  const found = mergeSeen([...newOnes(db(), [...spooled.seen, ...seen, ...told]), ...late]);
  let made = 0;
  if (found.length > 0) {
    const { processes } = moment();
    const sessions = new Map(
      recordedProcesses(db(), context.machine, now - shellMs).map((one) => [one.pid, one.session]),
    );
    const living = {
      isRunning: (id: string) => processes.get(id) === 'running',
      sessionOf: (pid: number) => sessions.get(pid) ?? sessionAt(context, config, pid),
    };
    made = createRecorder(context, config).recordAll(recordsOf(db(), living, found)).length;
  }
  // Only now: until then the next look finds all of it again.
  dropSpooled(clewHome, spooled.names);
  if (memory !== before.reflogs) remember(db(), memory);
  return made;

  function toldHere(since: number): Seen[] {
    return toldCommits(db(), since).flatMap(({ sha, workspace, at }): Seen[] => {
      const tree = treeOf(workspace);
      return tree ? [{ ...tree, sha, at, branch: null, seen: 'shell', rewrites: [] }] : [];
    });
  }
}

/** The session that an agent says a process is at. */
function sessionAt(context: Context, config: Config, pid: number): string | undefined {
  for (const adapter of adapters)
    for (const root of adapter.roots(context, config)) {
      const session = adapter.sessionOf?.(root, pid);
      if (session !== undefined) return session;
    }
  return undefined;
}

/** What is not whole by then was written to a full disk. */
const tornMs = 10_000;

/** The calls of git's hooks that wait. One that is being written is left to the next look. */
function spooledHere(clewHome: string, now: number): { names: string[]; seen: Seen[] } {
  const calls = listSpool(clewHome)
    .filter((call) => call.agent === 'commit')
    .map((call) => ({ ...call, seen: spooledCommits(readSpooled(clewHome, call), call.time) }))
    .filter((call) => call.seen !== undefined || call.time < now - tornMs);
  return { names: calls.map((call) => call.name), seen: calls.flatMap((call) => call.seen ?? []) };
}

type Db = ReturnType<Connection['db']>;

/** It may be lost: commits that are read again are known by their ids. */
function remembered(db: Db): { reflogs: Memory } {
  const row = db.prepare<[], { value: string }>("SELECT value FROM meta WHERE key = 'reflogs'").get();
  return { reflogs: row ? (JSON.parse(row.value) as Memory) : {} };
}

function remember(db: Db, memory: Memory): void {
  db.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES ('reflogs', ?)").run(JSON.stringify(memory));
}
