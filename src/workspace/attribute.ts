// Whose doing each change of a project's files was: what differs between a checkpoint and the one before it was done by
// the operation that ran meanwhile. Where several ran it is theirs together, where none ran it is the user's; where an
// edit tool's own record tells that it changed just this, it is that operation's alone. Never guessed.
import { actionKinds } from '../model/index.ts';
import type { Db, StoredCheckpoint } from '../store/index.ts';
import { backgroundTasks, inBackground } from './background.ts';
import type { BackgroundTask } from './background.ts';
import { callsByTime, lateCalls, timedCalls } from './calls-by-time.ts';
import type { TimedCall } from './calls-by-time.ts';
import { writerOf } from './effect-writer.ts';
import type { Objects } from './objects.ts';
import { unheardIn } from './unheard.ts';
import type { Unheard } from './unheard.ts';

/**
 * `operation`: one alone; `shared`: several that ran at once; `clew`: an undo or restore; `user`: no operation ran;
 * `unknown`: that of the operations, if any is known, or the user's.
 */
export type Author = 'operation' | 'shared' | 'clew' | 'user' | 'unknown';

/** What is known of agents' processes at this moment, by session. */
export interface Living {
  readonly now: number;
  readonly processes: ReadonlyMap<string, 'running' | 'gone'>;
}

export interface Step {
  readonly from: StoredCheckpoint;
  readonly to: StoredCheckpoint;
  readonly by: Author;
  readonly operations: readonly string[];
  /** Those of them that only went on in the background. */
  readonly background: readonly string[];
}

const before = new Set(['PreToolUse']);
const after = new Set(['PostToolUse', 'PostToolUseFailure']);
/** What is still open at one of these was interrupted, or goes on in the background. */
const ends = new Set([
  'Stop',
  'StopFailure',
  'SubagentStop',
  'SessionEnd',
  'UserPromptSubmit',
  'SessionStart',
]);
/** Taken while an agent is at work; at all others a person may have had time to change files. */
const agents = new Set([
  ...before,
  ...after,
  'Stop',
  'StopFailure',
  'SubagentStop',
  'PreCompact',
  'SessionEnd',
]);
/** A call without a result, in a session of which nothing was heard for so long, is over: it has timed out. */
const silentMs = 10 * 60_000;
/** So long, what could not be told is looked at again: the record may tell more by now. */
const openMs = 3_600_000;
const nobodyKnown = (): Living => ({ now: Date.now(), processes: new Map() });
/** Taken after clew itself changed files. */
const own = new Set<string>(actionKinds);

/** An operation that has been open for longer than this is no longer thought of. */
const windowMs = 24 * 3_600_000;

/** Compares every project's new checkpoints with those before them. Returns how many steps were looked at. */
export function attribute(db: Db, objects: Objects, living: () => Living = nobodyKnown): number {
  const roots = db
    .prepare<[number], { root: string; anew: number }>(
      `SELECT root, min(at) AS anew FROM (
         SELECT root, at FROM checkpoint c
         WHERE tree IS NOT NULL AND NOT EXISTS (SELECT 1 FROM step s WHERE s.checkpoint = c.id)
         UNION ALL SELECT root, at FROM checkpoint c JOIN step s ON s.checkpoint = c.id
         WHERE c.at > ? AND (c.late OR s.by IN ('unknown', 'shared') OR EXISTS (
           -- An agent that no hook tells of: what it did may have become known only since.
           SELECT 1 FROM session x WHERE x.ended_at > c.at - ${openMs} AND (
             substr(x.workspace || '/', 1, length(c.root) + 1) = c.root || '/' OR
             substr(c.root || '/', 1, length(x.workspace) + 1) = x.workspace || '/')
           AND NOT EXISTS (SELECT 1 FROM checkpoint k WHERE k.session = x.id)))) GROUP BY root`,
    )
    .all(Date.now() - openMs);
  if (roots.length === 0) return 0;
  const now = living();
  let looked = 0;
  for (const { root, anew } of roots) looked += attributeRoot(db, objects, root, anew, now);
  return looked;
}

