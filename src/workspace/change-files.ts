// Every change that clew makes to a project's files goes this way: a checkpoint, the journal, the steps, a checkpoint,
// the record.
import { randomUUID } from 'node:crypto';
import type { ActionKind, Context } from '../model/index.ts';
import { dropIntoSpool } from '../stream/index.ts';
import { applySteps, finishSteps } from './apply.ts';
import type { FileStep, Left } from './apply.ts';
import { dropJournal, readJournal, writeJournal } from './journal.ts';
import type { JournalEntry } from './journal.ts';
import type { Objects } from './objects.ts';
import { hasInner } from './left-out.ts';
import { noteCheckpoint, takeCheckpoint, takeTree } from './take.ts';

/** What is done, for the record. */
export interface Intent {
  readonly kind: ActionKind;
  readonly title: string;
  /** The session in whose timeline it is shown. */
  readonly session: string | null;
  readonly operations: readonly string[];
  readonly reverts: string | null;
  readonly detail?: unknown;
}

/** What was done, and files that could not be changed. */
export interface Done {
  readonly id: string;
  /** The tree of the files afterwards. */
  readonly after: string;
  readonly left: readonly Left[];
}

/** Carries out steps that were planned on the tree `before`. Throws CONFLICT where files changed since; then nothing is. */
export function changeFiles(
  context: Context,
  objects: Objects,
  root: string,
  before: string,
  steps: readonly FileStep[],
  intent: Intent,
): Done {
  const id = randomUUID();
  const record = { ...intent, id, root, before };
  const entry = { id, pid: process.pid, root, steps, record };
  writeJournal(context.clewHome, entry);
  try {
    const left = applySteps(root, objects, steps);
    // The files are what the steps made them; a look at all of them would tell no more.
    const after = left.length > 0 ? takeTree(context, root) : objects.treeWith(before, steps);
    objects.protect(after);
    conclude(context, entry, after);
    return { id, left, after };
  } catch (error) {
    if ((error as { code?: string }).code === 'CONFLICT') dropJournal(context.clewHome, id);
    throw error;
  }
}

function conclude(context: Context, { id, root, record }: JournalEntry, tree: string): void {
  const told = { trigger: String(record['kind']) };
  // Where repositories lie inside, the checkpoint tells of them, too.
  if (hasInner(context.clewHome, root)) takeCheckpoint(context, root, told);
  else noteCheckpoint(context, root, tree, told);
  dropIntoSpool(context.clewHome, 'clew', JSON.stringify({ ...record, after: tree }));
  dropJournal(context.clewHome, id);
}

/** What was finished at the start of this command, with files that somebody changed meanwhile and that stay as they are. */
export interface Recovered {
  readonly title: string;
  readonly root: string;
  readonly left: readonly Left[];
}

/** Finishes what dead processes left in the journal. Two at once do the same. */
export function recoverJournal(context: Context, objects: Objects): Recovered[] {
  const open = readJournal(context.clewHome).filter(
    (entry) => entry.pid !== process.pid && !isAlive(entry.pid),
  );
  return open.map((entry) => {
    const left = finishSteps(entry.root, objects, entry.steps);
    conclude(context, entry, takeTree(context, entry.root));
    return { title: String(entry.record['title']), root: entry.root, left };
  });
}

/** The state of the files before clew changes them, noted as a checkpoint. */
export function checkpointBefore(context: Context, root: string, kind: ActionKind): string {
  return takeCheckpoint(context, root, { trigger: `before-${kind}` }).tree;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
