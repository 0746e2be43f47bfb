// What the reader remembers between lines; it is kept as JSON with the source's position, so all of it is bounded.
import { knownEvents } from '../../model/events/index.ts';
import type { KnownEvents } from '../../model/events/index.ts';
import { rank } from '../../model/index.ts';
import type { Emit, Place, PlacedRecord, SessionFact, SourceFile } from '../../model/index.ts';
import { isObject, number, text } from '../shared/shapes.ts';
import type { Invoked } from './bus.ts';

/** The latest run of an agent. */
export interface AgentAtWork extends Invoked {
  readonly run: string;
  readonly isOpen: boolean;
}

export interface ReaderState {
  /** The latest time seen. */
  at: number;
  project: string | undefined;
  /** The session that was told of last, and whether it has a title. */
  session: string | undefined;
  titled: boolean;
  readonly agents: Map<string, AgentAtWork>;
  readonly known: KnownEvents;
}

const maxAgents = 100;
/** Names and reasons may be long. */
const maxText = 300;

export function stateOf(saved: unknown): ReaderState {
  const told = isObject(saved) ? saved : {};
  return {
    at: number(told['at']) ?? 0,
    project: text(told['project']),
    session: text(told['session']),
    titled: told['titled'] === true,
    agents: new Map(Array.isArray(told['agents']) ? (told['agents'] as [string, AgentAtWork][]) : []),
    known: knownEvents(told['known']),
  };
}

export const savedState = ({ agents, known, ...state }: ReaderState): unknown => ({
  ...JSON.parse(JSON.stringify(state)),
  agents: [...agents],
  known: known.state(),
});

export const agentName = (session: string, agent: string): string => `${session}|${agent}`.slice(0, 200);

export function noteAgent(state: ReaderState, name: string, agent: AgentAtWork): void {
  state.agents.delete(name);
  state.agents.set(name, {
    ...agent,
    invokedBy: agent.invokedBy.slice(0, maxText),
    reason: agent.reason.slice(0, maxText),
  });
  const [oldest] = state.agents.keys();
  if (state.agents.size > maxAgents && oldest !== undefined) state.agents.delete(oldest);
}

export interface Reading {
  readonly record: PlacedRecord;
  readonly source: SourceFile;
  readonly state: ReaderState;
  readonly emit: Emit;
}

export const placeIn = ({ record, state }: Reading, session: string, run = session): Place => ({
  session,
  run,
  turn: undefined,
  at: state.at,
  pos: record.pos,
  rank: rank.transcript,
});

export function say(
  { record, state, emit }: Reading,
  session: string,
  name: SessionFact['name'],
  value: string,
  weight = 0,
): void {
  emit({ fact: 'session', session, at: state.at, pos: record.pos, name, value, weight });
}

/** Says of whom is told. */
export function introduce(reading: Reading, session: string): void {
  const { state, source } = reading;
  say(reading, session, 'activity', '');
  if (state.session === session) return;
  state.session = session;
  state.titled = false;
  say(reading, session, 'agent', source.agent);
  say(reading, session, 'machine', source.machine);
  if (state.project !== undefined) say(reading, session, 'workspace', state.project);
}

export function oddity(
  { record, emit }: Reading,
  kind: 'unknown-type' | 'wrong-shape' | 'bad-line',
  what: string,
): void {
  emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
}
