// What the counters say. Plain numbers and lists, so that two counters can be compared with toEqual.

export interface Tokens {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
}

/** What people and tools did, each thing once by its own id. */
export interface Tally {
  prompts: number;
  commands: number;
  bashInputs: number;
  interruptions: number;
  /** Distinct tool_use ids by the tool's name. */
  tools: Record<string, number>;
  toolErrors: number;
  compactions: number;
  microcompactions: number;
  apiErrors: number;
  /** Sorted paths. */
  filesEdited: string[];
}

/** What is told in progress records and nowhere else. */
export interface ProgressOnly {
  messages: number;
  tokens: Tokens;
  tools: Record<string, number>;
}

/** The tally itself holds all that stands in the session's files, copied history included. */
export interface SessionCounts extends Tally {
  messagesSeen: number;
  messagesOwned: number;
  /** Of the messages owned. */
  tokens: Tokens;
  /** The part of the tally that no session which ended earlier holds too. */
  owned: Tally;
  /** Owned ones. */
  progressOnly: ProgressOnly;
}

export interface Counts extends Tally {
  /** Sorted ids. */
  sessionIds: string[];
  sessions: Record<string, SessionCounts>;
  files: number;
  /** Complete lines that are not a JSON object. */
  badLines: number;
  /** Last lines without a newline that do not parse: torn, or still being written. */
  tornTails: number;
  messages: number;
  tokens: Tokens;
  models: Record<string, { messages: number; tokens: Tokens }>;
  /** Messages whose counted line has no stop_reason. */
  partial: number;
  filesDisagree: number;
  lastNotMax: number;
  progressOnly: ProgressOnly;
}

export function noTokens(): Tokens {
  return { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
}

export function addTokens(to: Tokens, more: Tokens): void {
  to.input += more.input;
  to.output += more.output;
  to.cacheRead += more.cacheRead;
  to.cacheWrite5m += more.cacheWrite5m;
  to.cacheWrite1h += more.cacheWrite1h;
}

export function sumTokens(t: Tokens): number {
  return t.input + t.output + t.cacheRead + t.cacheWrite5m + t.cacheWrite1h;
}

export function sameTokens(a: Tokens, b: Tokens): boolean {
  return (
    a.input === b.input &&
    a.output === b.output &&
    a.cacheRead === b.cacheRead &&
    a.cacheWrite5m === b.cacheWrite5m &&
    a.cacheWrite1h === b.cacheWrite1h
  );
}
