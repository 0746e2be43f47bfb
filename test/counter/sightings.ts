// Everything that was seen in a home, by natural key, with the sessions in which it was seen. Nothing is summed here.
import type { Tokens } from './counts.ts';

/** Ids of one kind of thing, with the sessions that hold each. */
export type Seen = Map<string, Set<string>>;

/** One message as one file tells it. */
export interface MessageSighting {
  readonly file: string;
  readonly session: string;
  model: string;
  /** Milliseconds; 0 for unknown. */
  at: number;
  /** `fast`, or empty. */
  tier: string;
  /** Of the last line. */
  tokens: Tokens;
  stopReason: string | undefined;
  /** The largest sum of tokens over the lines. */
  largest: number;
}

export interface ToolSighting {
  readonly name: string;
  /** The file that it edits, where it is an edit. */
  readonly path: string | undefined;
}

export interface Sightings {
  readonly sessions: Set<string>;
  /** Milliseconds of the latest record of each session. */
  readonly ended: Map<string, number>;
  /** Message key, then file. */
  readonly messages: Map<string, Map<string, MessageSighting>>;
  readonly progressMessages: Map<string, Map<string, MessageSighting>>;
  readonly tools: Map<string, ToolSighting>;
  readonly toolsSeen: Seen;
  readonly progressTools: Map<string, ToolSighting>;
  readonly progressToolsSeen: Seen;
  /** tool_use ids with a result that is no error. */
  readonly succeeded: Seen;
  readonly toolErrors: Seen;
  readonly prompts: Seen;
  readonly commands: Seen;
  readonly bashInputs: Seen;
  readonly interruptions: Seen;
  readonly compactions: Seen;
  readonly microcompactions: Seen;
  readonly apiErrors: Seen;
  files: number;
  badLines: number;
  tornTails: number;
}

export function nothingSeen(): Sightings {
  return {
    sessions: new Set(),
    ended: new Map(),
    messages: new Map(),
    progressMessages: new Map(),
    tools: new Map(),
    toolsSeen: new Map(),
    progressTools: new Map(),
    progressToolsSeen: new Map(),
    succeeded: new Map(),
    toolErrors: new Map(),
    prompts: new Map(),
    commands: new Map(),
    bashInputs: new Map(),
    interruptions: new Map(),
    compactions: new Map(),
    microcompactions: new Map(),
    apiErrors: new Map(),
    files: 0,
    badLines: 0,
    tornTails: 0,
  };
}

export function see(seen: Seen, id: string, session: string): void {
  const sessions = seen.get(id);
  if (sessions) sessions.add(session);
  else seen.set(id, new Set([session]));
}
