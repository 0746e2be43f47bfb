// Operations as they are told: with their changes, what they used, and whether they were allowed.
import type { AgentName, OperationStatus, OperationType, Tokens } from '../../model/index.ts';
import type { Cost } from './sessions.ts';
import type { EffectRow } from './checkpoints.ts';

export interface ChangeRow {
  readonly path: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly added: number;
  readonly removed: number;
  /** Unified diff hunks. */
  readonly diff: string;
  /** True where the diff is not the whole change. */
  readonly partial: boolean;
  /** The undo that took it back, where it still stands. */
  readonly undoOperationId: string | null;
}

export interface OperationRow {
  readonly id: string;
  readonly name: string;
  readonly type: OperationType;
  readonly target: string;
  readonly description: string | null;
  readonly status: OperationStatus;
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  /** `agent`: measured by it; `times`: the time between call and result, waiting for the user included. */
  readonly durationFrom: 'agent' | 'times' | null;
  readonly error: string | null;
  readonly approval: 'approved' | 'denied' | null;
  readonly approvedBy: string | null;
  /** The agent run that it started. */
  readonly spawned: string | null;
  /** Operations with the same batch ran side by side. */
  readonly batch: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly changes: readonly ChangeRow[];
}

/** An operation's part of the response that asked for it. */
export interface OperationUse {
  readonly tokens: Tokens;
  readonly cost: Cost;
  /** How many calls that response asked for: its tokens and cost are shared evenly among them, and add up to it. */
  readonly sharedAmong: number;
}

/** Whether an operation was allowed, what came of it, and what it used. */
export interface OperationAccount {
  /** null where the records do not tell. */
  readonly approved: boolean | null;
  /** In a few words. */
  readonly result: string | null;
  /** null where the response that asked for it is not known. */
  readonly use: OperationUse | null;
}

/** An operation in a list. */
export interface ListedOperation extends Omit<OperationRow, 'changes'>, OperationAccount {
  readonly session: string;
  readonly run: string;
  readonly turn: string | null;
  readonly agent: AgentName | null;
  readonly filesChanged: number;
}

export interface OperationDetail extends OperationRow, OperationAccount {
  readonly session: string;
  readonly run: string;
  readonly turn: string | null;
  /** Id of the API response that asked for it. */
  readonly message: string | null;
  /** Where its record stands: the stream's source file, and the byte offset in the stream's content. */
  readonly record: { readonly source: string; readonly path: string; readonly pos: number };
  /** Whole contents before and after, where the records hold them; only when asked for one operation. */
  readonly contents?: readonly {
    readonly path: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** Whether `clew undo` could take its changes back as the files are now; false where it changed none. */
  readonly canUndo?: boolean;
  /** What it did to files, as the checkpoints around it tell. */
  readonly effects?: readonly EffectRow[];
}
