// The port of issue trackers: what clew asks of one. A tracker is only ever read; what it holds is told in clew's words, with
// the tracker's own status beside. `contract.ts` says, as tests, what every implementation must hold.
import type { Context, IssueState } from '../model/index.ts';

export interface IssueDependency {
  /** What it depends on: an issue's id, or the tracker's name of something elsewhere. */
  readonly id: string;
  /** In the tracker's word: `blocks`, `parent-child`, `related`, … */
  readonly type: string;
}

/** An issue as its tracker has it. Times are ISO 8601 in UTC; what the tracker does not tell is null, or an empty list. */
export interface Issue {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  /** In the tracker's own word. */
  readonly status: string;
  readonly state: IssueState;
  /** 0 is the most urgent. */
  readonly priority: number | null;
  readonly type: string | null;
  readonly assignee: string | null;
  readonly labels: readonly string[];
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  readonly closedAt: string | null;
  /** Why it was closed, or what came of it. */
  readonly closeReason: string | null;
  /** The agent's session that closed it. */
  readonly closedBySession: string | null;
  readonly dependencies: readonly IssueDependency[];
  readonly comments: number | null;
  /** The same issue elsewhere: an address, or an id. */
  readonly externalRef: string | null;
}

/** What of an issue the tracker can tell at all. */
export const issueCapabilities = [
  'description',
  'priority',
  'type',
  'assignee',
  'labels',
  'createdAt',
  'updatedAt',
  'closedAt',
  'closeReason',
  'closedBySession',
  'dependencies',
  'comments',
  'externalRef',
] as const satisfies readonly (keyof Issue)[];
export type IssueCapability = (typeof issueCapabilities)[number];

export const capableOfAllBut = (...names: readonly IssueCapability[]): readonly IssueCapability[] =>
  issueCapabilities.filter((one) => !names.includes(one));

export interface Tracker {
  /** For people, and in records: `beads (SQLite)`, `ISSUES.md`. */
  readonly name: string;
  /** The file, folder or server that it is read from. */
  readonly place: string;
  /** The folder of the project that its issues are of. */
  readonly project: string;
  readonly capabilities: readonly IssueCapability[];
  /** All issues, deleted ones included, by id. Throws UNREADABLE. */
  list(): Promise<readonly Issue[]>;
  /** Undefined where it has none by that id. Throws UNREADABLE. */
  get(id: string): Promise<Issue | undefined>;
  /** Why what it tells may be old, or not all; sentences for people. */
  warnings(): Promise<readonly string[]>;
}

/** What a tracker is looked for with. */
export type Surroundings = Pick<Context, 'env' | 'home'>;

export interface TrackerKind {
  readonly name: string;
  /** The tracker of the project that a folder belongs to; undefined where there is none of this kind. */
  find(folder: string, surroundings: Surroundings): Tracker | undefined;
}

const states: Readonly<Record<string, IssueState>> = {
  // Also where an earlier end of it is still told: it was opened again.
  open: 'open',
  reopened: 'open',
  deferred: 'open',
  pinned: 'open',
  in_progress: 'in_progress',
  inprogress: 'in_progress',
  started: 'in_progress',
  doing: 'in_progress',
  wip: 'in_progress',
  in_review: 'in_progress',
  hooked: 'in_progress',
  blocked: 'blocked',
  closed: 'closed',
  done: 'closed',
  completed: 'closed',
  resolved: 'closed',
  fixed: 'closed',
  canceled: 'closed',
  cancelled: 'closed',
  tombstone: 'deleted',
  deleted: 'deleted',
};

/** What a status amounts to. A word that is not known is open, unless the issue was closed. */
export function stateOf(status: string, closedAt: string | null = null): IssueState {
  const word = status.toLowerCase().replaceAll(/[\s-]+/g, '_');
  return states[word] ?? (closedAt === null ? 'open' : 'closed');
}

/** By id, numbers in their order: `bd-2` before `bd-10`. */
export const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  collator.compare(a.id, b.id) || (a.id < b.id ? -1 : Number(a.id > b.id));
const collator = new Intl.Collator('en', { numeric: true });
