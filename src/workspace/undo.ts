// What can be taken back: operations, turns, sessions, the last N operations, and what clew itself did.
import { ClewError } from '../model/index.ts';
import { undoneOperations } from '../store/index.ts';
import { actionsAt } from './together.ts';
import type { Db, StoredAction } from '../store/index.ts';
import type { FileState, Objects } from './objects.ts';
import { planRevert } from './revert.ts';
import type { Conflict, Reversal, RevertPlan } from './revert.ts';
import type { OnOverlap } from './merge.ts';

/** What is to be taken back: operations by id, or one of clew's own actions. */
export type UndoTarget =
  | { readonly operations: readonly string[]; readonly title: string }
  | { readonly action: string };

export interface UndoPlan extends RevertPlan {
  readonly root: string;
  readonly title: string;
  readonly operations: readonly string[];
  readonly reverts: string | null;
}

interface EffectRow {
  readonly root: string;
  readonly tree: string;
  readonly path: string;
  readonly before_mode: string | null;
  readonly before_oid: string | null;
  readonly after_mode: string | null;
  readonly after_oid: string | null;
  readonly by: string;
  readonly operations: string;
}

/** The folders in which these operations changed files. */
export function rootsOf(db: Db, operations: readonly string[]): string[] {
  const find = db.prepare<[string], { root: string }>(
    'SELECT DISTINCT c.root FROM effect_of o JOIN checkpoint c ON c.id = o.checkpoint WHERE o.operation = ?',
  );
  return [...new Set(operations.flatMap((id) => find.all(id).map((row) => row.root)))];
}

/**
 * The last operations that changed files and are not undone, or what clew did since; the latest first. `inner`: the roots
 * of repositories inside, of which only what the project's own checkpoints saw is looked at.
 */
export function lastUndoable(db: Db, root: string, inner: readonly string[], count: number): UndoTarget[] {
  const roots = [root, ...inner];
  const undone = new Set(roots.flatMap((one) => [...undoneOperations(db, one).keys()]));
  // A commit in a repository inside is nothing that could be taken back.
  const operations = db
    .prepare<[string], { id: string; at: number }>(
      `SELECT o.operation AS id, max(c.at) AS at FROM effect_of o JOIN checkpoint c ON c.id = o.checkpoint
       JOIN effect e ON e.checkpoint = o.checkpoint AND e.path = o.path
       WHERE c.root IN (SELECT value FROM json_each(?)) AND '160000' NOT IN (ifnull(e.before_mode, ''), ifnull(e.after_mode, ''))
       GROUP BY o.operation ORDER BY at DESC`,
    )
    .all(JSON.stringify(roots))
    .filter((row) => !undone.has(row.id));
  const restores = actionsAt(db, root).filter((one) => one.kind === 'restore');
  const all = [
    ...operations.map(({ id, at }) => ({ at, target: { operations: [id], title: '' } })),
    ...restores.map(({ id, at }) => ({ at, target: { action: id } })),
  ];
  return all
    .toSorted((a, b) => b.at - a.at)
    .slice(0, count)
    .map((one) => one.target);
}

/** What it takes to take this back, on the tree `now` of the same project. */
export function planUndo(
  db: Db,
  objects: Objects,
  target: UndoTarget,
  root: string,
  now: string,
  onOverlap: OnOverlap,
): UndoPlan {
  if ('action' in target) return planAction(db, objects, target.action, now, onOverlap);
  const wanted = new Set(target.operations);
  const rows = db
    .prepare<[string, string], EffectRow>(
      `SELECT DISTINCT c.root, c.tree, c.at, e.* FROM effect_of o JOIN effect e ON e.checkpoint = o.checkpoint AND e.path = o.path
       JOIN checkpoint c ON c.id = e.checkpoint WHERE c.root = ? AND o.operation IN (SELECT value FROM json_each(?))
       ORDER BY c.at, c.id, e.path`,
    )
    .all(root, JSON.stringify([...wanted]));
  const conflicts: Conflict[] = [];
  const reversals: Reversal[] = [];
  for (const row of rows) {
    const others = (JSON.parse(row.operations) as string[]).filter((id) => !wanted.has(id));
    if (onOverlap === 'theirs' || (others.length === 0 && row.by !== 'unknown'))
      reversals.push(reversalOf(row));
    else if (others.length === 0)
      conflicts.push({
        path: row.path,
        why: 'was changed while nobody saw the end of the call: it may be the user who changed it',
      });
    else
      conflicts.push({
        path: row.path,
        why: `was changed while ${others.join(', ')} ran as well: it cannot be told whose change it is`,
      });
  }
  const plan = planRevert(objects, reversals, now, onOverlap);
  return {
    root,
    title: target.title,
    operations: target.operations,
    reverts: null,
    steps: plan.steps,
    conflicts: [...conflicts, ...plan.conflicts],
    left: plan.left,
  };
}

function planAction(db: Db, objects: Objects, id: string, now: string, onOverlap: OnOverlap): UndoPlan {
  const action = db.prepare<[string], StoredAction>('SELECT * FROM action WHERE id = ?').get(id);
  if (!action) throw new ClewError('NOT_FOUND', `no action ${id}`, '`clew log` lists what clew did');
  const [changed = []] = objects.differences([[action.before, action.after]]);
  const reversals = changed.map(({ path, before, after }) => ({ path, before, after, tree: action.after }));
  return {
    root: action.root,
    title: action.title,
    operations: JSON.parse(action.operations) as string[],
    reverts: action.id,
    ...planRevert(objects, reversals, now, onOverlap),
  };
}

function reversalOf(row: EffectRow): Reversal {
  const state = (mode: string | null, oid: string | null): FileState | undefined =>
    mode === null || oid === null ? undefined : { mode, oid };
  return {
    path: row.path,
    before: state(row.before_mode, row.before_oid),
    after: state(row.after_mode, row.after_oid),
    tree: row.tree,
  };
}
