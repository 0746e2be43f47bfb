// What ties sessions to issues: work that was recorded, prompts, commits, branches and decisions that name one, and trackers
// that say which session closed one. Read for many sessions at once, each kind by one index.
import type { Db } from '../../store/index.ts';
import { issueOf } from '../usage/issue.ts';
import { idsIn } from './ids.ts';
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
  /** When each turn began, and the issues that its prompt names. */
  readonly turns: readonly { readonly at: number; readonly issues: readonly string[] }[];
  readonly stays: readonly Stay[];
}

interface EntryRow {
  readonly session: string;
  readonly kind: string;
  readonly key: string;
  readonly at: number;
  readonly text: string;
}

interface RecordRow extends EntryRow {
  readonly id: string;
  readonly subject: string | null;
  readonly until: number | null;
  readonly message: string | null;
}

/** Issue that the name of a branch tells: one that is known, or else by the shape of the name. */
export const issueOfBranch = (branch: string, known: KnownIssues): string | undefined =>
  idsIn(branch, known.ids, 'branch')[0] ?? issueOf(branch);

/** The trails of those sessions that something ties to a known issue, or anything but a branch to any. */
export function trailsOf(db: Db, sessions: Iterable<string>, known: KnownIssues): Map<string, Trail> {
  const asked = new Set(sessions);
  const ids = JSON.stringify([...asked]);
  const of = <Row extends { readonly session: string }>(sql: string): Map<string, Row[]> =>
    Map.groupBy(db.prepare<[string], Row>(sql).all(ids), (row) => row.session);
  const entries = of<EntryRow>(
    `SELECT e.session, e.kind, e.key, e.at, e.text FROM json_each(?) s CROSS JOIN entry e ON e.session = s.value
     WHERE e.kind IN ('prompt', 'command', 'shell', 'notification', 'commit') ORDER BY e.session, e.at, e.pos`,
  );
  const records = of<RecordRow>(
    `SELECT r.session, r.kind, r.id, r.id AS key, r.at, r.text, r.subject,
       CASE r.kind WHEN 'work' THEN
         (SELECT min(d.at) FROM record d WHERE d.parent = r.id AND d.kind = 'work_done') END AS until,
       CASE r.kind WHEN 'commit_link' THEN
         (SELECT c.text FROM record c WHERE c.kind = 'commit' AND c.subject = r.subject) END AS message
     FROM json_each(?) s CROSS JOIN record r ON r.session = s.value
     WHERE r.kind IN ('work', 'decision', 'commit_link')`,
  );
  const stays = of<Stay & { session: string }>(
    `SELECT v.session, v.value, v.first_at, v.last_at FROM json_each(?) s
     CROSS JOIN session_value v ON v.session = s.value AND v.name = 'branch' ORDER BY v.first_at, v.last_at`,
  );
  const trails = new Map<string, Trail>();
  for (const session of asked) {
    const trail = trailOf(
      session,
      entries.get(session) ?? [],
      records.get(session) ?? [],
      stays.get(session) ?? [],
      known,
    );
    if (trail.evidence.some((one) => one.kind !== 'branch' || known.ids.has(one.issue)))
      trails.set(session, trail);
  }
  return trails;
}

function trailOf(
  session: string,
  entries: readonly EntryRow[],
  records: readonly RecordRow[],
  stays: readonly Stay[],
  known: KnownIssues,
): Trail {
  const named = entries.map((row) => ({
    ...row,
    // What a program says at the end of a task, and what a shell is told, names nobody's task.
    issues: ['prompt', 'command', 'commit'].includes(row.kind) ? idsIn(row.text, known.ids) : [],
  }));
  const evidence = [
    ...records.flatMap((row) => ofRecord(row, known)),
    ...named.flatMap(({ kind, issues, at, key, text }) =>
      issues.map((issue): Evidence => {
        return { issue, kind: kind === 'commit' ? 'commit' : 'prompt', at, until: null, key, text };
      }),
    ),
    ...stays.flatMap(({ value, first_at, last_at }) => {
      const issue = issueOfBranch(value, known);
      if (issue === undefined) return [];
      return [{ issue, kind: 'branch', at: first_at, until: last_at, key: value, text: value } as const];
    }),
    ...(known.closedBy.get(session) ?? []).map((issue): Evidence => {
      return { issue, kind: 'closed_by_session', at: 0, until: null, key: session, text: '' };
    }),
  ];
  const turns = named.filter((row) => row.kind !== 'commit');
  return { evidence: once(evidence), turns, stays };
}

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
