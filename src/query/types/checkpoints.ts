// The states of a project’s files, and what differs between two of them.
import type { InnerRepository, LeftOut } from '../../model/index.ts';

/** The state of a project's files at one moment. */
export interface CheckpointRow {
  readonly id: string;
  readonly at: string | null;
  /** The folder that it is of. */
  readonly root: string;
  /** A hook's event, `manual`, or what clew was about to do, or had done. */
  readonly trigger: string;
  readonly session: string | null;
  readonly run: string | null;
  /** The turn that the session was in. */
  readonly turn: string | null;
  /** The operation before or after which it was taken. */
  readonly operation: string | null;
  /** null where it could not be taken; `why` says why. */
  readonly tree: string | null;
  readonly head: string | null;
  readonly branch: string | null;
  /** Tokens of all kinds that the session had used by then. */
  readonly tokens: number | null;
  /** How many files differ from the checkpoint before. */
  readonly changed: number;
  readonly late: boolean;
  readonly why: string | null;
  readonly message: string | null;
}

export interface CheckpointFilter {
  readonly session?: string | undefined;
  readonly root?: string | undefined;
  readonly limit?: number | undefined;
}

/** A file that differs between a checkpoint and the one before it. */
export interface EffectRow {
  readonly checkpoint: string;
  /** Relative to the project's folder. */
  readonly path: string;
  readonly kind: 'create' | 'update' | 'delete';
  /** Ids of the contents in clew's object store, and git's modes; null where there is no file. */
  readonly before: string | null;
  readonly after: string | null;
  readonly beforeMode: string | null;
  readonly afterMode: string | null;
  /**
   * `shared`: by several operations that ran at once, and cannot be told apart; `unknown`: by those operations, if any is
   * known, or by the user.
   */
  readonly by: 'operation' | 'shared' | 'clew' | 'user' | 'unknown';
  readonly operations: readonly string[];
}

export interface CheckpointDetail extends CheckpointRow {
  /** What differs from the checkpoint before, and whose doing it is. */
  readonly effects: readonly EffectRow[];
  /** Repositories inside, at their commits; their files are checkpoints of their own, with these trees. */
  readonly inner: readonly InnerRepository[];
  /** What it does not hold, a hundred at most, and how many more. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutMore: number;
}
