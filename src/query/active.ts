// Who is at work now: which agent, where, on which issue and files, and whom it waits for. Where two of them are about to
// get into each other's way, that is said.
import type { AgentName } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { recentFiles } from './active-files.ts';
import type { ActiveFile } from './active-files.ts';
import { issueNow } from './active-issue.ts';
import { waitingOf } from './active-waiting.ts';
import type { ActiveWaiting } from './active-waiting.ts';
import type { Moment } from './rows.ts';
import { listSessions } from './sessions.ts';
import type { SessionRow } from './types.ts';
import { knownIssues } from './issues/known.ts';
import type { KnownIssues } from './issues/known.ts';

export interface ActiveAgent {
  readonly session: string;
  readonly agent: AgentName;
  readonly title: string | null;
  readonly project: string | null;
  /** The working tree, as far as it is known; otherwise the folder that it was started in. */
  readonly root: string | null;
  readonly branch: string | null;
  readonly issue: string | null;
  /** Where the issue is told: in work that was begun, in a prompt, or in the branch's name. */
  readonly issueFrom: 'work' | 'prompt' | 'branch' | null;
  readonly startedAt: string | null;
  /** The last that was heard of it. */
  readonly quietSince: string | null;
  /** Null where the record does not tell. */
  readonly waiting: ActiveWaiting | null;
  /** Changed in the last hour or about to be, the latest first. */
  readonly files: readonly ActiveFile[];
}

/** Agents that may get into each other's way. */
export interface ActiveWarning {
  /** `file`: all of them changed it in the last hour, or are about to. `worktree`: they work in the same one. */
  readonly kind: 'file' | 'worktree';
  readonly path: string;
  readonly sessions: readonly string[];
}

export interface ActiveReport {
  readonly agents: readonly ActiveAgent[];
  readonly warnings: readonly ActiveWarning[];
}

export function activeAgents(db: Db, moment: Moment): ActiveReport {
  const known = knownIssues(db);
  const agents = listSessions(db, moment, { status: 'active' }).map((row) =>
    agentOf(db, row, known, moment.now),
  );
  return { agents, warnings: warningsOf(agents) };
}

function agentOf(db: Db, row: SessionRow, known: KnownIssues, now: number): ActiveAgent {
  const { issue, from } = issueNow(db, row.id, row.branch, known) ?? { issue: null, from: null };
  const root = rootOf(db, row.id) ?? row.workspace;
  return {
    session: row.id,
    agent: row.agent,
    title: row.title,
    project: row.project,
    root,
    branch: row.branch,
    issue,
    issueFrom: from,
    startedAt: row.startedAt,
    quietSince: row.endedAt,
    waiting: waitingOf(db, row.id) ?? null,
    files: recentFiles(db, row.id, root, now),
  };
}

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
