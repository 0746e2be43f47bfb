// What `clew stats` answers. Times are milliseconds, money micro-dollars; docs/json.md describes the shapes, docs/stats.md
// says how the numbers come about.
import type { Tokens } from '../../model/index.ts';
import type { Cost, SessionFilter } from '../types.ts';

/** Sessions that match, and of these what was done at or after `since` and at or before `until`. */
export type StatsFilter = Pick<SessionFilter, 'project' | 'agent' | 'model' | 'since' | 'until'>;

export interface Durations {
  readonly average: number;
  readonly p95: number;
  readonly p99: number;
  readonly longest: number;
}

/** How calls ended. */
export interface Outcomes {
  readonly calls: number;
  readonly success: number;
  readonly failed: number;
  /** Denied by the user or a rule. */
  readonly blocked: number;
  readonly interrupted: number;
  /** Of those that succeeded or failed, the share that succeeded, 0 to 1; null where there are none. */
  readonly successRate: number | null;
}

/** The part of responses that asked for these calls: a response that asked for three is shared by the three. */
export interface Share {
  readonly tokens: number;
  readonly cost: number;
}

export interface ToolStats extends Outcomes, Share {
  readonly name: string;
  readonly type: string;
  /** Null where no duration is known. */
  readonly durations: Durations | null;
}

export interface AgentStats extends Outcomes {
  readonly agent: string;
  /** `main`, or the type of subagent. */
  readonly type: string;
  readonly runs: number;
  readonly messages: number;
  readonly tokens: Tokens;
  readonly cost: Cost;
}

export interface ErrorPattern {
  /** The first telling line, with what differs from case to case taken out. */
  readonly shape: string;
  readonly example: string;
  readonly count: number;
  readonly sessions: number;
  readonly tools: readonly string[];
  /** Files that the failed calls were about; those met most often first. */
  readonly files: readonly string[];
  readonly lastAt: string | null;
  /** How often the same thing was done again later in the session, with success. */
  readonly fixed: number;
  /** What was done in between, in words, and how often; the most frequent first. */
  readonly fixedBy: readonly { readonly what: string; readonly count: number }[];
  /** One of the operations. */
  readonly operation: string;
}

export interface FileStats {
  readonly path: string;
  readonly changes: number;
  readonly sessions: number;
  readonly added: number;
  readonly removed: number;
  /** Failed attempts to change it. */
  readonly failed: number;
}

export interface SkillStats {
  readonly name: string;
  readonly uses: number;
  readonly sessions: number;
  readonly lastAt: string | null;
}

export interface ModelStats {
  readonly model: string;
  readonly messages: number;
  readonly sessions: number;
  readonly tokens: Tokens;
  readonly cost: Cost;
  /** Of the tokens sent, the share that was found in the cache, 0 to 1; null where nothing was sent. */
  readonly cacheHits: number | null;
}

export interface SessionStats {
  readonly sessions: number;
  readonly turns: number;
  readonly operations: number;
  readonly tokens: Tokens;
  readonly cost: Cost;
  readonly durations: Durations | null;
  /** Between the end of a turn and the next prompt, where that came within half an hour. */
  readonly waiting: { readonly times: number; readonly total: number; readonly median: number | null };
  /** Longer pauses: nobody was there. */
  readonly away: number;
  readonly interrupted: number;
}

export interface SlowOperation {
  readonly id: string;
  readonly session: string;
  readonly name: string;
  readonly target: string;
  readonly durationMs: number;
}

/** What to do, and the number that says so. */
export interface Recommendation {
  readonly about: 'error' | 'tool' | 'file' | 'cache' | 'waiting' | 'price';
  readonly message: string;
}

export interface Stats {
  readonly from: string | null;
  readonly until: string | null;
  readonly sessions: SessionStats;
  readonly agents: readonly AgentStats[];
  readonly tools: readonly ToolStats[];
  readonly errors: readonly ErrorPattern[];
  readonly files: readonly FileStats[];
  readonly skills: readonly SkillStats[];
  readonly models: readonly ModelStats[];
  readonly slowest: readonly SlowOperation[];
  readonly recommendations: readonly Recommendation[];
}
