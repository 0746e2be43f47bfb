// Issues as they were seen: whenever a tracker shows an issue in a new state, that is recorded, so that what was done for an
// issue can still be told by name when the tracker is gone.
import { createHash } from 'node:crypto';
import type { NewRecord } from '../journal/index.ts';
import { issueStates } from '../model/index.ts';
import type { IssueState } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import type { Issue, Tracker } from './tracker.ts';

/** An issue as a tracker shows it, or as it was when it was last seen. */
export interface SeenIssue {
  readonly issue: Issue;
  readonly tracker: string;
  /** The folder of the project that it is of. */
  readonly project: string;
  /** When it was last seen to be another; null for what a tracker shows now. */
  readonly seenAt: string | null;
  /** Of what was recorded. */
  readonly mark: string | null;
}

/** What is kept: not what changes every day, nor what is long. */
const kept = [
  'title',
  'status',
  'state',
  'priority',
  'type',
  'assignee',
  'labels',
  'createdAt',
  'closedAt',
  'closeReason',
  'closedBySession',
  'externalRef',
] as const satisfies readonly (keyof Issue)[];
type Told = Pick<Issue, (typeof kept)[number]>;

const keptOf = (issue: Issue): Told =>
  Object.fromEntries(kept.map((name) => [name, issue[name]])) as unknown as Told;

/** Tells states apart. What is recorded is redacted, and could not be compared. */
const markOf = (told: Told): string =>
  createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);

const keyOf = (project: string, id: string): string => `${project}\n${id}`;

interface Row {
  readonly subject: string;
  readonly root: string | null;
  readonly at: number;
  readonly data: string;
}

/** The latest snapshot of each issue, or of one, by project and id. */
export function snapshots(db: Db, id?: string): Map<string, SeenIssue> {
  const rows = db
    .prepare<unknown[], Row>(
      `SELECT subject, root, at, data FROM record WHERE kind = 'issue' AND subject IS NOT NULL AND data IS NOT NULL
       ${id === undefined ? '' : 'AND subject = ?'} ORDER BY at, source, pos`,
    )
    .all(...(id === undefined ? [] : [id]));
  return new Map(rows.map((row) => [keyOf(row.root ?? '', row.subject), seenIn(row)]));
}

function seenIn({ subject, root, at, data }: Row): SeenIssue {
  const { tracker, mark, ...told } = JSON.parse(data) as Partial<Told> & { tracker?: string; mark?: string };
  return {
    tracker: tracker ?? '',
    project: root ?? '',
    seenAt: new Date(at).toISOString(),
    mark: mark ?? null,
    issue: {
      id: subject,
      title: told.title ?? '',
      description: null,
      status: told.status ?? 'open',
      state: issueStates.find((one): one is IssueState => one === told.state) ?? 'open',
      priority: told.priority ?? null,
      type: told.type ?? null,
      assignee: told.assignee ?? null,
      labels: told.labels ?? [],
      createdAt: told.createdAt ?? null,
      updatedAt: null,
      closedAt: told.closedAt ?? null,
      closeReason: told.closeReason ?? null,
      closedBySession: told.closedBySession ?? null,
      dependencies: [],
      comments: null,
      externalRef: told.externalRef ?? null,
    },
  };
}

/** The records of those issues that are not as they were when they were last seen. */
export function newSnapshots(
  known: ReadonlyMap<string, SeenIssue>,
  tracker: Tracker,
  issues: readonly Issue[],
): NewRecord[] {
  return issues.flatMap((issue): NewRecord[] => {
    const told = keptOf(issue);
    const mark = markOf(told);
    if (known.get(keyOf(tracker.project, issue.id))?.mark === mark) return [];
    return [
      {
        kind: 'issue',
        subject: issue.id,
        root: tracker.project,
        text: issue.title,
        data: { tracker: tracker.name, mark, ...told },
      },
    ];
  });
}
