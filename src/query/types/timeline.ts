// What was said and done, in order: the lines of a session, or of a turn.
import type { EntryKind, Tokens } from '../../model/index.ts';
import type { OperationRow } from './operations.ts';

/** A line of the timeline. Changes and errors of operations are within `operation`, not lines of their own. */
export interface TimelineEntry {
  readonly key: string;
  readonly kind: EntryKind;
  readonly at: string | null;
  readonly session: string;
  /** The agent run; the session's id for the main agent. */
  readonly run: string;
  /** How deep the run is in the tree of runs: 0 for the main agent. */
  readonly depth: number;
  /** Key of the prompt that began the turn. */
  readonly turn: string | null;
  readonly text: string;
  readonly detail: unknown;
  readonly operation?: OperationRow;
}

export interface Timeline {
  readonly session: string;
  readonly entries: readonly TimelineEntry[];
}

/** One turn: the prompt, and everything done in answer to it, subagents included. */
export interface TurnDetail {
  readonly id: string;
  readonly session: string;
  readonly number: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly prompt: string;
  readonly tokens: Tokens;
  readonly entries: readonly TimelineEntry[];
}
