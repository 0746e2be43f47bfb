// What clew answers: the shapes that the CLI prints with --json and the library returns. docs/json.md describes them.
// Times are ISO 8601 in UTC, null where unknown.
import type {
  AgentName,
  EntryKind,
  InnerRepository,
  InteractionType,
  LeftOut,
  ModelTier,
  OperationStatus,
  OperationType,
  SessionStatus,
  Tokens,
} from '../model/index.ts';

export type { SessionStatus };

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
  readonly endReason: string | null;
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

/** What is known of a session beside its record of work. Null where nobody said it. */
export interface SessionFields {
  /** Of the session kept by hand, or the agent's own id where that is a UUID. */
  readonly uuid: string | null;
  /** Who started it, or to whom the machine belongs that the agent ran on. */
  readonly user: string | null;
  readonly agentName: string | null;
  /** Under which it was started by hand: claude, codex, …, human. */
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

export interface ChangeRow {
  readonly path: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly added: number;
  readonly removed: number;
  /** Unified diff hunks. */
  readonly diff: string;
  /** True where the diff is not the whole change. */
  readonly partial: boolean;
  /** The undo that took it back, where it still stands. */
  readonly undoOperationId: string | null;
}

export interface OperationRow {
  readonly id: string;
  readonly name: string;
  readonly type: OperationType;
  readonly target: string;
  readonly description: string | null;
  readonly status: OperationStatus;
  readonly startedAt: string | null;
  readonly durationMs: number | null;
  /** `agent`: measured by it; `times`: the time between call and result, waiting for the user included. */
  readonly durationFrom: 'agent' | 'times' | null;
  readonly error: string | null;
  readonly approval: 'approved' | 'denied' | null;
  readonly approvedBy: string | null;
  /** The agent run that it started. */
  readonly spawned: string | null;
  /** Operations with the same batch ran side by side. */
  readonly batch: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly changes: readonly ChangeRow[];
}

/** A line of the timeline. Changes and errors of operations are within `operation`, not lines of their own. */
export interface TimelineEntry {
  readonly key: string;
  readonly kind: EntryKind;
  readonly at: string | null;
  readonly session: string;
  /** The agent run; the session's id for the main agent. */
  readonly run: string;
  /** How deep the run is in the tree of runs: 0 for the main agent. */
  readonly depth: number;
  /** Key of the prompt that began the turn. */
  readonly turn: string | null;
  readonly text: string;
  readonly detail: unknown;
  readonly operation?: OperationRow;
}

export interface Timeline {
  readonly session: string;
  readonly entries: readonly TimelineEntry[];
}

/** One turn: the prompt, and everything done in answer to it, subagents included. */
export interface TurnDetail {
  readonly id: string;
  readonly session: string;
  readonly number: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly prompt: string;
  readonly tokens: Tokens;
  readonly entries: readonly TimelineEntry[];
}

/** An operation's part of the response that asked for it. */
export interface OperationUse {
  readonly tokens: Tokens;
  readonly cost: Cost;
  /** How many calls that response asked for: its tokens and cost are shared evenly among them, and add up to it. */
  readonly sharedAmong: number;
}

/** Whether an operation was allowed, what came of it, and what it used. */
export interface OperationAccount {
  /** null where the records do not tell. */
  readonly approved: boolean | null;
  /** In a few words. */
  readonly result: string | null;
  /** null where the response that asked for it is not known. */
  readonly use: OperationUse | null;
}

/** An operation in a list. */
export interface ListedOperation extends Omit<OperationRow, 'changes'>, OperationAccount {
  readonly session: string;
  readonly run: string;
  readonly turn: string | null;
  readonly agent: AgentName | null;
  readonly filesChanged: number;
}

export interface OperationDetail extends OperationRow, OperationAccount {
  readonly session: string;
  readonly run: string;
  readonly turn: string | null;
  /** Id of the API response that asked for it. */
  readonly message: string | null;
  /** Where its record stands: the stream's source file, and the byte offset in the stream's content. */
  readonly record: { readonly source: string; readonly path: string; readonly pos: number };
  /** Whole contents before and after, where the records hold them; only when asked for one operation. */
  readonly contents?: readonly {
    readonly path: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  /** Whether `clew undo` could take its changes back as the files are now; false where it changed none. */
  readonly canUndo?: boolean;
  /** What it did to files, as the checkpoints around it tell. */
  readonly effects?: readonly EffectRow[];
}

export interface SearchFilter extends SessionFilter {
  readonly kinds?: readonly EntryKind[] | undefined;
}

export interface SearchHit {
  readonly session: string;
  readonly title: string | null;
  readonly project: string | null;
  readonly key: string;
  readonly kind: EntryKind;
  readonly at: string | null;
  /** The operation that the hit belongs to, if any. */
  readonly operation: string | null;
  /** Text around the words; those found are between « and ». */
  readonly snippet: string;
}

export interface FileTouch {
  readonly path: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly at: string | null;
  readonly session: string;
  readonly title: string | null;
  readonly agent: AgentName;
  readonly run: string;
  readonly operation: string;
  readonly tool: string;
  readonly status: OperationStatus;
  readonly added: number;
  readonly removed: number;
}

export interface FileSummary {
  readonly path: string;
  readonly changes: number;
  readonly sessions: number;
  readonly added: number;
  readonly removed: number;
  readonly lastAt: string | null;
}

export interface Overview {
  readonly sessions: number;
  readonly running: readonly SessionRow[];
  readonly recent: readonly SessionRow[];
  readonly today: {
    readonly tokens: Tokens;
    readonly messages: number;
    readonly sessions: number;
    readonly operations: number;
    readonly errors: number;
    /** As in a session's row. */
    readonly outputIsLowerBound: boolean;
    readonly cost: Cost;
  };
  /** What needs a look: interrupted sessions, sources that could not be read, lines that did not parse. */
  readonly attention: readonly { readonly kind: string; readonly message: string; readonly hint: string }[];
}

/** The state of a project's files at one moment. */
export interface CheckpointRow {
  readonly id: string;
  readonly at: string | null;
  /** The folder that it is of. */
  readonly root: string;
  /** A hook's event, `manual`, or what clew was about to do, or had done. */
  readonly trigger: string;
  readonly session: string | null;
  readonly run: string | null;
  /** The turn that the session was in. */
  readonly turn: string | null;
  /** The operation before or after which it was taken. */
  readonly operation: string | null;
  /** null where it could not be taken; `why` says why. */
  readonly tree: string | null;
  readonly head: string | null;
  readonly branch: string | null;
  /** Tokens of all kinds that the session had used by then. */
  readonly tokens: number | null;
  /** How many files differ from the checkpoint before. */
  readonly changed: number;
  readonly late: boolean;
  readonly why: string | null;
  readonly message: string | null;
}

export interface CheckpointFilter {
  readonly session?: string | undefined;
  readonly root?: string | undefined;
  readonly limit?: number | undefined;
}

/** A file that differs between a checkpoint and the one before it. */
export interface EffectRow {
  readonly checkpoint: string;
  /** Relative to the project's folder. */
  readonly path: string;
  readonly kind: 'create' | 'update' | 'delete';
  /** Ids of the contents in clew's object store, and git's modes; null where there is no file. */
  readonly before: string | null;
  readonly after: string | null;
  readonly beforeMode: string | null;
  readonly afterMode: string | null;
  /**
   * `shared`: by several operations that ran at once, and cannot be told apart; `unknown`: by those operations, if any is
   * known, or by the user.
   */
  readonly by: 'operation' | 'shared' | 'clew' | 'user' | 'unknown';
  readonly operations: readonly string[];
}

export interface CheckpointDetail extends CheckpointRow {
  /** What differs from the checkpoint before, and whose doing it is. */
  readonly effects: readonly EffectRow[];
  /** Repositories inside, at their commits; their files are checkpoints of their own, with these trees. */
  readonly inner: readonly InnerRepository[];
  /** What it does not hold, a hundred at most, and how many more. */
  readonly leftOut: readonly LeftOut[];
  readonly leftOutMore: number;
}
