// What clew answers about commits; docs/json.md describes the shapes.
import type { AgentName } from '../../model/index.ts';
import type { CommitFile } from './read.ts';
import type { Evidence } from './links.ts';

/** A session that a commit came out of. */
export interface CommitSession {
  readonly id: string;
  readonly agent: AgentName;
  readonly title: string | null;
  readonly models: readonly string[];
  /** The one that wrote most of it. */
  readonly primary: boolean;
  /** Lines of the commit that it wrote: by their attribution where there is one, or else by what its operations changed. */
  readonly lines: number;
  /** By what it is known. */
  readonly by: Evidence;
  readonly operations: readonly string[];
  /** What it spent since its commit before this one, by clew's prices, micro-dollars. */
  readonly cost: number;
}

export interface CommitRow {
  readonly sha: string;
  /** When it was written, and when it was committed. */
  readonly at: string | null;
  readonly committedAt: string | null;
  readonly author: string;
  readonly email: string;
  /** The first line of its message. */
  readonly subject: string;
  readonly branch: string | null;
  /** The working tree that it was made in; null of one that was not seen to be made here. */
  readonly root: string | null;
  readonly files: number;
  readonly added: number;
  readonly removed: number;
  /** How clew saw it. */
  readonly seen: 'hook' | 'reflog' | 'shell' | null;
  /** The commit that took its place: it was amended or rebased. */
  readonly replacedBy: string | null;
  /** Of issues that are known, those that its message names. */
  readonly issues: readonly string[];
  /** The primary one first. */
  readonly sessions: readonly CommitSession[];
}

export interface CommitDetail extends CommitRow {
  readonly message: string;
  readonly parents: readonly string[];
  readonly tree: string;
  readonly changedFiles: readonly CommitFile[];
  /** Commits whose place it took, and commits that do the same elsewhere. */
  readonly replaces: readonly string[];
  readonly copyOf: readonly string[];
  /** Why a session that the environment named is not linked. */
  readonly notes: readonly string[];
}

export interface CommitFilter {
  readonly session?: string | undefined;
  /** Working trees of which all are wanted; without, of all projects. */
  readonly roots?: readonly string[] | undefined;
  /** Only these, in this order. */
  readonly shas?: readonly string[] | undefined;
  /** Also those that an amend or a rebase has replaced. */
  readonly replaced?: boolean | undefined;
  readonly limit?: number | undefined;
}