function attributeRoot(db: Db, objects: Objects, root: string, anew: number, living: Living): number {
  const since = anew - windowMs;
  const stored = db
    .prepare<[string, number], StoredCheckpoint>(
      'SELECT * FROM checkpoint WHERE root = ? AND at >= ? ORDER BY at, id',
    )
    .all(root, since);
  // Those that were thinned out leave a gap.
  const there = objects.present(stored.flatMap((one) => one.tree ?? []));
  const all = stored.map((one) => (there.has(one.tree ?? '') ? one : { ...one, tree: null }));
  const known = new Map(
    db
      .prepare<[string, number], { checkpoint: string; previous: string; told: string }>(
        `SELECT s.checkpoint, s.previous, s.by || ' ' || s.operations AS told
         FROM step s JOIN checkpoint c ON c.id = s.checkpoint WHERE c.root = ? AND c.at >= ?`,
      )
      .all(root, since)
      .map((row) => [row.checkpoint, row]),
  );
  // A late checkpoint can come in between two that were compared already, and the record can tell more than it did.
  const steps = stepsOf(all, operationsOf(db, root, since, all, living)).filter(
    ({ from, to, by, operations }) => {
      const before = known.get(to.id);
      if (before?.previous !== from.id) return true;
      return to.at >= anew && before.told !== `${by} ${JSON.stringify(operations)}`;
    },
  );
  const first = all.find((one) => one.tree !== null);
  const changed = steps.filter((step) => step.from.tree !== step.to.tree);
  const differences = objects.differences(
    changed.map(({ from, to }) => [from.tree ?? '', to.tree ?? ''] as const),
  );
  const found = new Map(changed.map((step, i) => [step, differences[i] ?? []]));
  db.transaction(() => {
    const write = writerOf(db, root, objects);
    if (first && !known.has(first.id)) write.step(first.id, '', 'user', []);
    // Nothing can be compared with those whose files are gone; they are not asked again.
    for (const one of all) if (one.tree === null && !known.has(one.id)) write.step(one.id, '', 'user', []);
    for (const step of steps) {
      write.step(step.to.id, step.from.id, step.by, step.operations);
      for (const one of found.get(step) ?? []) write.effect(step, one);
    }
  }).immediate();
  return steps.length;
}

/** What the record knows of the operations beside which checkpoints were taken. */
interface Operations {
  /** Those that start subagents: the changes of those are their own operations'. */
  readonly spawning: ReadonlySet<string>;
  /** When each ended, milliseconds. */
  readonly ended: ReadonlyMap<string, number>;
  /** Those that no checkpoint names. */
  readonly unnamed: readonly TimedCall[];
  /** Of sessions with late checkpoints, those that may have begun before their own checkpoint was noted. */
  readonly named: readonly TimedCall[];
  readonly background: readonly BackgroundTask[];
  readonly unheard: Unheard;
  /** Whether a session's process is at work, or certainly not; `silent`: nothing was heard of it for long. */
  readonly processOf: (session: string) => 'running' | 'gone' | 'silent' | undefined;
}

function operationsOf(
  db: Db,
  root: string,
  since: number,
  all: readonly StoredCheckpoint[],
  { now, processes }: Living,
): Operations {
  const rows = db
    .prepare<[string, number], { id: string; ended: number; spawning: number }>(
      `SELECT DISTINCT o.id, o.result_at AS ended, o.spawned IS NOT NULL OR o.name IN ('Task', 'Agent') AS spawning
       FROM operation o JOIN checkpoint c ON c.operation = o.id WHERE c.root = ? AND c.at >= ?`,
    )
    .all(root, since);
  return {
    spawning: new Set(rows.filter((row) => row.spawning).map((row) => row.id)),
    ended: new Map(rows.filter((row) => row.ended > 0).map((row) => [row.id, row.ended])),
    unnamed: timedCalls(db, all),
    named: lateCalls(db, all),
    background: backgroundTasks(db, [...new Set(all.flatMap((one) => one.session ?? []))]),
    unheard: unheardIn(db, root, since, all),
    processOf(session) {
      const last = all.findLast((one) => one.session === session)?.at ?? 0;
      return processes.get(session) ?? (now - last < silentMs ? undefined : 'silent');
    },
  };
}

