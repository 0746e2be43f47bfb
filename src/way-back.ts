// Checkpoints, undo, redo and restore as the library offers them: plans come from the workspace room, ids and words from
// the read models, and what is done is taken in at once.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ClewError } from './model/index.ts';
import type { Context } from './model/index.ts';
import { checkpointDetail, effectsOfOperation, listCheckpoints, resolve } from './query/index.ts';
import type { ChangeRow, CheckpointRow, EffectRow } from './query/index.ts';
import { checkpointId } from './ingest/index.ts';
import { keptCheckpoint, requireKept } from './kept-checkpoint.ts';
import type { KeptCheckpoint } from './kept-checkpoint.ts';
import { listSpool } from './stream/index.ts';
import { liveActions, undoneOperations } from './store/index.ts';
import type { Db } from './store/index.ts';
import {
  changeFiles,
  checkpointBefore,
  keptTrees,
  lastUndoable,
  markThinned,
  objectsOf,
  planRestore,
  planUndo,
  rootOf,
  rootsOf,
  takeCheckpoint,
  takeTree,
} from './workspace/index.ts';
import type { Conflict, Left, OnOverlap, UndoPlan, UndoTarget } from './workspace/index.ts';

export interface UndoOptions {
  /** Any folder of the project; the current one by default. */
  readonly folder?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Where the same lines were changed since: stop and change nothing (default), take the undo's side, leave markers. */
  readonly onOverlap?: OnOverlap | undefined;
}

