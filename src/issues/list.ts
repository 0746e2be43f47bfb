// Issues with what was used for each: those that a project's trackers show, and those that only records know.
import type { IssueState } from '../model/index.ts';
import { usageReport } from '../query/index.ts';
import type { UsageFigures, UsageRow } from '../query/index.ts';
import type { Db } from '../store/index.ts';
import { namesIn } from './named.ts';
import type { IssueName } from './named.ts';
import type { Scope } from './scope.ts';
import type { SeenIssue } from './snapshots.ts';
import { byId } from './tracker.ts';

export interface IssueRow {
  readonly id: string;
  /** null, as what follows, where no tracker has ever shown it. */
  readonly title: string | null;
  readonly status: string | null;
  readonly state: IssueState | null;
  readonly priority: number | null;
  readonly type: string | null;
  readonly assignee: string | null;
  readonly labels: readonly string[];
  readonly tracker: string | null;
  readonly seenAt: string | null;
  /** What else names it, where no tracker has ever shown it. */
  readonly named: IssueName | null;
  /** Of the sessions that belong to it; null where none does. */
  readonly use: UsageFigures | null;
}

export interface IssueFilter {
  readonly states?: readonly IssueState[] | undefined;
  readonly limit?: number | undefined;
}

const urgency: Readonly<Record<IssueState, number>> = {
  in_progress: 0,
  blocked: 1,
  open: 2,
  closed: 3,
  deleted: 4,
};

/** `workedOn`: ids that no tracker has shown, and records name; `scope`: the project. The most urgent first. */
export function issueRows(
  db: Db,
  seen: readonly SeenIssue[],
  workedOn: readonly string[],
  scope: Scope,
  filter: IssueFilter,
  now: number,
): IssueRow[] {
  const chosen = seen.filter(({ issue }) => !filter.states || filter.states.includes(issue.state));
  const unseen = filter.states === undefined || filter.states.includes('open') ? workedOn : [];
  const used = usedFor(db, scope.sessions(), now);
  const nameOf = namesIn(db, scope.has);
  const rows = [
    ...chosen.map(({ issue, tracker, seenAt }): IssueRow => {
      const { id, title, status, state, priority, type, assignee, labels } = issue;
      const told = { id, title, status, state, priority, type, assignee, labels, tracker, seenAt };
      return { ...told, named: null, use: used(id) };
    }),
    ...unseen.map((id): IssueRow => ({ ...unknown, id, use: used(id) })),
  ];
  return rows
    .toSorted(
      (a, b) =>
        urgency[a.state ?? 'open'] - urgency[b.state ?? 'open'] ||
        (a.priority ?? 9) - (b.priority ?? 9) ||
        byId(a, b),
    )
    .slice(0, filter.limit ?? Infinity)
    .map((row) => (row.title === null ? { ...row, named: nameOf(row.id) } : row));
}

const unknown = {
  title: null,
  status: null,
  state: null,
  priority: null,
  type: null,
  assignee: null,
  labels: [],
  tracker: null,
  seenAt: null,
  named: null,
} as const;

/** Ids that are a number alone are of the project; others are so wherever they were named. */
function usedFor(
  db: Db,
  sessions: readonly string[] | undefined,
  now: number,
): (id: string) => UsageFigures | null {
  const report = (of: readonly string[] | undefined): Map<string, UsageRow> =>
    new Map(
      usageReport(db, { group: 'issue', all: true, sessions: of }, now, () => []).rows.map((row) => [
        row.group,
        row,
      ]),
    );
  const everywhere = report(undefined);
  const here = sessions === undefined ? everywhere : report(sessions);
  return (id) => {
    const row = (id.startsWith('#') ? here : everywhere).get(id);
    if (!row) return null;
    const { messages, tokens, highestOutput, lowerBounds, cost, comparison } = row;
    return { messages, sessions: row.sessions, tokens, highestOutput, lowerBounds, cost, comparison };
  };
}
