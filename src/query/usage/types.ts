// What reports of use and cost look like; docs/json.md describes them, docs/usage.md says how the numbers come about.
import type { AppliedPrice, Tokens } from '../../model/index.ts';
import type { Cost } from '../types.ts';

/** What rows can stand for. A `5h` block begins at the full hour (UTC) of the first response after the block before. */
export type UsageGroup = PeriodGroup | FacetGroup;
export type PeriodGroup = 'day' | 'week' | 'month' | '5h';
export type FacetGroup = 'session' | 'project' | 'model' | 'agent' | 'branch' | 'issue';

export type WeekStart = 'monday' | 'sunday' | 'saturday';

export interface UsageFilter {
  /**
   * Milliseconds since the epoch, taken to whole quarters of an hour. Without them, as much of the latest as the group
   * shows: 30 days, 12 weeks, 12 months, 3 days of blocks.
   */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Everything, where `since` is not given. */
  readonly all?: boolean | undefined;
  /** A part of the project's path. */
  readonly project?: string | undefined;
  readonly agent?: string | undefined;
  /** A part of a model's name. */
  readonly model?: string | undefined;
  /** The whole name of a branch. */
  readonly branch?: string | undefined;
  /** A session's id. */
  readonly session?: string | undefined;
  /** The ids of several. */
  readonly sessions?: readonly string[] | undefined;
}

export interface UsageOptions extends UsageFilter {
  /** `day` if left out. */
  readonly group?: UsageGroup | undefined;
  /** A second grouping, within the rows of the first. */
  readonly by?: UsageGroup | undefined;
  /** For the group `issue`: issues that are looked for in prompts and commits, though no record may name them. */
  readonly issues?: readonly string[] | undefined;
  /** An IANA name; the local zone if left out. */
  readonly timezone?: string | undefined;
  readonly weekStart?: WeekStart | undefined;
  /** Each row is told by models, too. */
  readonly breakdown?: boolean | undefined;
  /** So many rows: the latest periods, or those that cost most. */
  readonly limit?: number | undefined;
  /** For blocks: what their tokens are held against; `max`, the fullest block that is over. */
  readonly tokenLimit?: number | 'max' | undefined;
}

/** What agents reported, beside what clew computed for just the same; micro-dollars. */
export interface CostComparison {
  /** Sessions whose agent reported. */
  readonly sessions: number;
  readonly computed: number;
  readonly reported: number;
  /** `reported` less `computed`. */
  readonly difference: number;
}

export interface UsageFigures {
  readonly messages: number;
  readonly sessions: number;
  readonly tokens: Tokens;
  /** `tokens.output` with the highest counts that are likely where only those of a stream's start are on record. */
  readonly highestOutput: number;
  /** Responses of which that is so. */
  readonly lowerBounds: number;
  /** `reported` is that of `comparison`. */
  readonly cost: Cost;
  readonly comparison: CostComparison | null;
}

export interface ModelFigures extends UsageFigures {
  readonly model: string;
}

export interface UsageRow extends UsageFigures {
  /** What `clew usage --explain` takes. */
  readonly key: string;
  /** The values of the group, and of `by`. */
  readonly group: string;
  readonly by: string | null;
  /** The title, where the row is a session's. */
  readonly title: string | null;
  /** Where it stands for a time: its bounds within the period of the report. */
  readonly from: string | null;
  readonly until: string | null;
  /** Those with most tokens first. */
  readonly models: readonly string[];
  /** Only where it was asked for. */
  readonly breakdown?: readonly ModelFigures[];
}

/** The block that is still open. */
export interface ActiveBlock {
  readonly key: string;
  readonly remainingMinutes: number;
  /** From the first to the last response so far; null where there is no time between them. */
  readonly burn: {
    readonly tokensPerMinute: number;
    readonly costPerHour: number;
    /** What the block will come to if it goes on so. */
    readonly projectedTokens: number;
    readonly projectedCost: number;
  } | null;
  /** Percent. */
  readonly limit: {
    readonly tokens: number;
    readonly used: number;
    readonly projected: number | null;
  } | null;
}

export interface UsageReport {
  readonly group: UsageGroup;
  readonly by: UsageGroup | null;
  readonly timezone: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly rows: readonly UsageRow[];
  /** The sum of the rows that the limit left out, and their number. */
  readonly others: (UsageFigures & { readonly rows: number }) | null;
  readonly total: UsageFigures;
  readonly unpriced: readonly { readonly model: string; readonly tokens: number }[];
  /** What the agents met here do not write down, in their adapters' words. */
  readonly missing: readonly { readonly agent: string; readonly notes: readonly string[] }[];
  /** For blocks, where one is open. */
  readonly active: ActiveBlock | null;
}

/** One response behind a number. */
export interface ExplainedMessage {
  readonly id: string;
  readonly at: string | null;
  readonly session: string;
  readonly run: string;
  readonly model: string;
  readonly tier: string;
  readonly tokens: Tokens;
  /** What is paid for, where that is not what is counted. */
  readonly charged: Tokens | null;
  /** True for tokens that belong to no one response: no message is counted. */
  readonly isRest: boolean;
  readonly outputIsLowerBound: boolean;
  readonly highestOutput: number;
  /** Micro-dollars; null without a price. */
  readonly cost: number | null;
  /** The same, exactly: 10^-12 USD. */
  readonly picodollars: number | null;
  /** With the highest output. */
  readonly highestPicodollars: number | null;
  readonly reported: number | null;
  readonly price: AppliedPrice | null;
  /** Why it has no cost, in words. */
  readonly unpriced: string | null;
  /** Where its record stands: the agent's file, clew's stream of it, and the byte offset in the stream's content. */
  readonly record: {
    readonly source: string;
    readonly path: string;
    readonly stream: string;
    readonly pos: number;
  };
  /** In how many other sources it stands, too; it is counted once. */
  readonly copies: number;
}

/** A session whose agent reported a cost of its own. */
export interface ReportedSession {
  readonly session: string;
  readonly computed: number;
  readonly reported: number;
  readonly difference: number;
  /** What can make the difference, as far as it is on record, in words. */
  readonly reasons: readonly string[];
}

export interface UsageExplanation {
  readonly group: UsageGroup;
  readonly by: UsageGroup | null;
  readonly timezone: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly row: UsageRow;
  /** Responses behind the row, of which `messages` holds those from `offset` on, up to the limit. */
  readonly count: number;
  readonly offset: number;
  /** In order of time. */
  readonly messages: readonly ExplainedMessage[];
  /** Of all of them, added up one by one; micro-dollars. */
  readonly sum: { readonly computed: number; readonly highest: number };
  readonly reported: readonly ReportedSession[];
}

export interface ExplainOptions extends UsageOptions {
  readonly offset?: number | undefined;
}
