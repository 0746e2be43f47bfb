// An issue joined with everything done for it.
import { listDecisions, listWork } from '../journal/index.ts';
import type { Decision, Work } from '../journal/index.ts';
import { ClewError } from '../model/index.ts';
import { activeMs, issueLinks, usageReport } from '../query/index.ts';
import type { EvidenceKind, IssueLink, IssueShare, UsageFigures } from '../query/index.ts';
import type { Db } from '../store/index.ts';
import { commitsOf, filesOf, operationsOf } from './parts.ts';
import type { IssueCommit, IssueFile } from './parts.ts';
import type { SeenIssue } from './snapshots.ts';
import type { Issue } from './tracker.ts';

export interface IssueEvidence {
  readonly kind: EvidenceKind;
  readonly at: string | null;
  /** The end of a work, or of the stay on a branch. */
  readonly until: string | null;
  /** The record, the turn, the commit or the branch. */
  readonly key: string;
  readonly text: string;
}

export interface IssueSession {
  readonly id: string;
  readonly title: string | null;
  /** null where clew has nothing of the session but its id. */
  readonly agent: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly share: IssueShare;
  readonly evidence: readonly IssueEvidence[];
  /** Of the part that is the issue's; of the whole session, where it is undivided. */
  readonly operations: number;
  readonly activeMs: number;
  readonly use: UsageFigures;
}

export interface IssueDetail {
  readonly id: string;
  /** null where no tracker has ever shown it. */
  readonly issue: Issue | null;
  /** Where it was seen. */
  readonly tracker: string | null;
  readonly project: string | null;
  /** When it was last seen to be another, where no tracker shows it now. */
  readonly seenAt: string | null;
  /** From the first thing done for it to its end, or to the last thing done. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly elapsedMs: number | null;
  /** Of all sessions: time without the user's pauses. */
  readonly activeMs: number;
  readonly operations: number;
  readonly agents: readonly string[];
  readonly models: readonly string[];
  /** Of all sessions but undivided ones. */
  readonly use: UsageFigures;
  /** Of the whole of the sessions that are undivided: how much of it is the issue's is not known. */
  readonly undivided: UsageFigures;
  readonly sessions: readonly IssueSession[];
  readonly work: readonly Work[];
  readonly decisions: readonly Decision[];
  readonly commits: readonly IssueCommit[];
  /** Of all sessions but undivided ones. */
  readonly files: readonly IssueFile[];
  /** Why what the tracker tells may be old. */
  readonly warnings: readonly string[];
}

interface SessionRow {
  readonly id: string;
  readonly title: string | null;
  readonly agent: string;
  readonly started_at: number;
  readonly ended_at: number;
}

const iso = (at: number | null | undefined): string | null => (at ? new Date(at).toISOString() : null);

/** `passes`: which sessions are meant at all. Throws NOT_FOUND for an issue that nothing names. */
export function issueDetail(
  db: Db,
  id: string,
  seen: SeenIssue | undefined,
  warnings: readonly string[],
  passes: (session: string) => boolean,
  now: number,
): IssueDetail {
  const links = issueLinks(db, id, passes);
  const work = listWork(db, { issue: id }).filter((one) => one.session === null || passes(one.session));
  const commits = commitsOf(db, id, links);
  if (!seen && links.length === 0 && work.length === 0 && commits.length === 0)
    throw new ClewError(
      'NOT_FOUND',
      `no tracker here has ${id}, and no work, prompt, commit or branch names it`,
      '`clew issues` lists what there is',
    );
  const use = figuresFor(db, id, links, now);
  const sessions = links.map((link) => sessionOf(db, link, use)).toSorted(byStart);
  const parts = sessions.filter((one) => one.share !== 'undivided');
  const { startedAt, endedAt } = bounds(db, links, work, commits, seen?.issue);
  return {
    id,
    issue: seen?.issue ?? null,
    tracker: seen?.tracker ?? null,
    project: seen?.project ?? null,
    seenAt: seen?.seenAt ?? null,
    startedAt,
    endedAt,
    elapsedMs: startedAt && endedAt ? Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)) : null,
    activeMs: parts.reduce((n, one) => n + one.activeMs, 0),
    operations: parts.reduce((n, one) => n + one.operations, 0),
    agents: [
      ...new Set(
        [...work.map((one) => one.agent), ...sessions.map((one) => one.agent)].flatMap((one) => one ?? []),
      ),
    ],
    models: use.models,
    use: use.total,
    undivided: use.undivided,
    sessions,
    work: work.toReversed(),
    decisions: decisionsOf(db, id, links),
    commits,
    files: filesOf(db, links),
    warnings,
  };
}

