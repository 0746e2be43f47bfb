// What clew itself tells of a project's files: their state at a moment, and what clew did to them.
import type { InnerRepository, LeftOut } from './left-out.ts';

/** The state of a project's files was taken, or could not be: then `tree` is null and `why` says so. */
export interface CheckpointFact {
  readonly fact: 'checkpoint';
  readonly key: string;
  readonly at: number;
  readonly pos: number;
  /** The folder that it is of. */
  readonly root: string;
  /** What it was taken at: a hook's event, or `manual`, `undo`, `redo`, `restore`, `branch`, `watch`. */
  readonly trigger: string;
  readonly session: string | null;
  readonly run: string | null;
  /** The operation before or after which it was taken. */
  readonly operation: string | null;
  /** The git tree with the files, in clew's object store. */
  readonly tree: string | null;
  /** The project's HEAD commit and branch, as far as they were looked up. */
  readonly head: string | null;
  readonly branch: string | null;
  /** Finished after the hook had returned: what was changed meanwhile may be in it. */
  readonly late: boolean;
  readonly why: string | null;
  readonly message: string | null;
  /** Repositories inside, which have checkpoints of their own. */
  readonly inner: readonly InnerRepository[];
  /** A hundred at most, and how many more there were. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutMore: number;
}

/** What clew itself did to a project's files: from one tree to another. */
export interface ActionFact {
  readonly fact: 'action';
  readonly key: string;
  readonly at: number;
  readonly pos: number;
  readonly root: string;
  readonly kind: ActionKind;
  /** What was undone, redone, restored or branched from, in words for people. */
  readonly title: string;
  /** The operations taken back, or brought back. */
  readonly operations: readonly string[];
  /** The action that this one takes back. */
  readonly reverts: string | null;
  readonly before: string;
  readonly after: string;
  /** Small JSON of the kind's own. */
  readonly detail: unknown;
}
export const actionKinds = ['undo', 'redo', 'restore', 'branch'] as const;
export type ActionKind = (typeof actionKinds)[number];
