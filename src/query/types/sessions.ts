// Sessions as they are told: a row of a list, and one whole. docs/json.md describes all of it.
import type {
  AgentName,
  InteractionType,
  ModelTier,
  OperationStatus,
  OperationType,
  SessionStatus,
  Tokens,
} from '../../model/index.ts';

/** What tokens cost, in micro-dollars (10^-6 USD). */
export interface Cost {
  /** By clew's prices. */
  readonly computed: number;
  /** More than `computed` where output counts are lower bounds: with the highest counts that are likely. */
  readonly highest: number;
  /** Tokens that are in neither figure: of models without a price, or of responses whose prompt was never told. */
  readonly unpricedTokens: number;
  /** What the agent itself booked; null where it does not. */
  readonly reported: number | null;
}

export interface SessionRow {
  readonly id: string;
  readonly agent: AgentName;
  readonly agentVersion: string | null;
  readonly project: string | null;
  readonly workspace: string | null;
  readonly branch: string | null;
  readonly status: SessionStatus;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly exitReason: string | null;
  readonly models: readonly string[];
  readonly title: string | null;
  /** What somebody said that it is for. */
  readonly goal: string | null;
  readonly turns: number;
  readonly messages: number;
  readonly operations: number;
  readonly errors: number;
  readonly apiErrors: number;
  readonly compactions: number;
  readonly tokens: Tokens;
  /** True where some output counts are those of a stream's start: `tokens.output` is a lower bound. */
  readonly outputIsLowerBound: boolean;
  readonly cost: Cost;
  /** The session that this one was forked from. */
  readonly parentSessionId: string | null;
  readonly machine: string;
  readonly entrypoint: string | null;
  readonly permissionMode: string | null;
  /** The id that it has where it is kept by hand: its own, or that of the session which it was joined with. */
  readonly recordedAs: string | null;
}

export interface SessionFilter {
  /** A part of the project's path. */
  readonly project?: string | undefined;
  readonly agent?: string | undefined;
  /** A part of a model's name. */
  readonly model?: string | undefined;
  readonly status?: SessionStatus | undefined;
  /** Milliseconds since the epoch: active at or after, at or before. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Words in the title or in any text of the session. */
  readonly text?: string | undefined;
  readonly limit?: number | undefined;
}

/** What is known of a session beside its record of work. Null where nobody said it. */
export interface SessionFields {
  /** Of the session kept by hand, or the agent's own id where that is a UUID. */
  readonly uuid: string | null;
  /** Who started it, or to whom the machine belongs that the agent ran on. */
  readonly user: string | null;
  readonly agentName: string | null;
  /** Under which it was started by hand, or which its agent is known by: claude, codex, …, human; custom for others. */
  readonly agentType: string | null;
  /** The one that was said, or else the one that answered most. */
  readonly model: string | null;
  readonly modelTier: ModelTier | null;
  readonly temperature: number | null;
  /** The one that was said, or else the first one typed. */
  readonly initialPrompt: string | null;
  /** The snapshot taken at the start. */
  readonly initialContext: {
    readonly id: string;
    readonly fileCount: number;
    readonly tokenEstimate: number;
  } | null;
  readonly createdAt: string | null;
  /** Issues that work was begun on. */
  readonly issuesClaimed: readonly string[];
  readonly skillsUsed: readonly string[];
  /** Tokens that the last request put before the model, or else what the latest snapshot is estimated at. */
  readonly contextTokens: number | null;
  readonly totalTokens: number;
  /** Micro-dollars, by clew's prices. */
  readonly totalCost: number;
  readonly operationCount: number;
  /** How many steps of each type `clew session history` has. */
  readonly interactions: Readonly<Partial<Record<InteractionType, number>>>;
  /** How many context snapshots there are. */
  readonly snapshots: number;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** The main agent of a session, or one of its subagents. */
export interface RunNode {
  readonly id: string;
  readonly type: string;
  readonly description: string | null;
  readonly model: string | null;
  readonly status: string | null;
  /** The operation that started it. */
  readonly operation: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly operations: number;
  readonly messages: number;
  readonly tokens: Tokens;
  readonly children: readonly RunNode[];
}

export interface ChangedFile {
  readonly path: string;
  readonly changes: number;
  readonly added: number;
  readonly removed: number;
}

export interface SessionDetail extends SessionRow, SessionFields {
  /** The tree of agent runs: one root, the main agent. */
  readonly runs: readonly RunNode[];
  readonly operationsByType: Readonly<Record<OperationType, number>>;
  readonly operationsByName: Readonly<Record<string, number>>;
  readonly operationsByStatus: Readonly<Record<OperationStatus, number>>;
  readonly tokensByModel: readonly {
    readonly model: string;
    readonly messages: number;
    readonly tokens: Tokens;
    readonly cost: Cost;
  }[];
  readonly changedFiles: readonly ChangedFile[];
  readonly commits: readonly string[];
  readonly pullRequests: readonly string[];
  readonly skills: readonly string[];
  readonly versions: readonly string[];
  readonly branches: readonly string[];
  /** Sessions that were forked from this one. */
  readonly forks: readonly string[];
  /** Messages in its files, those inherited from others included. */
  readonly messagesSeen: number;
  /** What the agent itself booked, as it wrote it. */
  readonly costState: unknown;
  readonly sources: readonly {
    readonly kind: string;
    readonly path: string;
    readonly machine: string;
    readonly lines: number;
  }[];
}
