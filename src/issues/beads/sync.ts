// clew's own tables in beads' SQLite database, as the Go library "agent_tracking" has them (version 1.0.0): sessions, work on
// issues and uses of skills. They are made where they are missing; beads' own tables are left as they are.
//
// The library reads a list only if every row of it can be read: times are RFC 3339 in whole seconds with `Z`, `created_at`
// is always written (its default would not parse), and lists are JSON arrays, never null.
import { createHash } from 'node:crypto';
import type { SkillUse, Work } from '../../journal/index.ts';
import type { BeadsDb } from './database.ts';
import { writing } from './database.ts';

const tables = `
CREATE TABLE IF NOT EXISTS agent_sessions (
  session_id TEXT PRIMARY KEY,
  agent_name TEXT NOT NULL,
  workspace_path TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  exit_reason TEXT,
  issues_claimed TEXT DEFAULT '[]',
  skills_used TEXT DEFAULT '[]',
  model_tier TEXT,
  context_tokens INTEGER DEFAULT 0,
  created_at TEXT DEFAULT (datetime('now'))
);
CREATE INDEX IF NOT EXISTS idx_agent_sessions_agent ON agent_sessions(agent_name);
CREATE INDEX IF NOT EXISTS idx_agent_sessions_started ON agent_sessions(started_at);
CREATE TABLE IF NOT EXISTS agent_issue_work (
  work_id TEXT PRIMARY KEY,
  issue_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  agent_name TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  status_changes TEXT DEFAULT '[]',
  decision_rationale TEXT,
  work_notes TEXT,
  completed BOOLEAN DEFAULT 0,
  FOREIGN KEY (session_id) REFERENCES agent_sessions(session_id) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS idx_agent_work_issue ON agent_issue_work(issue_id);
CREATE INDEX IF NOT EXISTS idx_agent_work_session ON agent_issue_work(session_id);
CREATE TABLE IF NOT EXISTS agent_skill_usage (
  usage_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  skill_name TEXT NOT NULL,
  loaded_at TEXT NOT NULL,
  used_for_issue_id TEXT,
  context_added INTEGER DEFAULT 0,
  FOREIGN KEY (session_id) REFERENCES agent_sessions(session_id) ON DELETE CASCADE
);
CREATE INDEX IF NOT EXISTS idx_agent_skill_session ON agent_skill_usage(session_id);
`;

/** A session as it is to be written. */
export interface SyncedSession {
  readonly id: string;
  readonly agent: string;
  readonly workspace: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly exitReason: string | null;
  readonly modelTier: string | null;
  readonly contextTokens: number;
  readonly work: readonly Work[];
  readonly skills: readonly SkillUse[];
}

export interface BeadsSync {
  readonly database: string;
  /** Rows that were new, or not as they are now. */
  readonly sessions: number;
  readonly work: number;
  readonly skills: number;
}

/** Writes what is not there yet, and what has changed. A second time nothing is left to write. Throws UNREADABLE, BUSY. */
export function syncBeads(database: string, sessions: readonly SyncedSession[]): BeadsSync {
  return writing(database, (db) => {
    db.exec(tables);
    const put = {
      session: putter(db, 'agent_sessions', sessionColumns),
      work: putter(db, 'agent_issue_work', workColumns),
      skill: putter(db, 'agent_skill_usage', skillColumns),
    };
    const count = { sessions: 0, work: 0, skills: 0 };
    for (const session of sessions) {
      count.sessions += put.session(sessionRow(session));
      for (const work of session.work) count.work += put.work(workRow(session, work));
      for (const skill of session.skills) count.skills += put.skill(skillRow(session, skill));
    }
    return { database, ...count };
  });
}

type Value = string | number | null;

/** Writes a row by its first column; gives 1 where that changed something. */
function putter(db: BeadsDb, table: string, columns: readonly string[]): (row: readonly Value[]) => number {
  const others = columns.slice(1);
  const put = db.prepare(
    `INSERT INTO ${table}(${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}
     WHERE ${others.map((name) => `${name} IS NOT excluded.${name}`).join(' OR ')}`,
  );
  return (row) => put.run(...row).changes;
}

const sessionColumns = [
  'session_id',
  'agent_name',
  'workspace_path',
  'started_at',
  'ended_at',
  'exit_reason',
  'issues_claimed',
  'skills_used',
  'model_tier',
  'context_tokens',
  'created_at',
];
const workColumns = [
  'work_id',
  'issue_id',
  'session_id',
  'agent_name',
  'started_at',
  'ended_at',
  'status_changes',
  'decision_rationale',
  'work_notes',
  'completed',
];
const skillColumns = [
  'usage_id',
  'session_id',
  'skill_name',
  'loaded_at',
  'used_for_issue_id',
  'context_added',
];

const sessionRow = (one: SyncedSession): Value[] => [
  uuidOf(one.id),
  one.agent,
  one.workspace,
  seconds(one.startedAt),
  one.endedAt && seconds(one.endedAt),
  one.exitReason,
  listOf(one.work.map((work) => work.issue)),
  listOf(one.skills.map((use) => use.skill)),
  one.modelTier,
  one.contextTokens,
  seconds(one.startedAt),
];

const workRow = (session: SyncedSession, work: Work): Value[] => [
  uuidOf(work.id),
  work.issue,
  uuidOf(session.id),
  work.agent ?? session.agent,
  seconds(work.startedAt),
  work.endedAt && seconds(work.endedAt),
  JSON.stringify(work.statusChanges.map((one) => one.status)),
  work.rationale,
  work.notes,
  work.completed ? 1 : 0,
];

const skillRow = (session: SyncedSession, use: SkillUse): Value[] => [
  uuidOf(use.id),
  uuidOf(session.id),
  use.skill,
  seconds(use.at),
  use.issue,
  use.contextAdded ?? 0,
];

const seconds = (iso: string): string => `${iso.slice(0, 19)}Z`;
/** Each once. */
const listOf = (all: readonly string[]): string => JSON.stringify([...new Set(all)].toSorted());

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id itself where it is a UUID, or else one that is made of it, always the same. */
function uuidOf(id: string): string {
  const known = id.toLowerCase();
  if (uuid.test(known)) return known;
  const hex = createHash('sha256').update(id).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
