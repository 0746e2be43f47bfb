// Facts: what an adapter makes of an agent's records, in clew's words. The index is built from facts and nothing else.
//
// The same thing is told many times: by a transcript and by a hook, by a session and by the fork that copied it, before
// and after a call returned. So a fact names its thing by a natural key (`message.id`, `tool_use_id`, a record's uuid)
// and tells only what its record tells; the projector joins what belongs together, in whatever order it comes.
import type { ActionFact, CheckpointFact } from './file-facts.ts';
import type { RecordFact } from './record.ts';
import type { Tokens } from './tokens.ts';

/** How much a channel knows about where in a conversation a thing belongs; the lowest rank present decides. */
export const rank = {
  /** The run's own transcript. */
  transcript: 0,
  /** A compaction's own file, which repeats the session's records. */
  repeat: 1,
  /** A hook call: session and run, but no position in the conversation. */
  hook: 2,
  /** An echo of a subagent's message in its parent's file. */
  echo: 3,
} as const;
export type Rank = (typeof rank)[keyof typeof rank];

/** Where a thing was told. */
export interface Place {
  readonly session: string;
  /** The agent run: the session's id for the main agent, the subagent's id otherwise. */
  readonly run: string;
  /** Key of the prompt that the turn began with; undefined in subagents and before the first prompt. */
  readonly turn: string | undefined;
  /** Milliseconds since the epoch; 0 where the record has no time and none came before. */
  readonly at: number;
  /** Byte offset of the record's line in the stream's content. */
  readonly pos: number;
  readonly rank: Rank;
}

export const entryKinds = [
  'prompt',
  'command',
  'shell',
  'notification',
  'answer',
  'thinking',
  'operation',
  'change',
  'error',
  'api_error',
  'compaction',
  'skill',
  'todo',
  'permission',
  'plan',
  'decision',
  'commit',
  'pull_request',
  'attachment',
  'interruption',
  'retry',
  'agent_prompt',
  'action',
  'note',
] as const;
/**
 * One line of a session's timeline. The first four begin a turn: a prompt somebody typed, a slash command, a `!` shell
 * line, a prompt that no person typed (a background task's end). `agent_prompt` is what a subagent was started with,
 * `action` what clew itself did: an undo, a restore, a branch.
 */
export type EntryKind = (typeof entryKinds)[number];
export const turnKinds = [
  'prompt',
  'command',
  'shell',
  'notification',
] as const satisfies readonly EntryKind[];

/** Something that stands in the timeline. A change and an error stand behind their operation. `text` is what is searched and shown; `detail` is small JSON of the kind's own. */
export interface EntryFact {
  readonly fact: 'entry';
  readonly key: string;
  readonly kind: EntryKind;
  readonly place: Place;
  readonly text: string;
  readonly detail?: unknown;
}

/** An API response as one record tells it. */
export interface MessageFact {
  readonly fact: 'message';
  readonly key: string;
  readonly place: Place;
  readonly model: string | undefined;
  readonly tokens: Tokens;
  /** False where the record holds the output count of the stream's start: then output is a lower bound. */
  readonly outputFinal: boolean;
  readonly stopReason: string | undefined;
  /** Where the provider served it at another price: `fast`, `priority`, `flex`, `batch`. */
  readonly tier?: string;
  /** What the agent says that it cost, micro-dollars. */
  readonly reportedCost?: number;
  /** Characters of thinking, text and tool input: from these a lower bound's true count is estimated. */
  readonly outputChars?: number;
  /** What is to be paid for, where that is not what is counted: where agents tell usage apart from messages. */
  readonly charged?: Tokens;
  /** True for tokens that belong to no one response (a session's own sum at its end): no message is counted for them. */
  readonly isRest?: boolean;
}

export const operationTypes = ['read', 'write', 'execute', 'query', 'other'] as const;
export type OperationType = (typeof operationTypes)[number];

/** `pending`: no result has been seen. */
export const operationStatuses = ['pending', 'success', 'failed', 'blocked', 'interrupted'] as const;
export type OperationStatus = (typeof operationStatuses)[number];

/** A tool call was made. */
export interface CallFact {
  readonly fact: 'call';
  readonly key: string;
  readonly place: Place;
  readonly name: string;
  readonly type: OperationType;
  /** What it is about: a path, a command, a query; one line or several. */
  readonly target: string;
  /** The API response that asked for it. */
  readonly message: string | undefined;
  /** The tool's own description of the call, where the agent gave one. */
  readonly description?: string;
}

