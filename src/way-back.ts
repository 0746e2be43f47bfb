// Checkpoints, undo, redo and restore as the library offers them: plans come from the workspace room, ids and words from
// the read models, and what is done is taken in at once.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ClewError, isWithin } from './model/index.ts';
import type { Context } from './model/index.ts';
import { checkpointDetail, effectsOfOperation, listCheckpoints } from './query/index.ts';
import type { ChangeRow, CheckpointRow, EffectRow } from './query/index.ts';
import { checkpointId } from './ingest/index.ts';
import { keptCheckpoint, requireKept } from './kept-checkpoint.ts';
import type { KeptCheckpoint } from './kept-checkpoint.ts';
import { listSpool } from './stream/index.ts';
import { undoneOperations } from './store/index.ts';
import type { Db } from './store/index.ts';
import {
  actionsAt,
  actionsWith,
  changeFiles,
  checkpointBefore,
  keptTrees,
  markThinned,
  objectsOf,
  planUndo,
  requireFresh,
  rootOf,
  rootsOf,
  takeCheckpoint,
  takeTree,
} from './workspace/index.ts';
import { withDiffs } from './checkpoint-diffs.ts';
import { restoreParts } from './restore-parts.ts';
import { undoTargets } from './undo-targets.ts';
import { below, reportOf } from './file-report.ts';
import type { FileReport, Part } from './file-report.ts';
import type { Left, OnOverlap, UndoPlan } from './workspace/index.ts';

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

  /** Plans all of them, and does nothing at all where one meets a conflict. */
  async function carryOut(
    kind: FileReport['kind'],
    top: string,
    parts: readonly Part[],
    dryRun: boolean,
    more: { detail?: object; left?: readonly Left[] } = {},
  ): Promise<FileReport> {
    const plans = parts.map(({ root, planOn }) => {
      const now = dryRun ? takeTree(context, root) : checkpointBefore(context, root, kind);
      const plan = planOn(now);
      return { now, after: objects.treeWith(now, plan.steps), ...plan };
    });
    const report = reportOf(objects, kind, top, plans, dryRun, more.left ?? []);
    const open = plans.filter((plan) => plan.steps.length > 0);
    if (dryRun || report.conflicts.length > 0 || open.length === 0) return report;
    for (const { root, steps } of open) requireFresh(root, steps);
    const together = open.some((plan) => plan.root !== top) ? { id: randomUUID(), root: top } : undefined;
    // The innermost first: a checkpoint of what holds them tells of them, too.
    const done = open
      .toSorted((a, b) => b.root.length - a.root.length)
      .map(({ root, now, steps, ...plan }) => {
        const { operations, reverts, title } = plan;
        const session = plan.session ?? sessionOf(operations);
        const detail = together ? { ...more.detail, together } : more.detail;
        const intent = { kind, title, session, operations, reverts, detail };
        return { root, ...changeFiles(context, objects, root, now, steps, intent) };
      });
    await takeIn();
    const left = done.flatMap((one) =>
      one.left.map((file) => ({ ...file, path: below(top, one.root) + file.path })),
    );
    return { ...report, done: true, action: done.at(-1)?.id ?? null, left: [...report.left, ...left] };
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
      const targets = undoTargets(db(), target, here);
      const [first] = targets;
      if (first && 'action' in first) return carryOut('undo', here, partsOf(first.action, onOverlap), dryRun);
      const operations = targets.flatMap((one) => ('operations' in one ? one.operations : []));
      const roots = rootsOf(db(), operations);
      if (roots.length === 0)
        throw new ClewError(
          'NO_CHECKPOINT',
          `no checkpoint knows of a file that ${String(target)} changed`,
          'checkpoints are taken by hooks (`clew init`); what was done without them, the agent or git must take back',
        );
      const tops = roots.filter((one) => !roots.some((other) => other !== one && isWithin(one, other)));
      const top = roots.some((one) => isWithin(one, here)) || tops.length > 1 ? here : (tops[0] ?? here);
      const chosen = roots.filter((one) => isWithin(one, top));
      if (chosen.length === 0)
        throw new ClewError(
          'BAD_INPUT',
          `it changed files in several projects: ${roots.join(', ')}`,
          'run the command in one of them',
        );
      const title =
        targets.length === 1 && first && 'title' in first ? first.title : `${targets.length} operations`;
      const parts = chosen.map((root) => ({
        root,
        planOn: (now: string) => planOperations(operations, title, root, now, onOverlap),
      }));
      return carryOut('undo', top, parts, dryRun);
    },
    async redo({ folder, dryRun = false, onOverlap = 'stop' } = {}) {
      const root = rootFor(folder);
      const last = actionsAt(db(), root).find((one) => one.kind === 'undo');
      if (!last)
        throw new ClewError('NOT_FOUND', `nothing to redo in ${root}`, '`clew log` lists what was undone');
      return carryOut('redo', root, partsOf(last.id, onOverlap), dryRun);
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
      const { parts, left } = restoreParts(db(), context.clewHome, point, names, clean);
      return carryOut('restore', root, parts, dryRun, { detail: { checkpoint: point.id }, left });
    },
    undoState(operation) {
      const roots = rootsOf(db(), [operation]);
      const undone = roots.flatMap((root) => undoneOperations(db(), root).get(operation) ?? []);
      if (undone[0] !== undefined) return { canUndo: false, undoOperationId: undone[0] };
      const kept = keptTrees(context.clewHome);
      const isKept = (root: string): boolean =>
        existsSync(root) && treesOfChanges([operation], root).every((tree) => kept.has(tree));
      if (!roots.every(isKept)) return { canUndo: false, undoOperationId: null };
      const plans = roots.map((root) =>
        planUndo(
          db(),
          objects,
          { operations: [operation], title: '' },
          root,
          takeTree(context, root),
          'stop',
        ),
      );
      const canUndo =
        plans.every((plan) => plan.conflicts.length === 0) && plans.some((plan) => plan.steps.length > 0);
      return { canUndo, undoOperationId: null };
    },
    withDiffs: (operation, changes) => withDiffs(db(), context.clewHome, operation, changes),
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

  /** Several operations are one undo. */
  function planOperations(
    operations: readonly string[],
    title: string,
    root: string,
    now: string,
    onOverlap: OnOverlap,
  ): UndoPlan {
    const undone = undoneOperations(db(), root);
    const still = operations.filter((id) => !undone.has(id));
    requireKept(context.clewHome, treesOfChanges(still, root), title);
    return planUndo(db(), objects, { operations: still, title }, root, now, onOverlap);
  }

  /** What takes back an action of clew's, in all the folders that it was in. */
  function partsOf(action: string, onOverlap: OnOverlap): Part[] {
    return actionsWith(db(), action).map(({ id, root }) => ({
      root,
      planOn: (now: string) => planUndo(db(), objects, { action: id }, root, now, onOverlap),
    }));
  }
}
