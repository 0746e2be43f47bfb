// What the reader of a transcript remembers between records. It is kept as JSON with the source's position, so
// everything in it is bounded.
import { rank } from '../../model/index.ts';
import type { Place, PlacedRecord, Rank, SourceFile } from '../../model/index.ts';
import { hashOf, text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';

/** A call whose result has not been seen. */
export interface OpenCall {
  readonly name: string;
  /** What its result cannot be understood without: the command of a commit, the questions asked. */
  readonly input?: Json;
  /** Hash of the prompt that a subagent was started with. */
  readonly prompt?: string;
}

export interface ReaderState {
  turn?: string;
  /** The latest time seen; records without one are taken to be of then. */
  at: number;
  session?: string;
  version?: string;
  lastUuid?: string;
  /** How much of a message whose output count is not final has been read. */
  written?: { message: string; chars: number };
  /** The skill that the agent loaded last; its text comes in a record of its own. */
  skill?: { call: string; name: string; args?: string };
  /** Last told values of the session, so that only what is new is told. */
  told: Record<string, string>;
  calls: Record<string, OpenCall>;
  /** Of inline sidechains (1.0.x): record uuid → run. */
  sidechains: Record<string, string>;
  /** Of inline sidechains that have begun, and whose call has no result yet: run → hash of its prompt. */
  begun: Record<string, string>;
  /** The first record of an `agent-*.jsonl`: its session id is not to be trusted before the second agrees. */
  held?: { value: Json; pos: number; line: number };
}

const maxCalls = 256;
const maxSidechains = 512;
const maxBegun = 64;

export const freshState = (): ReaderState => ({ at: 0, told: {}, calls: {}, sidechains: {}, begun: {} });

/** Adds to a table of bounded size; the oldest goes. */
export function remember<T>(table: Record<string, T>, key: string, value: T, limit: number): void {
  table[key] = value;
  const keys = Object.keys(table);
  if (keys.length > limit) for (const old of keys.slice(0, keys.length - limit)) delete table[old];
}

export function openCall(state: ReaderState, id: string, call: OpenCall): void {
  remember(state.calls, id, call, maxCalls);
}

/** The call that a result belongs to; it is closed by that. */
export function closeCall(state: ReaderState, id: string): OpenCall | undefined {
  const call = state.calls[id];
  delete state.calls[id];
  return call;
}

/** Which session, run and turn a record belongs to. */
export function placeOf(
  record: PlacedRecord,
  source: SourceFile,
  state: ReaderState,
  how: Rank = rank.transcript,
): Place {
  const r = record.value;
  const at = time(r['timestamp']) ?? state.at;
  state.at = Math.max(state.at, at);
  const session = source.session ?? text(r['sessionId']) ?? state.session ?? 'unknown';
  const run = source.run ?? runOf(r, state) ?? session;
  const isRepeat = source.run?.startsWith('acompact') ?? false;
  return {
    session,
    run,
    turn: run === session ? state.turn : undefined,
    at,
    pos: record.pos,
    rank: isRepeat ? rank.repeat : how,
  };
}

/** The subagent of a record within a session's own file. */
function runOf(r: Json, state: ReaderState): string | undefined {
  if (r['isSidechain'] !== true) return undefined;
  const agent = text(r['agentId']);
  if (agent) return agent;
  const uuid = text(r['uuid']) ?? '';
  const parent = text(r['parentUuid']);
  const run = (parent && state.sidechains[parent]) ?? `side-${parent ?? uuid}`;
  remember(state.sidechains, uuid, run, maxSidechains);
  return run;
}

/** The call that began a sidechain, if it is the only open one that was made with the sidechain's prompt. */
export function beginSidechain(state: ReaderState, run: string, prompt: string): string | undefined {
  const hash = hashOf(prompt.trim());
  remember(state.begun, run, hash, maxBegun);
  const calls = Object.keys(state.calls).filter((id) => state.calls[id]?.prompt === hash);
  return calls.length === 1 ? calls[0] : undefined;
}

/** The sidechain of a call that has ended. It is written as a whole just before the call's result, so it is the last. */
export function endSidechain(state: ReaderState, call: OpenCall | undefined): string | undefined {
  if (call?.prompt === undefined) return undefined;
  const run = Object.keys(state.begun).findLast((one) => state.begun[one] === call.prompt);
  if (run !== undefined) delete state.begun[run];
  return run;
}