/** Each checkpoint with the one before it, and the operations that were open at some time between the two. */
export function stepsOf(all: readonly StoredCheckpoint[], known: Operations): Step[] {
  const open = new Map<string, StoredCheckpoint>();
  /** Ended since the last checkpoint that has a tree. */
  let ended = new Set<string>();
  let from: StoredCheckpoint | undefined;
  const steps: Step[] = [];
  const seenToEnd = new Set(all.filter((one) => after.has(one.trigger)).map((one) => one.operation));
  const byTime = callsByTime(all, closed(all, known));
  const behind = inBackground(all, known.background, known.processOf);
  /** A session that goes on has left behind what it was at. */
  const isBehind = (session: string, by: StoredCheckpoint): boolean =>
    all.some((one) => one.session === session && one.at >= by.at && ends.has(one.trigger));
  /** Whether it was over by then, when nobody saw it end: `maybe` where that is not known. */
  const over = (id: string, by: StoredCheckpoint): boolean | 'maybe' => {
    if (seenToEnd.has(id)) return false;
    const ended = known.ended.get(id);
    if (ended !== undefined) return ended < by.at;
    const session = open.get(id)?.session ?? '';
    const process = known.processOf(session);
    if (process === undefined) return isBehind(session, by) || 'maybe';
    return process !== 'running' || isBehind(session, by);
  };
  const isRunning = ({ session, ended }: TimedCall): boolean =>
    ended !== Infinity || known.processOf(session) === 'running';
  for (const to of all) {
    const { operation } = to;
    // Old versions tell of no failure: there the record says when the call ended.
    for (const id of open.keys())
      if (from && !seenToEnd.has(id) && (known.ended.get(id) ?? Infinity) < from.at) open.delete(id);
    if (to.tree !== null) {
      if (from) {
        const timed = byTime(from, to);
        const doubtful = new Set<string>();
        const operations = new Set([...ended, ...open.keys(), ...timed.calls.map((call) => call.id)]);
        // An agent's own next event comes too soon for the user to have done much.
        const leaves = (session: string | null): boolean => !agents.has(to.trigger) || session !== to.session;
        for (const [id, { session }] of open) if (leaves(session) && over(id, to) !== false) doubtful.add(id);
        for (const call of timed.calls)
          if (leaves(call.session) && (call.ended <= to.at || !isRunning(call))) doubtful.add(call.id);
        for (const call of known.unheard.calls)
          if (call.at < to.at && call.ended > from.at && !operations.has(call.id)) doubtful.add(call.id);
        // The agent has gone on before it was done: what it began with then may be in it.
        // And what ended while a late one before it was taken may be in this one only.
        const isLate = to.late || from.late;
        const since = from.late ? (all[all.indexOf(from) - 1]?.at ?? 0) : from.at;
        if (isLate)
          for (const { id, at, ended: end, spawning } of [...known.named, ...timed.all])
            if (!spawning && at <= to.at && end > since && !operations.has(id)) doubtful.add(id);
        for (const id of doubtful) operations.add(id);
        if (to.late && operation !== null && before.has(to.trigger) && !operations.has(operation)) {
          operations.add(operation);
          doubtful.add(operation);
        }
        // What goes on in the background leaves the user time to write, too.
        const background = behind(from, to).filter((id) => !open.has(id) && !operations.has(id));
        const untold = timed.untold || known.unheard.isAtWork(from.at, to.at);
        steps.push(stepOf(from, to, [...operations], background, doubtful, untold, known));
      }
      from = to;
      ended = new Set();
      if (!agents.has(to.trigger)) for (const id of open.keys()) if (over(id, to) === true) open.delete(id);
    }
    const close = (id: string): void => {
      if (open.delete(id) && to.tree === null) ended.add(id);
    };
    if (operation !== null && before.has(to.trigger)) open.set(operation, to);
    if (operation !== null && after.has(to.trigger)) close(operation);
    if (ends.has(to.trigger)) for (const [id, begun] of open) if (isOver(begun, to)) close(id);
  }
  return steps;
}

/** What has no result was over when its session went on with something else, or, if that is gone, when anything did. */
function closed(all: readonly StoredCheckpoint[], { unnamed, processOf }: Operations): TimedCall[] {
  return unnamed.map((call) => {
    if (call.ended !== Infinity) return call;
    const gone = ['gone', 'silent'].includes(processOf(call.session) ?? '');
    const end = all.find(
      (one) =>
        one.at > call.at &&
        (one.session === call.session ? ends.has(one.trigger) : gone && !agents.has(one.trigger)),
    );
    return { ...call, ended: end?.at ?? Infinity };
  });
}

/** A subagent's end ends its own operations, a turn's end all of the session. */
const isOver = (begun: StoredCheckpoint, end: StoredCheckpoint): boolean =>
  begun.session === end.session && (end.trigger !== 'SubagentStop' || begun.run === end.run);

function stepOf(
  from: StoredCheckpoint,
  to: StoredCheckpoint,
  open: readonly string[],
  background: readonly string[],
  doubtful: ReadonlySet<string>,
  untold: boolean,
  { spawning }: Operations,
): Step {
  const told = (by: Author, operations: readonly string[]): Step => ({
    from,
    to,
    by,
    operations,
    background,
  });
  if (own.has(to.trigger)) return told('clew', []);
  const running = open.filter((id) => !spawning.has(id));
  const operations = [...running, ...background].toSorted();
  if (operations.length === 0) return told(untold ? 'unknown' : 'user', operations);
  if (running.every((id) => doubtful.has(id))) return told('unknown', operations);
  return told(operations.length === 1 ? 'operation' : 'shared', operations);
}
