// What is found: words anywhere, what happened to a file, and what needs a look.
import type { AgentName, EntryKind, OperationStatus, Tokens } from '../../model/index.ts';
import type { Cost, SessionFilter, SessionRow } from './sessions.ts';

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
