// What the reader of a session remembers between records. It is kept as JSON with the source's position, so everything in
// it is bounded.
import { rank } from '../../model/index.ts';
import type { Emit, Place, PlacedRecord, SourceFile } from '../../model/index.ts';
import { hashOf, number, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

export interface ReaderState {
  /** When the session's first message was made. */
  first?: number;
  turn?: string;
  turnAt?: number;
  /** The latest time seen; records without one are taken to be of then. */
  at: number;
  /** Of prompts' messages: the turn that answers to them belong to. */
  turns: Record<string, string>;
  /** Last told values of the session, so that only what is new is told. */
  told: Record<string, string>;
  /** What was called in the latest step, and which files its own calls have told changes of. */
  step?: { message: string; shells: string[]; agents: number; files: string[] };
}

const maxTurns = 64;

export const freshState = (): ReaderState => ({ at: 0, turns: {}, told: {} });

export interface Reading {
  readonly record: PlacedRecord;
  readonly source: SourceFile;
  readonly state: ReaderState;
  readonly emit: Emit;
}

/** Notes something that was kept but not understood. */
export function oddity({ record, emit }: Reading, kind: 'unknown-type' | 'wrong-shape', what: string): void {
  emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
}

export const sessionOf = ({ session }: SourceFile): string => session ?? 'unknown';
export const runOf = (source: SourceFile): string => source.run ?? sessionOf(source);
export const isMain = (source: SourceFile): boolean => runOf(source) === sessionOf(source);

/** A time of OpenCode's, milliseconds; undefined where it is none. */
export function timeOf(value: unknown): number | undefined {
  const n = number(value);
  return n !== undefined && n > 0 && n < 1e14 ? Math.trunc(n) : undefined;
}

export function placeOf(
  { record, source, state }: Reading,
  at: number | undefined,
  turn = state.turn,
): Place {
  const time = at ?? state.at;
  state.at = Math.max(state.at, time);
  return {
    session: sessionOf(source),
    run: runOf(source),
    turn: isMain(source) ? turn : undefined,
    at: time,
    pos: record.pos,
    rank: rank.transcript,
  };
}

/**
 * The key of a message. A fork copies messages under new ids, but with their times: so a message is known by when it was
 * made, within a conversation that is known by when it began. Subagents are not copied, and many may begin at once: of
 * those it is their id that counts.
 */
export function messageKey({ source, state, record }: Reading, message: Json): string {
  const created = timeOf(message['created']);
  const role = text(message['role']) ?? '';
  if (created === undefined)
    return `msg_${hashOf(text(message['id']) ?? `${runOf(source)}:${record.pos}`).slice(0, 20)}`;
  state.first ??= created;
  const scope = isMain(source) ? state.first : runOf(source);
  return `msg_${hashOf(`${scope} ${created} ${role}`).slice(0, 20)}`;
}

/** The turn that a message of the agent's belongs to. */
export const turnOf = ({ state }: Reading, message: Json): string | undefined =>
  state.turns[text(message['parentID']) ?? ''] ?? state.turn;

/** A message of the user's begins a turn, or goes on with the one that is. */
export function rememberTurn({ state }: Reading, message: Json, begun: string | undefined): void {
  const at = timeOf(message['created']) ?? 0;
  // Rows that changed are told again.
  if (begun !== undefined && at >= (state.turnAt ?? 0)) {
    state.turn = begun;
    state.turnAt = at;
  }
  const id = text(message['id']);
  const turn = begun ?? state.turn;
  if (id === undefined || turn === undefined || (begun === undefined && id in state.turns)) return;
  state.turns[id] = turn;
  const ids = Object.keys(state.turns);
  for (const old of ids.slice(0, Math.max(0, ids.length - maxTurns))) delete state.turns[old];
}
