// What one batch of one source tells, as rows: each thing once. Workers make them, the projector writes them.
import type {
  ActionFact,
  CheckpointFact,
  OperationStatus,
  Place,
  RecordFact,
  SessionFact,
} from '../model/index.ts';

export interface EntryRow {
  readonly key: string;
  readonly kind: string;
  readonly place: Place;
  readonly text: string;
  readonly detail: string | null;
}

export interface MessageRow {
  readonly id: string;
  readonly place: Place;
  model: string;
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  outputFinal: number;
  stopReason: string | null;
  tier: string;
  /** Micro-dollars. */
  reported: number | null;
  /** Characters of content. */
  chars: number;
  /** The tokens to be paid for, as JSON, where they are not those counted. */
  charged: string | null;
  rest: number;
}

/** What one batch tells of an operation. `…By` says how much the channel's word weighs: 2 transcript, 1 hook, 0 none. */
export interface OperationRow {
  readonly id: string;
  place: Place;
  name: string;
  type: string;
  message: string | null;
  description: string | null;
  status: OperationStatus;
  statusBy: number;
  isError: number;
  resultAt: number;
  durationMs: number | null;
  durationBy: number;
  spawned: string | null;
  batch: string | null;
  detail: string | null;
  approval: string | null;
  approvalBy: string | null;
}

export interface ChangeRow {
  readonly operation: string;
  readonly path: string;
  readonly kind: string;
  readonly added: number;
  readonly removed: number;
  readonly partial: number;
}

export interface RunRow {
  readonly session: string;
  readonly id: string;
  readonly type: string | null;
  readonly description: string | null;
  readonly model: string | null;
  readonly operation: string | null;
  readonly parent: string | null;
  readonly status: string | null;
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface SessionValueRow {
  readonly session: string;
  readonly name: SessionFact['name'];
  readonly value: string;
  weight: number;
  firstAt: number;
  lastAt: number;
}

export interface OddityRow {
  readonly kind: string;
  readonly what: string;
  count: number;
  readonly line: number;
  readonly pos: number;
}

export type CheckpointRow = Omit<CheckpointFact, 'fact'>;
export type ActionRow = Omit<ActionFact, 'fact'>;
export type RecordRow = Omit<RecordFact, 'fact'>;

export interface Condensed {
  readonly entries: readonly EntryRow[];
  readonly messages: readonly MessageRow[];
  readonly operations: readonly OperationRow[];
  readonly changes: readonly ChangeRow[];
  readonly runs: readonly RunRow[];
  readonly values: readonly SessionValueRow[];
  readonly oddities: readonly OddityRow[];
  readonly checkpoints: readonly CheckpointRow[];
  readonly actions: readonly ActionRow[];
  readonly records: readonly RecordRow[];
}
