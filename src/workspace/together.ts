// A project and the repositories inside of it, each a root of its own: what checkpoints tell of them, and what clew did to
// several of them at once.
import path from 'node:path';
import type { InnerRepository } from '../model/index.ts';
import { liveActions } from '../store/index.ts';
import type { Db, StoredAction } from '../store/index.ts';

/** Marks the actions that are one to the user, and the folder of the command; part of their details. */
export interface Together {
  readonly id: string;
  readonly root: string;
}

const togetherOf = (action: StoredAction): Together | undefined =>
  (JSON.parse(action.detail) as { together?: Together } | null)?.together;

/** What clew did to files at the command of somebody in this folder, and still stands; the latest first. */
export function actionsAt(db: Db, root: string): StoredAction[] {
  const seen = new Set<string>();
  return liveActions(db).filter((one) => {
    const together = togetherOf(one);
    if ((together?.root ?? one.root) !== root && one.root !== root) return false;
    if (together === undefined) return true;
    if (seen.has(together.id)) return false;
    seen.add(together.id);
    return true;
  });
}

/** This action and those that are one with it. */
export function actionsWith(db: Db, id: string): StoredAction[] {
  const all = liveActions(db);
  const found = all.find((one) => one.id === id);
  const together = found && togetherOf(found);
  if (together) return all.filter((one) => togetherOf(one)?.id === together.id);
  return db.prepare<[string], StoredAction>('SELECT * FROM action WHERE id = ?').all(id);
}

interface InnerState {
  readonly root: string;
  readonly tree: string | null;
  /** When its own checkpoint was taken. */
  readonly at: number;
}

/** The repositories inside that a checkpoint of `root` with this tree names, and those inside of them. */
export function innerStates(db: Db, root: string, tree: string, at: number): InnerState[] {
  const row = db
    .prepare<[string, string, number], { at: number; items: string | null }>(
      `SELECT c.at, l.items FROM checkpoint c LEFT JOIN list l ON l.id = c.inner
       WHERE c.root = ? AND c.tree = ? AND c.at <= ? ORDER BY c.at DESC LIMIT 1`,
    )
    .get(root, tree, at);
  const inner = JSON.parse(row?.items ?? '[]') as InnerRepository[];
  return inner.flatMap((one) => {
    const folder = path.join(root, one.path);
    const state = { root: folder, tree: one.tree, at: row?.at ?? at };
    return one.tree === null ? [state] : [state, ...innerStates(db, folder, one.tree, at)];
  });
}

/** Where the last checkpoint of a project found repositories inside. */
export function innerRoots(db: Db, root: string): string[] {
  const last = db
    .prepare<[string], { tree: string; at: number }>(
      'SELECT tree, at FROM checkpoint WHERE root = ? AND tree IS NOT NULL ORDER BY at DESC LIMIT 1',
    )
    .get(root);
  return last ? innerStates(db, root, last.tree, last.at).map((one) => one.root) : [];
}
