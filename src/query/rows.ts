// From the index's rows to what clew answers.
import { toMicros } from '../model/index.ts';
import type { Tokens } from '../model/index.ts';
import type { Cost, SessionRow, SessionStatus } from './types.ts';

/** What is known of agents' processes at the moment: whether the one of a session runs, or is gone without an end. */
export type Processes = ReadonlyMap<string, 'running' | 'gone'>;

/** The moment that a question is asked at. */
export interface Moment {
  readonly now: number;
  readonly processes: Processes;
}

/** Without other signs, a session that was written to in this time is taken to go on. */
const activeMs = 10 * 60_000;

export const iso = (ms: number | null | undefined): string | null => (ms ? new Date(ms).toISOString() : null);

export interface TokenColumns {
  readonly input: number | null;
  readonly output: number | null;
  readonly cache_read: number | null;
  readonly cache_write_5m: number | null;
  readonly cache_write_1h: number | null;
}

/** SQL that sums the token columns of a table under the names of `TokenColumns`. */
export const sumTokens =
  'sum(input) AS input, sum(output) AS output, sum(cache_read) AS cache_read, sum(cache_write_5m) AS cache_write_5m, sum(cache_write_1h) AS cache_write_1h';

export const tokensOf = (row: TokenColumns): Tokens => ({
  input: row.input ?? 0,
  output: row.output ?? 0,
  cacheRead: row.cache_read ?? 0,
  cacheWrite5m: row.cache_write_5m ?? 0,
  cacheWrite1h: row.cache_write_1h ?? 0,
});

/** Sums of picodollars in two parts, as together they may be more than a number holds. */
export interface CostColumns {
  readonly cost: number | null;
  readonly cost_rest: number | null;
  readonly high: number | null;
  readonly high_rest: number | null;
  readonly unpriced: number | null;
  readonly reported: number | null;
}

/** SQL that sums the cost columns of `usage` under the names of `CostColumns`. */
export const sumCosts =
  'sum(cost) / 1000000 AS cost, sum(cost) % 1000000 AS cost_rest, sum(cost_high) / 1000000 AS high, sum(cost_high) % 1000000 AS high_rest, sum(unpriced) AS unpriced, nullif(sum(reported), 0) AS reported';

export const costOf = (row: CostColumns): Cost => ({
  computed: toMicros(row.cost ?? 0, row.cost_rest ?? 0),
  highest: toMicros(row.high ?? 0, row.high_rest ?? 0),
  unpricedTokens: row.unpriced ?? 0,
  reported: row.reported,
});

export interface StoredSession extends TokenColumns {
  readonly id: string;
  readonly agent: string;
  readonly version: string | null;
  readonly machine: string;
  readonly project: string | null;
  readonly workspace: string | null;
  readonly branch: string | null;
  readonly entrypoint: string | null;
  readonly permission_mode: string | null;
  readonly title: string | null;
  readonly parent: string | null;
  readonly started_at: number;
  readonly ended_at: number;
  readonly end_reason: string | null;
  readonly models: string;
  readonly turns: number;
  readonly messages: number;
  readonly messages_seen: number;
  readonly operations: number;
  readonly errors: number;
  readonly api_errors: number;
  readonly compactions: number;
  readonly output_final: number;
  readonly cost: number;
  readonly cost_high: number;
  readonly unpriced: number;
  readonly reported: number | null;
  readonly kept: string | null;
  readonly state: string | null;
  readonly goal: string | null;
  readonly user: string | null;
  readonly agent_name: string | null;
  readonly agent_type: string | null;
  readonly model: string | null;
  readonly model_tier: string | null;
  readonly temperature: string | null;
  readonly initial_prompt: string | null;
  readonly metadata: string | null;
}

export function statusOf(row: StoredSession, { now, processes }: Moment): SessionStatus {
  const process = processes.get(row.id);
  // What is said by hand counts, but for an agent inside that is gone before anybody said that it is over.
  if (row.state === 'active') return process === 'gone' ? 'interrupted' : 'active';
  if (row.state !== null) return row.state as SessionStatus;
  if (process === 'running') return 'active';
  if (process === 'gone') return 'interrupted';
  if (row.end_reason !== null) return 'completed';
  return now - row.ended_at < activeMs ? 'active' : 'completed';
}

export function sessionRow(row: StoredSession, moment: Moment): SessionRow {
  return {
    id: row.id,
    agent: row.agent,
    agentVersion: row.version,
    project: row.project,
    workspace: row.workspace,
    branch: row.branch,
    status: statusOf(row, moment),
    startedAt: iso(row.started_at),
    endedAt: iso(row.ended_at),
    exitReason: row.end_reason,
    models: JSON.parse(row.models) as string[],
    title: row.title,
    goal: row.goal,
    turns: row.turns,
    messages: row.messages,
    operations: row.operations,
    errors: row.errors,
    apiErrors: row.api_errors,
    compactions: row.compactions,
    tokens: tokensOf(row),
    outputIsLowerBound: row.output_final === 0,
    cost: {
      computed: toMicros(0, row.cost),
      highest: toMicros(0, row.cost_high),
      unpricedTokens: row.unpriced,
      reported: row.reported,
    },
    parentSessionId: row.parent,
    machine: row.machine,
    entrypoint: row.entrypoint,
    permissionMode: row.permission_mode,
    recordedAs: row.kept,
  };
}
