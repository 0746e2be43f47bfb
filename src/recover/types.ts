// What this room answers with: the shapes of `clew handoff --json` and `clew resume --json`. docs/json.md describes them.
import type { AgentName } from '../model/index.ts';
import type { SessionStatus } from '../query/index.ts';

/** An agent that can be started with a handoff, by the name of its program: `claude`. */
export type HandoffTarget = string;

export interface HandoffOptions {
  /** The most tokens that it may take, at four characters a token; from 500 on. 4,000 where none is given. */
  readonly budget?: number | undefined;
  /** Adds the command that starts this agent with it. */
  readonly for?: HandoffTarget | undefined;
}

export interface ResumeOptions {
  /** Go on with this agent, whichever had the session. */
  readonly with?: HandoffTarget | undefined;
  /** Go on in this folder; without it, in the one that the session worked in. */
  readonly folder?: string | undefined;
  /** Write the file that the command needs: the new session's, or the handoff. Without it nothing is written. */
  readonly write?: boolean | undefined;
}

/** A line of the handoff, or a quotation that belongs to one. */
export interface HandoffLine {
  readonly text: string;
  /** What it was taken from, for `clew show`: the beginning of the id of an operation, a turn or a session. */
  readonly id: string | null;
}

export interface HandoffSection {
  readonly title: string;
  readonly lines: readonly HandoffLine[];
  /** Lines that the budget left no room for. */
  readonly leftOut: number;
}

/** A file as the session left it. */
export interface HandoffFile {
  readonly path: string;
  /** What became of it over the whole session. */
  readonly kind: 'create' | 'update' | 'delete';
  readonly added: number;
  readonly removed: number;
  /** Changed since the last commit that the session made, as far as the record knows. */
  readonly uncommitted: boolean;
  /** The last operation that changed it. */
  readonly operation: string;
}

export interface Handoff {
  readonly session: string;
  readonly agent: AgentName;
  readonly status: SessionStatus;
  readonly title: string | null;
  readonly project: string | null;
  readonly workspace: string | null;
  readonly branch: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly budget: number;
  /** Of `markdown`, at four characters a token. */
  readonly tokens: number;
  /** What stood in the model's context at the session's end, null where the record does not tell. */
  readonly contextTokens: number | null;
  /** Operations that had begun and have no result. */
  readonly pending: readonly string[];
  readonly todos: readonly { readonly status: string; readonly content: string }[];
  /** All changed files, whatever the budget. */
  readonly files: readonly HandoffFile[];
  readonly sections: readonly HandoffSection[];
  readonly markdown: string;
}

export interface ResumePlan {
  readonly session: string;
  readonly agent: AgentName;
  readonly status: SessionStatus;
  /**
   * `native`: the agent takes up its own conversation. `cut`: it takes up clew's copy of the conversation, up to the last
   * moment at which nothing was half told, as a new session. `handoff`: an agent starts anew and is given a handoff.
   */
  readonly way: 'native' | 'cut' | 'handoff';
  /** Why this way, in one line. */
  readonly why: string;
  /** Where the agent is to run, null where the record does not tell. */
  readonly cwd: string | null;
  /** The program and its arguments; clew itself where a file is to be written first. */
  readonly argv: readonly string[];
  /** The same as a line for a POSIX shell, with the change of folder. */
  readonly command: string;
  /** What was written: the handoff, or the new session's file. */
  readonly handoffFile: string | null;
  readonly conversationFile: string | null;
}
