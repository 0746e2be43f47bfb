// What the reader of a session's log remembers between events. It is kept as JSON with the source's position, so
// everything in it is bounded.
import { rank } from '../../model/index.ts';
import type { Emit, Place, PlacedRecord, SessionFact, SourceFile } from '../../model/index.ts';
import { text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/** A call whose end has not been seen. */
export interface OpenCall {
  readonly name: string;
  /** What its end cannot be understood without. */
  readonly input?: Json;
}

export interface ReaderState {
  turn?: string;
  /** The latest time seen; events without one are taken to be of then. */
  at: number;
  /** That the agent works with now. */
  model?: string;
  /** Output tokens told by messages so far, by model. */
  output: Record<string, number>;
  calls: Record<string, OpenCall>;
  /** Last told values of the session, so that only what is new is told. */
  told: Record<string, string>;
}

export const freshState = (): ReaderState => ({ at: 0, output: {}, calls: {}, told: {} });

export interface Reading {
  readonly record: PlacedRecord;
  /** What the event tells. */
  readonly data: Json;
  readonly source: SourceFile;
  readonly state: ReaderState;
  readonly emit: Emit;
}

const maxCalls = 256;
const maxModels = 64;

export function openCall(state: ReaderState, id: string, call: OpenCall): void {
  bound(state.calls, maxCalls - 1);
  state.calls[id] = call;
}

/** The call that an end belongs to; it is closed by that. */
export function closeCall(state: ReaderState, id: string): OpenCall | undefined {
  const call = state.calls[id];
  delete state.calls[id];
  return call;
}

export function addOutput(state: ReaderState, model: string, tokens: number): void {
  if (state.output[model] === undefined) bound(state.output, maxModels - 1);
  state.output[model] = (state.output[model] ?? 0) + tokens;
}

/** Leaves so many in a table; the oldest go. */
function bound(table: Record<string, unknown>, limit: number): void {
  const keys = Object.keys(table);
  for (const old of keys.slice(0, Math.max(0, keys.length - limit))) delete table[old];
}

/** An event of a subagent names the call that started it: that is its run. */
export function placeOf({ record, data, source, state }: Reading): Place {
  const at = time(record.value['timestamp']) ?? state.at;
  state.at = Math.max(state.at, at);
  const session = source.session ?? 'unknown';
  const run = text(record.value['agentId']) || text(data['parentToolCallId']) || session;
  const turn = run === session ? state.turn : undefined;
  return { session, run, turn, at, pos: record.pos, rank: rank.transcript };
}

/** The event's own id. */
export const keyOf = ({ record, source }: Reading): string =>
  text(record.value['id']) || `${source.session ?? 'unknown'}:${record.pos}`;

/** Tells a value of the session's, where it is new. */
export function tell(
  reading: Reading,
  name: SessionFact['name'],
  value: string | undefined,
  place = placeOf(reading),
): void {
  const { state, emit } = reading;
  if (!value || state.told[name] === value) return;
  state.told[name] = value;
  emit({ fact: 'session', session: place.session, at: place.at, pos: place.pos, name, value });
}

export function oddity({ record, emit }: Reading, kind: 'unknown-type' | 'wrong-shape', what: string): void {
  emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
}
