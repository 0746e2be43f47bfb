// What `why` answers: for a line, a commit, an operation or an issue the prompts, the decisions, the operations and the
// commits that belong to it.
import type { AgentName, OperationStatus, OperationType } from '../../model/index.ts';
import type { Decision } from '../decisions.ts';
import type { Work } from '../work.ts';

export interface WhyTarget {
  readonly kind: 'line' | 'commit' | 'operation' | 'issue';
  /** The operation's or the issue's id, the commit's hash, `path:line`. */
  readonly id: string;
  /** Of a line: its file, number and text. */
  readonly path: string | null;
  readonly line: number | null;
  readonly text: string | null;
}

export interface WhySession {
  readonly id: string;
  readonly agent: AgentName;
  readonly title: string | null;
}

export interface WhyPrompt {
  readonly turn: string;
  readonly session: string;
  readonly at: string | null;
  readonly text: string;
}

export interface WhyOperation {
  readonly id: string;
  readonly session: string;
  readonly turn: string | null;
  readonly name: string;
  readonly type: OperationType;
  readonly target: string;
  readonly at: string | null;
  readonly status: OperationStatus;
  readonly paths: readonly string[];
}

export interface WhyCommit {
  readonly sha: string;
  readonly at: string | null;
  /** The first line. */
  readonly subject: string | null;
  readonly session: string | null;
  /** Of several sessions, the one that wrote most of it; null where that is not known. */
  readonly primary: boolean | null;
}

export interface Why {
  readonly target: WhyTarget;
  /**
   * `certain`: recorded so; `likely`: concluded from times and contents, as `how` says; `unknown`: nothing that is recorded
   * has to do with it.
   */
  readonly certainty: 'certain' | 'likely' | 'unknown';
  /** How it was found, in a sentence. */
  readonly how: string;
  readonly sessions: readonly WhySession[];
  /** In order of time, as all that follows. */
  readonly prompts: readonly WhyPrompt[];
  readonly decisions: readonly Decision[];
  readonly operations: readonly WhyOperation[];
  readonly commits: readonly WhyCommit[];
  readonly work: readonly Work[];
}

/** What one way of asking finds; the rest follows from it. */
export type Found = Pick<Why, 'target' | 'certainty' | 'how'> & {
  readonly operations: readonly WhyOperation[];
  readonly commits: readonly WhyCommit[];
  /** Sessions that have to do with it beyond those of the operations. */
  readonly sessions: readonly string[];
  /** Turns beyond those of the operations. */
  readonly turns?: readonly string[];
  /** Asked for an issue: its decisions and its work, and no others. */
  readonly issue?: string;
};
