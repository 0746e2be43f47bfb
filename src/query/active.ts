// Who is at work now: which agent, where, on which issue and files, and whom it waits for. Where two of them are about to
// get into each other's way, that is said.
import type { AgentName } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { recentFiles } from './active-files.ts';
import type { ActiveFile } from './active-files.ts';
import { waitingOf } from './active-waiting.ts';
import type { ActiveWaiting } from './active-waiting.ts';
import type { Moment } from './rows.ts';
import { listSessions } from './sessions.ts';
import type { SessionRow } from './types.ts';
import { issueOf } from './usage/issue.ts';

export interface ActiveAgent {
  readonly session: string;
  readonly agent: AgentName;
  readonly title: string | null;
  readonly project: string | null;
  /** The working tree, as far as it is known; otherwise the folder that it was started in. */
  readonly root: string | null;
  readonly branch: string | null;
  readonly issue: string | null;
  /** Where the issue is told: in work that was begun, or in the branch's name. */
  readonly issueFrom: 'work' | 'branch' | null;
  readonly startedAt: string | null;
  /** The last that was heard of it. */
  readonly quietSince: string | null;
  /** Null where the record does not tell. */
  readonly waiting: ActiveWaiting | null;
  /** Changed in the last hour, the latest first. */
  readonly files: readonly ActiveFile[];
}

/** Agents that may get into each other's way. */
export interface ActiveWarning {
  /** `file`: all of them changed it in the last hour. `worktree`: they work in the same one. */
  readonly kind: 'file' | 'worktree';
  readonly path: string;
  readonly sessions: readonly string[];
}

export interface ActiveReport {
  readonly agents: readonly ActiveAgent[];
  readonly warnings: readonly ActiveWarning[];
}

export function activeAgents(db: Db, moment: Moment): ActiveReport {
  const agents = listSessions(db, moment, { status: 'active' }).map((row) => agentOf(db, row, moment.now));
  return { agents, warnings: warningsOf(agents) };
}

function agentOf(db: Db, row: SessionRow, now: number): ActiveAgent {
  const work = openWork(db, row.id);
  const named = row.branch === null ? undefined : issueOf(row.branch);
  return {
    session: row.id,
    agent: row.agent,
    title: row.title,
    project: row.project,
    root: rootOf(db, row.id) ?? row.workspace,
    branch: row.branch,
    issue: work ?? named ?? null,
    issueFrom: work === undefined ? (named === undefined ? null : 'branch') : 'work',
    startedAt: row.startedAt,
    quietSince: row.endedAt,
    waiting: waitingOf(db, row.id) ?? null,
    files: recentFiles(db, row.id, now),
  };
}

/** The issue that it began work on last, and did not end. */
const openWork = (db: Db, session: string): string | undefined =>
  db
    .prepare<[string, string], { subject: string }>(
      `SELECT subject FROM record w WHERE kind = 'work' AND subject IS NOT NULL
         AND (session = ? OR session IN (SELECT recorded FROM joined WHERE session = ?))
         AND NOT EXISTS (SELECT 1 FROM record d WHERE d.parent = w.id AND d.kind = 'work_done')
       ORDER BY at DESC, id LIMIT 1`,
    )
    .get(session, session)?.subject;

/** Checkpoints are of whole working trees. */
const rootOf = (db: Db, session: string): string | undefined =>
  db
    .prepare<[string], { root: string }>(
      'SELECT root FROM checkpoint WHERE session = ? ORDER BY at DESC, id LIMIT 1',
    )
    .get(session)?.root;

function warningsOf(agents: readonly ActiveAgent[]): ActiveWarning[] {
  const shared = (kind: ActiveWarning['kind'], pathsOf: (agent: ActiveAgent) => readonly string[]) => {
    const sessions = new Map<string, string[]>();
    for (const agent of agents)
      for (const path of pathsOf(agent)) sessions.set(path, [...(sessions.get(path) ?? []), agent.session]);
    return [...sessions]
      .filter(([, all]) => all.length > 1)
      .map(([path, all]) => ({ kind, path, sessions: all }));
  };
  return [
    ...shared('file', (agent) => agent.files.map((file) => file.path)),
    ...shared('worktree', (agent) => (agent.root === null ? [] : [agent.root])),
  ];
}
