// What people and agents record on purpose, and what clew sees happen beside the agents: the lines of the journal, and what
// becomes of them. The kinds and their data are described in docs/journal.md.

export const recordKinds = [
  /** Begin, pause, resume and end of a session that is kept by hand; `subject` says which. */
  'session',
  /** A step of a session that is kept by hand; `subject` is its type. */
  'interaction',
  /** What an agent was given: `subject` is initial, update or refresh. */
  'context',
  /** A named number; `subject` is the name. */
  'metric',
  /** Work on an issue begins; `subject` is the issue. */
  'work',
  /** The issue of a work has another status, or the work is over; `parent` is the work. */
  'work_status',
  'work_done',
  /** `subject` is the skill. */
  'skill',
  /** One of the activity log's event types, which is `subject`. */
  'event',
  'decision',
  'note',
  /** A commit was seen; `subject` is its id. */
  'commit',
  /** A commit belongs to the session; `subject` is its id. */
  'commit_link',
  /** Whose the lines of a commit are; `subject` is its id. */
  'attribution',
  /** An issue as its tracker showed it; `subject` is its id. */
  'issue',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/** One record. All but `kind` may be absent, and is null then. */
export interface Recorded {
  readonly kind: RecordKind;
  readonly session: string | null;
  /** The agent run, where it is not the main one. */
  readonly run: string | null;
  readonly operation: string | null;
  /** The folder of the project that it is about. */
  readonly root: string | null;
  /** What it is about, by kind: an issue, a commit, a skill, the name of a metric. */
  readonly subject: string | null;
  /** The record that it goes on. */
  readonly parent: string | null;
  /** Who recorded it: a user, or an agent by name. */
  readonly by: string | null;
  /** What is shown and searched. */
  readonly text: string;
  /** Small JSON of the kind's own. */
  readonly data: unknown;
}

export interface RecordFact extends Recorded {
  readonly fact: 'record';
  readonly key: string;
  readonly at: number;
  readonly pos: number;
}
