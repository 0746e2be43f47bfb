// The moment that a branch in time is made from: which state of the files, and which place in which conversation.
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import { checkpointDetail, resolve } from './query/index.ts';
import type { CheckpointRow } from './query/index.ts';
import type { BranchPoint } from './recover/index.ts';
import type { Db } from './store/index.ts';
import { rootOf } from './workspace/index.ts';

interface Turn {
  readonly session: string;
  readonly at: number;
  readonly workspace: string | null;
}

/** The files of the moment, and the moment in the conversation. */
export function branchPoint(
  db: Db,
  { home }: Context,
  given: string,
): { point: CheckpointRow & { tree: string }; after: BranchPoint } {
  const { kind, id } = resolve(db, given, ['checkpoint', 'turn']);
  const turn = kind === 'turn' ? turnAt(db, id) : undefined;
  const checkpoint = turn ? checkpointAfter(db, home, id, turn) : id;
  const point = checkpoint === undefined ? undefined : checkpointDetail(db, checkpoint);
  if (!point?.tree)
    throw new ClewError(
      'NO_CHECKPOINT',
      `the files of ${kind} ${given} were not kept`,
      'branch from a checkpoint: `clew checkpoints` lists them',
    );
  const at = point.at === null ? 0 : Date.parse(point.at);
  const session = turn?.session ?? point.session ?? sessionAt(db, point.root, at);
  const entry = turn ? undefined : callBefore(db, point);
  const after = turn ? { turn: id } : entry === undefined ? { at } : { entry };
  return { point: { ...point, session, tree: point.tree }, after };
}

/**
 * The call that a checkpoint was taken after, where it is known: the files have what it did, so the conversation must have
 * its result, which agents write down a moment later. Where hooks name none, it is the one that made the difference.
 */
function callBefore(db: Db, { id, trigger, operation }: CheckpointRow): string | undefined {
  if (trigger !== 'PostToolUse' && trigger !== 'PostToolUseFailure') return undefined;
  const made = db
    .prepare<[string], { operations: string }>('SELECT operations FROM step WHERE checkpoint = ?')
    .get(id);
  const [only, ...others] = made ? (JSON.parse(made.operations) as string[]) : [];
  const call = operation ?? (others.length === 0 ? only : undefined);
  const find = db.prepare<[string], { key: string }>('SELECT key FROM entry WHERE key = ?');
  return call === undefined ? undefined : find.get(call)?.key;
}

const turnAt = (db: Db, turn: string): Turn | undefined =>
  db
    .prepare<[string], Turn>(
      'SELECT e.session, e.at, s.workspace FROM entry e JOIN session s ON s.id = e.session WHERE e.key = ?',
    )
    .get(turn);

/** The session that was at work in a project when a checkpoint was taken by hand. */
function sessionAt(db: Db, root: string, at: number): string | null {
  const row = db
    .prepare<{ root: string; at: number }, { id: string }>(
      `SELECT id FROM (SELECT s.id, (SELECT max(at) FROM entry WHERE session = s.id AND at <= @at) AS last FROM session s
         WHERE s.started_at <= @at AND (s.workspace = @root OR substr(s.workspace, 1, length(@root) + 1) = @root || '/'))
       WHERE last IS NOT NULL ORDER BY last DESC, id LIMIT 1`,
    )
    .get({ root, at });
  return row?.id ?? null;
}

/** The last state of the files in a turn, that at the next prompt included, unless the agent was at work by then; one that was taken by hand, or for clew's own work, names no session. */
function checkpointAfter(
  db: Db,
  home: string,
  key: string,
  { session, at, workspace }: Turn,
): string | undefined {
  const root = workspace === null ? '' : rootOf(workspace, home);
  return db
    .prepare<{ key: string; session: string; at: number; root: string }, { id: string }>(
      `WITH n AS (SELECT min(at) AS at FROM entry WHERE session = @session AND at > @at AND key <> @key
                 AND kind IN ('prompt', 'command', 'shell', 'notification'))
       SELECT c.id FROM checkpoint c, n WHERE (c.session = @session OR (c.session IS NULL AND c.root = @root))
         AND c.tree IS NOT NULL AND c.at >= @at
         AND (n.at IS NULL OR c.at < n.at OR (c.trigger = 'UserPromptSubmit' AND NOT c.late AND c.at < n.at + 1000
           AND NOT EXISTS (SELECT 1 FROM checkpoint x WHERE x.session = @session AND x.at >= n.at AND x.at < c.at)))
       ORDER BY c.at DESC LIMIT 1`,
    )
    .get({ key, session, at, root })?.id;
}