/** What became of a tool call. Where no duration is told, the time between call and result stands for it. */
export interface ResultFact {
  readonly fact: 'result';
  readonly key: string;
  readonly place: Place;
  /** `pending` where the channel does not tell. */
  readonly status: OperationStatus;
  /** The agent marked the result as an error (also where it was blocked or interrupted). */
  readonly isError: boolean;
  readonly error?: string;
  /** Milliseconds, as the agent measured them. */
  readonly durationMs?: number;
  /** The subagent that the call started. */
  readonly spawned?: string;
  /** Names the batch of calls that ran side by side with this one. */
  readonly batch?: string;
  /** Shown beside the call: exit code, size of the output, where the whole output was kept. */
  readonly detail?: unknown;
}

/** Whether a call was allowed, and by whom. */
export interface ApprovalFact {
  readonly fact: 'approval';
  readonly key: string;
  readonly place: Place;
  readonly decision: 'approved' | 'denied';
  readonly by: string;
}

/** What an operation did to one file. `diff` is a unified diff; whole contents stay in the stream. */
export interface ChangeFact {
  readonly fact: 'change';
  /** The operation's key. */
  readonly operation: string;
  readonly place: Place;
  readonly path: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly added: number;
  readonly removed: number;
  readonly diff: string;
  /** True where the diff is not the whole change: too long, binary, or not in the record. */
  readonly partial: boolean;
}

/** A subagent, as far as one record tells of it. */
export interface RunFact {
  readonly fact: 'run';
  readonly run: string;
  readonly place: Place;
  readonly type?: string;
  readonly description?: string;
  readonly model?: string;
  /** The operation that started it. */
  readonly operation?: string;
  /** The run that started it, where that is told directly. */
  readonly parent?: string;
  readonly status?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/**
 * A value that a session had at some time. Where one is wanted, the highest `weight` decides, then the latest time
 * (`workspace` and `machine`: the earliest). `activity` has no value but its times.
 */
export const sessionValues = [
  'activity',
  'agent',
  'machine',
  'title',
  'workspace',
  'branch',
  'version',
  'entrypoint',
  'permissionMode',
  'forkedFrom',
  'costState',
  /** What the agent booked for the session so far, micro-dollars. */
  'reportedCost',
  'ended',
  'endReason',
  'started',
  'process',
  /** What the user is asked for before a call goes on: `permission`, `question` or `plan`, a space, the operation. */
  'asked',
  /** The same, where the call is not on record yet: its tool, a line end, its target. */
  'asking',
  /** A call that the user was asked about and allowed: JSON of `tool`, `target`, and the times `from` and `until`. */
  'allowed',
  /** A command that goes on behind the result of its call: the id of the task, a space, the operation. */
  'task',
  /** The id of a task that was found to be over. */
  'taskEnded',
  /** What was said of a session that is kept by hand: docs/journal.md. */
  'goal',
  'user',
  'agentName',
  'agentType',
  'agentVersion',
  'model',
  'modelTier',
  'temperature',
  'initialPrompt',
  'metadata',
  /** The session kept by hand that this one was run inside of: the two are one. */
  'recordedAs',
] as const;
export interface SessionFact {
  readonly fact: 'session';
  readonly session: string;
  readonly at: number;
  readonly pos: number;
  readonly name: (typeof sessionValues)[number];
  readonly value: string;
  readonly weight?: number;
}

/**
 * Something that was kept but not understood. `bad-line`: no JSON object; `long-line`: too long to be parsed;
 * `reader-failure`: the adapter failed on this record, which is a bug of clew's.
 */
export interface OddityFact {
  readonly fact: 'oddity';
  readonly kind: 'unknown-type' | 'wrong-shape' | 'bad-line' | 'long-line' | 'reader-failure';
  /** The record's type, the field, or the cause. */
  readonly what: string;
  readonly pos: number;
  readonly line: number;
}

export type Fact =
  | EntryFact
  | MessageFact
  | CallFact
  | ResultFact
  | ApprovalFact
  | ChangeFact
  | RunFact
  | SessionFact
  | OddityFact
  | CheckpointFact
  | ActionFact
  | RecordFact;

export type Emit = (fact: Fact) => void;
