// What the reader of a chat remembers between records. It is kept as JSON with the source's position, so everything in
// it is bounded.
import path from 'node:path';
import { rank } from '../../model/index.ts';
import type { Emit, Place, PlacedRecord, Rank, SourceFile } from '../../model/index.ts';
import { time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export interface ReaderState {
  turn?: string;
  /** The latest time seen; records without one are taken to be of then. */
  at: number;
  session?: string;
  /** SHA-256 of the project's folder, until the folder is found. */
  folderHash?: string;
  /** How many paths were looked at for it. */
  tries: number;
  /** Whether what begins a subagent has been told. */
  begun?: boolean;
  /** Last told values of the session, so that only what is new is told. */
  told: Record<string, string>;
}

export const freshState = (): ReaderState => ({ at: 0, tries: 0, told: {} });

export interface Reading {
  readonly record: PlacedRecord;
  readonly source: SourceFile;
  readonly state: ReaderState;
  readonly emit: Emit;
}

/** Of whom a source tells: the session, and the run within it. */
export function whose({ source, state }: Reading): { readonly session: string; readonly run: string } {
  // A chat without its first line is at least one session.
  const session = source.session ?? state.session ?? path.parse(source.path).name;
  return { session, run: source.run ?? session };
}

export function placeOf(reading: Reading, value: Json, how: Rank = rank.transcript): Place {
  const { state, record } = reading;
  const at = time(value['timestamp']) ?? state.at;
  state.at = Math.max(state.at, at);
  const { session, run } = whose(reading);
  return { session, run, turn: run === session ? state.turn : undefined, at, pos: record.pos, rank: how };
}

/** Tells a value of the session's, where it is new. */
export function tell(
  reading: Reading,
  name: 'agent' | 'machine' | 'title' | 'workspace',
  value: string | undefined,
  weight?: number,
): void {
  const { state, emit, record } = reading;
  if (!value || state.told[name] === value) return;
  state.told[name] = value;
  const { session } = whose(reading);
  emit({
    fact: 'session',
    session,
    at: state.at,
    pos: record.pos,
    name,
    value,
    ...(weight !== undefined && { weight }),
  });
}

export function oddity({ record, emit }: Reading, kind: 'unknown-type' | 'wrong-shape', what: string): void {
  emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
}
