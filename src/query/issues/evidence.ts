// What ties sessions to issues: work that was recorded, prompts, commits, branches and decisions that name one, and trackers
// that say which session closed one. Read for many sessions at once, each kind by one index.
import type { Db } from '../../store/index.ts';
import { issueOf } from '../usage/issue.ts';
import { headsOf, idsIn } from './ids.ts';
import type { KnownIssues } from './known.ts';

export const evidenceKinds = ['work', 'prompt', 'branch', 'commit', 'closed_by_session', 'decision'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export interface Evidence {
  readonly issue: string;
  readonly kind: EvidenceKind;
  /** 0 where it is not known. */
  readonly at: number;
  /** The end of a work or of the stay on a branch; null where it has none. */
  readonly until: number | null;
  /** The record, the entry, the commit, or the branch. */
  readonly key: string;
  readonly text: string;
}

export interface Stay {
  readonly value: string;
  readonly first_at: number;
  readonly last_at: number;
}

/** What is known of one session. */
export interface Trail {
  readonly evidence: readonly Evidence[];
  /** When each turn began, and the issues that its prompt names; none, where prompts do not divide the session. */
  readonly turns: readonly { readonly at: number; readonly issues: readonly string[] }[];
  readonly stays: readonly Stay[];
}

interface TurnRow {
  readonly session: string;
  readonly key: string;
  readonly at: number;
}

interface NamingRow extends TurnRow {
  readonly kind: string;
  readonly text: string;
}

interface RecordRow {
  readonly session: string;
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  readonly at: number;
  readonly text: string;
  readonly subject: string | null;
  readonly until: number | null;
  readonly message: string | null;
}

type StayRow = Stay & { readonly session: string };

/** Issue that the name of a branch tells: one that is known, or else by the shape of the name. */
export const issueOfBranch = (branch: string, known: KnownIssues): string | undefined =>
  idsIn(branch, known.ids, 'branch')[0] ?? issueOf(branch);

/** The trails of those sessions that something ties to a known issue, or anything but a branch to any. */
export function trailsOf(db: Db, sessions: Iterable<string>, known: KnownIssues): Map<string, Trail> {
  const asked = [...new Set(sessions)];
  const named = namings(db, asked, known);
  const records = rowsOf<RecordRow>(db, recordSql, asked);
  const stays = rowsOf<StayRow>(db, staySql, asked);
  const issueAt = branchReader(known);
  const evidence = new Map<string, readonly Evidence[]>();
  for (const session of asked) {
    const all = [
      ...(records.get(session) ?? []).flatMap((row) => ofRecord(row, known)),
      ...(named.get(session) ?? []).flatMap(ofNaming),
      ...(stays.get(session) ?? []).flatMap((row) => ofStay(row, issueAt(row.value))),
      ...(known.closedBy.get(session) ?? []).map((issue) => ofCloser(session, issue)),
    ];
    if (all.some((one) => one.kind !== 'branch' || known.ids.has(one.issue)))
      evidence.set(session, once(all));
  }
  const turns = rowsOf<TurnRow>(
    db,
    turnSql,
    [...evidence].filter(([, all]) => isDividedByPrompts(all)).map(([session]) => session),
  );
  return new Map(
    [...evidence].map(([session, all]) => {
      const issues = new Map((named.get(session) ?? []).map((row) => [row.key, row.issues]));
      const begun = (turns.get(session) ?? []).map(({ key, at }) => ({ at, issues: issues.get(key) ?? [] }));
      return [session, { evidence: all, turns: begun, stays: stays.get(session) ?? [] }];
    }),
  );
}

/** Only then does it matter when each of its turns began. */
const isDividedByPrompts = (evidence: readonly Evidence[]): boolean =>
  evidence.some((one) => one.kind === 'prompt') && evidence.some((one) => one.issue !== evidence[0]?.issue);

/** Rows by their session, in the order of the query. */
const rowsOf = <Row extends { readonly session: string }>(
  db: Db,
  sql: string,
  sessions: readonly string[],
  ...more: readonly string[]
): Map<string, Row[]> =>
  Map.groupBy(db.prepare<string[], Row>(sql).all(JSON.stringify(sessions), ...more), (row) => row.session);

/** What begins a turn, and commits, have an index of their own, with these very words. */
const turnsFrom = `FROM json_each(?) s CROSS JOIN entry e ON e.session = s.value
  WHERE e.kind IN ('prompt', 'command', 'shell', 'notification', 'commit')`;

const turnSql = `SELECT e.session, e.key, e.at ${turnsFrom} AND e.kind <> 'commit' ORDER BY e.session, e.at, e.pos`;

const recordSql = `SELECT r.session, r.kind, r.id, r.id AS key, r.at, r.text, r.subject,
    CASE r.kind WHEN 'work' THEN
      (SELECT min(d.at) FROM record d WHERE d.parent = r.id AND d.kind = 'work_done') END AS until,
    CASE r.kind WHEN 'commit_link' THEN
      (SELECT c.text FROM record c WHERE c.kind = 'commit' AND c.subject = r.subject) END AS message
  FROM json_each(?) s CROSS JOIN record r ON r.session = s.value
  WHERE r.kind IN ('work', 'decision', 'commit_link')`;

const staySql = `SELECT v.session, v.value, v.first_at, v.last_at FROM json_each(?) s
  CROSS JOIN session_value v ON v.session = s.value AND v.name = 'branch' ORDER BY v.first_at, v.last_at`;

type Naming = NamingRow & { readonly issues: readonly string[] };

/** Prompts and commits that name known issues. What a program says, and what a shell is told, names nobody's task. */
function namings(db: Db, sessions: readonly string[], known: KnownIssues): Map<string, Naming[]> {
  const heads = headsOf(known.ids);
  const has = heads?.map(() => 'instr(e.text, ?) > 0').join(' OR ') ?? 'TRUE';
  const rows = rowsOf<NamingRow>(
    db,
    `SELECT e.session, e.kind, e.key, e.at, e.text ${turnsFrom}
       AND e.kind NOT IN ('shell', 'notification') AND (${has}) ORDER BY e.session, e.at, e.pos`,
    sessions,
    ...(heads ?? []),
  );
  return new Map(
    [...rows].map(([session, all]) => [
      session,
      all
        .map((row) => ({ ...row, issues: idsIn(row.text, known.ids) }))
        .filter(({ issues }) => issues.length > 0),
    ]),
  );
}

/** Many sessions are on the same branch. */
function branchReader(known: KnownIssues): (branch: string) => string | undefined {
  const told = new Map<string, string | undefined>();
  return (branch) => {
    if (!told.has(branch)) told.set(branch, issueOfBranch(branch, known));
    return told.get(branch);
  };
}

const ofNaming = ({ kind, issues, at, key, text }: Naming): Evidence[] =>
  issues.map((issue) => {
    return { issue, kind: kind === 'commit' ? 'commit' : 'prompt', at, until: null, key, text };
  });

const ofStay = ({ value, first_at, last_at }: StayRow, issue: string | undefined): Evidence[] =>
  issue === undefined
    ? []
    : [{ issue, kind: 'branch', at: first_at, until: last_at, key: value, text: value }];

const ofCloser = (session: string, issue: string): Evidence => {
  return { issue, kind: 'closed_by_session', at: 0, until: null, key: session, text: '' };
};

function ofRecord(
  { kind, key, at, until, subject, text, message }: RecordRow,
  known: KnownIssues,
): Evidence[] {
  if (kind === 'commit_link')
    return idsIn(message ?? text, known.ids).map((issue) => ({
      issue,
      kind: 'commit',
      at,
      until: null,
      key: subject ?? key,
      text: message ?? text,
    }));
  if (subject === null) return [];
  return [{ issue: subject, kind: kind === 'work' ? 'work' : 'decision', at, until, key, text }];
}

/** A commit is told by the agent's shell and by git. */
function once(evidence: readonly Evidence[]): Evidence[] {
  const subject = ({ text }: Evidence): string => text.replace(/^[0-9a-f]{7,40} /, '').split('\n')[0] ?? '';
  const seen = new Set<string>();
  return evidence.filter((one) => {
    const mark =
      one.kind === 'commit' ? `${one.issue}|${subject(one)}` : `${one.issue}|${one.kind}|${one.key}`;
    return !seen.has(mark) && seen.add(mark);
  });
}