export interface RestoreOptions {
  readonly paths?: readonly string[] | undefined;
  readonly clean?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** What was, or would be, done to files. */
export interface FileReport {
  readonly kind: 'undo' | 'redo' | 'restore';
  readonly title: string;
  readonly root: string;
  readonly dryRun: boolean;
  /** False where nothing was changed, as something is in the way. */
  readonly done: boolean;
  /** The action's id, by which it can itself be undone. */
  readonly action: string | null;
  readonly files: readonly { readonly path: string; readonly kind: 'create' | 'update' | 'delete' }[];
  readonly conflicts: readonly Conflict[];
  /** Files that could not be changed, and why. */
  readonly left: readonly Left[];
  /** Files that appeared since the checkpoint and were kept. */
  readonly kept: readonly string[];
  /** Unified diff of what was, or would be, changed. */
  readonly diff: string;
}

export interface WayBack {
  readonly checkpoint: (options?: {
    message?: string | undefined;
    folder?: string | undefined;
  }) => Promise<CheckpointRow>;
  diff(a?: string, b?: string, options?: { paths?: readonly string[]; colour?: boolean }): string;
  /** `target`: an operation, a turn, a session, an action, or how many operations (default: the last one). */
  undo(target?: string | number, options?: UndoOptions): Promise<FileReport>;
  /** Takes the last undo back that was not. */
  redo(options?: UndoOptions): Promise<FileReport>;
  restore(checkpoint: string, options?: RestoreOptions): Promise<FileReport>;
  /** Whether an operation could be taken back as the files are, and the undo that took it back already. */
  undoState(operation: string): { readonly canUndo: boolean; readonly undoOperationId: string | null };
  effects(operation: string): readonly EffectRow[];
  /** Changes that no record holds the diff of, such as those of commands, with the diff of their checkpoints. */
  withDiffs(operation: string, changes: readonly ChangeRow[]): readonly ChangeRow[];
  /** The project's folder: the one that holds `.git` above the given or the current folder, or that folder. */
  projectRoot(folder?: string): string;
}

export function wayBack(context: Context, db: () => Db, takeIn: () => Promise<unknown>): WayBack {
  const objects = objectsOf(context.clewHome);
  const rootFor = (folder = context.cwd): string => rootOf(path.resolve(context.cwd, folder), context.home);

  const checkpointOf = (given: string): KeptCheckpoint => keptCheckpoint(db(), context.clewHome, given);

  /** The trees that tell what these operations changed. */
  const treesOfChanges = (operations: readonly string[], root: string): string[] =>
    db()
      .prepare<[string, string], { tree: string }>(
        `SELECT DISTINCT c.tree FROM effect_of o JOIN checkpoint c ON c.id = o.checkpoint
         WHERE c.root = ? AND o.operation IN (SELECT value FROM json_each(?))`,
      )
      .all(root, JSON.stringify(operations))
      .map((row) => row.tree);

  /** What the words name, for an undo in this project. */
  function targetsOf(target: string | number, root: string): UndoTarget[] {
    if (typeof target === 'number') {
      const found = lastUndoable(db(), root, target);
      if (found.length > 0) return found.map((one) => named(one));
      throw new ClewError(
        'NOT_FOUND',
        `nothing to undo in ${root}`,
        '`clew checkpoints` shows what is known of it',
      );
    }
    const action = db()
      .prepare<[string, string], { id: string }>('SELECT id FROM action WHERE id >= ? AND id < ? LIMIT 2')
      .all(target, `${target}\u{10ffff}`);
    if (action.length === 1 && action[0]) return [{ action: action[0].id }];
    const found = resolve(db(), target, ['session', 'operation', 'turn']);
    const operations = found.kind === 'operation' ? [found.id] : operationsIn(found.kind, found.id);
    return [named({ operations, title: `${found.kind} ${found.id}` })];
  }

  const named = (target: UndoTarget): UndoTarget => {
    if ('action' in target || target.operations.length !== 1) return target;
    const [id = ''] = target.operations;
    const row = db()
      .prepare<[string], { name: string; text: string }>(
        'SELECT o.name, e.text FROM operation o JOIN entry e ON e.key = o.id WHERE o.id = ?',
      )
      .get(id);
    const about = row ? `${row.name} ${row.text.split('\n')[0]?.slice(0, 80) ?? ''}`.trim() : id;
    return { ...target, title: about };
  };

  function operationsIn(kind: string, id: string): string[] {
    const sql =
      kind === 'session'
        ? 'SELECT id FROM operation WHERE session = ? ORDER BY at'
        : // The turn's own, and those of the subagents that it started, through all levels.
          `WITH RECURSIVE mine(id) AS (
             SELECT id FROM operation WHERE turn = ?
             UNION SELECT o.id FROM mine m JOIN run r ON r.operation = m.id JOIN operation o ON o.run = r.id)
           SELECT id FROM mine`;
    return db()
      .prepare<[string], { id: string }>(sql)
      .all(id)
      .map((row) => row.id);
  }

  function report(
    kind: FileReport['kind'],
    plan: Pick<UndoPlan, 'title' | 'root' | 'steps' | 'conflicts'> & { kept?: readonly string[] },
    now: string,
    dryRun: boolean,
    after: string,
  ): FileReport {
    const files = plan.steps.map(({ path: name, from, to }) => ({
      path: name,
      kind: from ? (to ? ('update' as const) : ('delete' as const)) : ('create' as const),
    }));
    return {
      kind,
      title: plan.title,
      root: plan.root,
      dryRun,
      done: false,
      action: null,
      files,
      conflicts: plan.conflicts,
      left: [],
      kept: plan.kept ?? [],
      diff: objects.patch(now, after),
    };
  }

  async function carryOut(
    kind: FileReport['kind'],
    root: string,
    planOn: (now: string) => UndoPlan & { kept?: readonly string[]; session?: string | null },
    dryRun: boolean,
    detail?: unknown,
  ): Promise<FileReport> {
    const now = dryRun ? takeTree(context, root) : checkpointBefore(context, root, kind);
    const plan = planOn(now);
    const stops = dryRun || plan.conflicts.length > 0 || plan.steps.length === 0;
    if (stops) return report(kind, plan, now, dryRun, objects.treeWith(now, plan.steps));
    const { operations, reverts, title } = plan;
    const session = plan.session ?? sessionOf(operations);
    const intent = { kind, title, session, operations, reverts, detail };
    const done = changeFiles(context, objects, root, now, plan.steps, intent);
    await takeIn();
    return { ...report(kind, plan, now, dryRun, done.after), done: true, action: done.id, left: done.left };
  }

  function sessionOf(operations: readonly string[]): string | null {
    const find = db().prepare<[string], { session: string }>('SELECT session FROM operation WHERE id = ?');
    return operations.map((id) => find.get(id)?.session).find((one) => one !== undefined) ?? null;
  }

  return {
    async checkpoint({ message, folder } = {}) {
      const { name } = takeCheckpoint(context, rootFor(folder), { trigger: 'manual', message });
      const call = listSpool(context.clewHome).find((one) => one.name === name);
      await takeIn();
      const row = call && checkpointDetail(db(), checkpointId(call.name, call.time));
      if (row) return row;
      throw new ClewError(
        'BUSY',
        'another clew is importing',
        'the checkpoint is kept; `clew checkpoints` will list it',
      );
    },
    diff(a, b, how = {}) {
      const from = a === undefined ? lastPrompt(rootFor()) : checkpointOf(a);
      const to = b === undefined ? takeTree(context, from.root) : checkpointOf(b).tree;
      return objects.patch(from.tree, to, how);
    },
    undo: async (target = 1, { folder, dryRun = false, onOverlap = 'stop' } = {}) => {
      const here = rootFor(folder);
      // A call that was stopped has no checkpoint behind it: what it did is known only with one.
      if (listCheckpoints(db(), { root: here, limit: 1 })[0]?.trigger === 'PreToolUse') {
        checkpointBefore(context, here, 'undo');
        await takeIn();
      }
      const targets = targetsOf(target, here);
      const root = targets.flatMap((one) => ('operations' in one ? rootsOf(db(), one.operations) : []));
      const roots = [...new Set(root)];
      if (roots.length === 0 && targets.every((one) => 'operations' in one))
        throw new ClewError(
          'NO_CHECKPOINT',
          `no checkpoint knows of a file that ${String(target)} changed`,
          'checkpoints are taken by hooks (`clew init`); what was done without them, the agent or git must take back',
        );
      if (roots.length > 1 && !roots.includes(here))
        throw new ClewError(
          'BAD_INPUT',
          `it changed files in several projects: ${roots.join(', ')}`,
          'run the command in one of them',
        );
      const chosen = roots.length === 0 || roots.includes(here) ? here : (roots[0] ?? here);
      return carryOut('undo', chosen, (now) => planAll(targets, chosen, now, onOverlap), dryRun);
    },
    async redo({ folder, dryRun = false, onOverlap = 'stop' } = {}) {
      const root = rootFor(folder);
      const last = liveActions(db(), root).find((one) => one.kind === 'undo');
      if (!last)
        throw new ClewError('NOT_FOUND', `nothing to redo in ${root}`, '`clew log` lists what was undone');
      return carryOut(
        'redo',
        root,
        (now) => planUndo(db(), objects, { action: last.id }, root, now, onOverlap),
        dryRun,
      );
    },
    async restore(given, { paths = [], clean = false, dryRun = false } = {}) {
      const point = checkpointOf(given);
      const { root } = point;
      const names = paths.map((one) => path.relative(root, path.resolve(context.cwd, one)));
      const outside = names.find((one) => one.startsWith('..'));
      if (outside !== undefined)
        throw new ClewError(
          'BAD_INPUT',
          `${outside} is not below ${root}`,
          'name files of the checkpoint’s project',
        );
      const at = point.at === null ? 0 : Date.parse(point.at);
      const planOn = (now: string) => ({
        ...planRestore(db(), objects, { root, tree: point.tree, at }, now, { paths: names, clean }),
        root,
        title: `checkpoint ${point.id}`,
        session: point.session,
        operations: [],
        reverts: null,
        conflicts: [],
      });
      return carryOut('restore', root, planOn, dryRun, { checkpoint: point.id });
    },
    undoState(operation) {
      const [root] = rootsOf(db(), [operation]);
      if (root === undefined) return { canUndo: false, undoOperationId: null };
      const undone = undoneOperations(db(), root).get(operation);
      if (undone !== undefined) return { canUndo: false, undoOperationId: undone };
      if (!existsSync(root)) return { canUndo: false, undoOperationId: null };
      const kept = keptTrees(context.clewHome);
      if (!treesOfChanges([operation], root).every((tree) => kept.has(tree)))
        return { canUndo: false, undoOperationId: null };
      const now = takeTree(context, root);
      const plan = planUndo(db(), objects, { operations: [operation], title: '' }, root, now, 'stop');
      return { canUndo: plan.conflicts.length === 0 && plan.steps.length > 0, undoOperationId: null };
    },
    withDiffs(operation, changes) {
      const trees = db().prepare<[string, string, string], { root: string; before: string; after: string }>(
        `SELECT c.root, p.tree AS before, c.tree AS after FROM effect_of o JOIN checkpoint c ON c.id = o.checkpoint
         JOIN step s ON s.checkpoint = c.id JOIN checkpoint p ON p.id = s.previous
         WHERE o.operation = ? AND ? = c.root || '/' || o.path AND o.path = substr(?, length(c.root) + 2)`,
      );
      const kept = keptTrees(context.clewHome);
      return changes.map((change) => {
        if (change.diff !== '') return change;
        const diff = trees
          .all(operation, change.path, change.path)
          .filter(({ before, after }) => kept.has(before) && kept.has(after))
          .map(({ root, before, after }) =>
            objects.patch(before, after, { paths: [change.path.slice(root.length + 1)] }),
          )
          .join('');
        // From the first hunk on, as other changes have it.
        const at = diff.indexOf('\n@@');
        return { ...change, diff: at < 0 ? diff : diff.slice(at + 1), partial: diff === '' };
      });
    },
    projectRoot: rootFor,
    effects: (operation) => effectsOfOperation(db(), operation),
  };

  function lastPrompt(root: string): KeptCheckpoint {
    const all = markThinned(context.clewHome, listCheckpoints(db(), { root })).filter(
      (one) => one.tree !== null && !one.thinned,
    );
    const found = all.find((one) => one.trigger === 'UserPromptSubmit') ?? all[0];
    if (found?.tree) return { ...found, tree: found.tree };
    throw new ClewError('NOT_FOUND', `no checkpoint of ${root}`, '`clew checkpoint` takes one');
  }

  /** Several operations are one undo; an action of clew's is undone alone. */
  function planAll(
    targets: readonly UndoTarget[],
    root: string,
    now: string,
    onOverlap: OnOverlap,
  ): UndoPlan {
    const [first] = targets;
    if (first && 'action' in first) return planUndo(db(), objects, first, root, now, onOverlap);
    const operations = targets.flatMap((one) => ('operations' in one ? one.operations : []));
    const title =
      targets.length === 1 && first && 'title' in first ? first.title : `${targets.length} operations`;
    const undone = undoneOperations(db(), root);
    const still = operations.filter((id) => !undone.has(id));
    requireKept(context.clewHome, treesOfChanges(still, root), title);
    return planUndo(db(), objects, { operations: still, title }, root, now, onOverlap);
  }
}
