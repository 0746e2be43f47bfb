// What the slow counters of agents other than Claude Code say.

export interface Usage {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

export interface AgentCounts {
  readonly sessions: readonly string[];
  prompts: number;
  messages: number;
  /** Of every model, and of every session. */
  readonly models: Record<string, Usage>;
  readonly bySession: Record<string, Usage>;
  readonly tools: Record<string, number>;
  toolErrors: number;
  readonly filesEdited: Set<string>;
}

export const noCounts = (sessions: readonly string[]): AgentCounts => ({
  sessions,
  prompts: 0,
  messages: 0,
  models: {},
  bySession: {},
  tools: {},
  toolErrors: 0,
  filesEdited: new Set(),
});

/** Counts one message. */
export function addUp(counts: AgentCounts, session: string, model: string, usage: Usage): void {
  counts.messages++;
  addUsage(counts.models, model, usage);
  addUsage(counts.bySession, session, usage);
}

export function addUsage(to: Record<string, Usage>, key: string, usage: Usage): void {
  const sum = (to[key] ??= { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 });
  for (const kind of ['input', 'output', 'cacheRead', 'cacheWrite'] as const) sum[kind] += usage[kind];
}