interface Figures {
  readonly total: UsageFigures;
  readonly models: readonly string[];
  readonly undivided: UsageFigures;
  readonly of: (session: string) => UsageFigures | undefined;
  readonly none: UsageFigures;
}

/** The same figures as those of `clew usage issue`. */
function figuresFor(db: Db, id: string, links: readonly IssueLink[], now: number): Figures {
  const of = (share: (one: IssueLink) => boolean): { all: true; issues: string[]; sessions: string[] } => ({
    all: true,
    issues: [id],
    sessions: links.filter(share).map((one) => one.session),
  });
  const ask = (options: Parameters<typeof usageReport>[1]) => usageReport(db, options, now, () => []);
  const parts = of((one) => one.share !== 'undivided');
  const whole = ask({ ...of((one) => one.share === 'undivided'), group: 'session' });
  const total = ask({ ...parts, group: 'issue' }).rows.find((row) => row.group === id);
  const single = ask({ ...parts, group: 'issue', by: 'session' }).rows.filter((row) => row.group === id);
  const bySession = new Map([
    ...whole.rows.map((row) => [row.group, row] as const),
    ...single.map((row) => [row.by ?? '', row] as const),
  ]);
  const none = ask({ all: true, sessions: [] }).total;
  return {
    total: total ? plain(total) : none,
    models: total?.models ?? [],
    undivided: whole.total,
    of: (session) => {
      const row = bySession.get(session);
      return row && plain(row);
    },
    none,
  };
}

const plain = ({
  messages,
  sessions,
  tokens,
  highestOutput,
  lowerBounds,
  cost,
  comparison,
}: UsageFigures): UsageFigures => ({
  messages,
  sessions,
  tokens,
  highestOutput,
  lowerBounds,
  cost,
  comparison,
});

function sessionOf(db: Db, link: IssueLink, use: Figures): IssueSession {
  const row = db
    .prepare<[string], SessionRow>('SELECT id, title, agent, started_at, ended_at FROM session WHERE id = ?')
    .get(link.session);
  const shown: IssueLink = link.share === 'undivided' ? { ...link, isWithin: () => true } : link;
  return {
    id: link.session,
    title: row?.title ?? null,
    agent: row?.agent ?? null,
    startedAt: iso(row?.started_at),
    endedAt: iso(row?.ended_at),
    share: link.share,
    evidence: link.evidence.map(({ kind, at, until, key, text }) => ({
      kind,
      at: iso(at),
      until: iso(until),
      key,
      text,
    })),
    operations: operationsOf(db, shown),
    activeMs: activeMs(db, shown),
    use: use.of(link.session) ?? use.none,
  };
}

const byStart = (a: IssueSession, b: IssueSession): number =>
  (a.startedAt ?? '') < (b.startedAt ?? '') ? -1 : Number(a.startedAt !== b.startedAt);

/** Recorded for the issue, or made while a session was at it; the first one first. */
function decisionsOf(db: Db, id: string, links: readonly IssueLink[]): Decision[] {
  const within = links.flatMap(({ session, isWithin }) =>
    listDecisions(db, { session }).filter((one) => one.issue === null && isWithin(Date.parse(one.at))),
  );
  const own = listDecisions(db, { issue: id }).filter((one) => one.issue === id);
  return [...new Map([...own, ...within].map((one) => [one.id, one])).values()].toSorted((a, b) =>
    a.at < b.at ? -1 : Number(a.at > b.at),
  );
}

function bounds(
  db: Db,
  links: readonly IssueLink[],
  work: readonly Work[],
  commits: readonly IssueCommit[],
  issue: Issue | undefined,
): { startedAt: string | null; endedAt: string | null } {
  // A note on a session may be much later.
  const entries = db
    .prepare<[string], number>(
      `SELECT at FROM entry WHERE session = ? AND at > 0
         AND NOT EXISTS (SELECT 1 FROM record WHERE record.id = entry.key AND record.kind = 'note')`,
    )
    .pluck();
  const times = [
    ...links.flatMap(({ session, isWithin }) => entries.all(session).filter(isWithin)).map((at) => iso(at)),
    ...work.flatMap((one) => [one.startedAt, one.endedAt]),
    ...commits.map((one) => one.at),
  ].flatMap((at) => at ?? []);
  const [first = null, last = null] = times.length === 0 ? [] : [least(times), greatest(times)];
  const closed = issue?.state === 'closed' ? issue.closedAt : null;
  return { startedAt: first, endedAt: first !== null && closed !== null && closed >= first ? closed : last };
}

const least = (all: readonly string[]): string => all.reduce((a, b) => (b < a ? b : a));
const greatest = (all: readonly string[]): string => all.reduce((a, b) => (b > a ? b : a));
