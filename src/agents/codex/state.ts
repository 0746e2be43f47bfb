// What the reader of a rollout remembers between records. It is kept as JSON with the source's position, so everything in
// it is bounded.
import { rank } from '../../model/index.ts';
import type { Emit, Place, PlacedRecord, SourceFile } from '../../model/index.ts';
import { hashOf, time } from '../shared/shapes.ts';
import type { Patch } from '../shared/patch.ts';

/** Token counts as Codex adds them up; cached ones are part of `input`, reasoning is part of `output`. */
export interface Totals {
  readonly input: number;
  readonly cached: number;
  readonly written: number;
  readonly output: number;
  readonly reasoning: number;
}

/** A call whose result has not been seen. */
export interface OpenCall {
  readonly name: string;
  /** The command, the plan or the questions: what its result cannot be understood without. */
  readonly input?: unknown;
  /** The patch that it was given, and whether its changes have been told by an event. */
  readonly patch?: string;
  readonly isTold?: boolean;
}

export interface ReaderState {
  /** The thread that the file is of, and the session that it belongs to: that of its root thread. */
  thread?: string;
  session?: string;
  /** While the copied head lasts: the thread that it was copied from, and the time of its last record. */
  head?: { thread: string; last: number };
  /** Where the copied head ends, if that is told. */
  until?: number;
  /** The head is over: no other can follow. */
  isOwn?: boolean;
  /** When the thread was begun, and the one that it was forked from: what is older was copied with its times. */
  forked?: { thread: string; at: number };
  /** What keys of records without an id are made of: the turn's id, before 0.104 the thread's. */
  scope: string;
  /** Key of the entry that the turn began with. */
  turn?: string;
  /** The latest time seen. */
  at: number;
  cwd?: string;
  model?: string;
  /** When the user is asked; `never`, and all that runs is allowed by that. */
  policy?: string;
  tier?: string;
  totals?: Totals;
  /** How often the counter was set back within the scope. */
  resets: number;
  /** The turn whose responses are told one by one (0.169): its running totals tell the same. */
  recorded?: string;
  /** Last told values of the session, so that only what is new is told. */
  told: Record<string, string>;
  calls: Record<string, OpenCall>;
  /** The last script (`exec`), and what its nested patches did to each file so far. */
  script?: string;
  nested: Record<string, Patch>;
  /** How often the scope had the same words, by channel, so that each has a key of its own. */
  words: Record<string, number>;
}

export const freshState = (): ReaderState => ({
  scope: '',
  at: 0,
  resets: 0,
  told: {},
  calls: {},
  nested: {},
  words: {},
});

export interface Reading {
  readonly record: PlacedRecord;
  readonly source: SourceFile;
  readonly state: ReaderState;
  readonly emit: Emit;
  readonly place: Place;
}

const maxCalls = 64;
const maxWords = 512;
const maxNested = 64;

/** Adds to a table of bounded size; the oldest goes. */
function remember<T>(table: Record<string, T>, key: string, value: T, limit: number): void {
  delete table[key];
  table[key] = value;
  for (const old in table) {
    if (Object.keys(table).length <= limit) break;
    delete table[old];
  }
}

export const openCall = (state: ReaderState, id: string, call: OpenCall): void =>
  remember(state.calls, id, call, maxCalls);

export const noteNested = (state: ReaderState, path: string, patch: Patch): void =>
  remember(state.nested, path, patch, maxNested);

/** The call that a result belongs to; it is closed by that. */
export function closeCall(state: ReaderState, id: string): OpenCall | undefined {
  const call = state.calls[id];
  delete state.calls[id];
  return call;
}

/** Begins a turn: what is known of the words and the counter of the one before is of no use any more. */
export function beginScope(state: ReaderState, scope: string): void {
  if (scope === state.scope) return;
  state.scope = scope;
  state.resets = 0;
  state.words = {};
}

/**
 * A key for words without an id that is the same in a copy of the history: made of the turn, the words, and how often the
 * turn had them before. A copy may lack records of other kinds, so they are counted by kind.
 */
export function keyOf(state: ReaderState, kind: string, words: string): string {
  const hash = `${kind}#${hashOf(words).slice(0, 12)}`;
  const n = (state.words[hash] ?? 0) + 1;
  remember(state.words, hash, n, maxWords);
  return `${state.scope}:${hash}${n === 1 ? '' : `.${n}`}`;
}

/** Which session and run a record belongs to. Subagents have no turns of their own. */
export function placeOf(record: PlacedRecord, source: SourceFile, state: ReaderState): Place {
  const at = time(record.value['timestamp']) ?? state.at;
  state.at = Math.max(state.at, at);
  const run = state.thread ?? source.session ?? 'unknown';
  const session = state.session ?? run;
  return {
    session,
    run,
    turn: run === session ? state.turn : undefined,
    at,
    pos: record.pos,
    rank: rank.transcript,
  };
}

export const isMain = (place: Place): boolean => place.run === place.session;

/** Notes something that was kept but not understood. */
export function oddity({ record, emit }: Reading, kind: 'unknown-type' | 'wrong-shape', what: string): void {
  emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
}

/** Tells a value of the session, where it is new. */
export function tell(
  { state, emit, place }: Reading,
  name:
    | 'agent'
    | 'machine'
    | 'workspace'
    | 'branch'
    | 'version'
    | 'entrypoint'
    | 'permissionMode'
    | 'forkedFrom'
    | 'title',
  value: unknown,
): void {
  if (typeof value !== 'string' || value === '' || state.told[name] === value) return;
  state.told[name] = value;
  emit({ fact: 'session', session: place.session, at: place.at, pos: place.pos, name, value });
}
