// clew's tables in beads' database, as the Go library "agent_tracking" reads them: its queries, and its way of scanning a row,
// in which one bad value fails the whole list. beads' own tables are the same, byte for byte.
import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { beadsVersions, makeBeads } from '../support/beads.ts';
import { openClew } from '../../src/index.ts';
import type { Clew } from '../../src/index.ts';
import { createRecorder } from '../../src/journal/index.ts';
import { loadConfig } from '../../src/model/index.ts';

const claude = '0e64b7d3-1111-4111-8111-111111111111';
const byHand = '1f75c8e4-2222-4222-8222-222222222222';
const now = Date.parse('2026-02-10T12:00:00.789Z');
const at = (clock: string): number => Date.parse(`2026-02-09T${clock}:00.456Z`);

interface Made {
  readonly file: string;
  readonly clew: Clew;
  readonly recorder: ReturnType<typeof createRecorder>;
}

let folder = '';
const made = new Map<string, Made>();

/** A project with a session that an agent wrote and one that goes on, and with work and skills of both. */
async function make(version: (typeof beadsVersions)[number]): Promise<Made> {
  const home = path.join(folder, version);
  const root = path.join(home, 'project');
  mkdirSync(path.join(root, '.git'), { recursive: true });
  const file = makeBeads(root, version);
  const clewHome = path.join(home, 'clew');
  const context = { env: {}, home, clewHome, cwd: root, machine: 'test', now: () => now };
  const transcript = path.join(home, '.claude', 'projects', 'p', `${claude}.jsonl`);
  mkdirSync(path.dirname(transcript), { recursive: true });
  const told = {
    sessionId: claude,
    cwd: root,
    version: '2.1.329',
    timestamp: new Date(at('09:00')).toISOString(),
  };
  const usage = { input_tokens: 70, output_tokens: 5, cache_read_input_tokens: 30 };
  writeFileSync(
    transcript,
    [
      { ...told, type: 'user', uuid: 'u', message: { role: 'user', content: 'Go' } },
      {
        ...told,
        timestamp: new Date(at('09:10')).toISOString(),
        type: 'assistant',
        uuid: 'a',
        message: {
          id: 'm',
          role: 'assistant',
          model: 'm',
          stop_reason: 'end_turn',
          usage,
          content: [],
        },
      },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
  );
  const recorder = createRecorder(context, loadConfig(clewHome));
  recorder.recordAll([
    {
      kind: 'session',
      subject: 'start',
      session: byHand,
      root,
      at: at('10:00'),
      values: {
        agent: 'claude-code',
        agentName: 'mira-bot',
        workspace: root,
        machine: 'test',
        modelTier: 'strong',
        started: 'x',
      },
    },
    { kind: 'work', id: 'w1', subject: 'bd-a3f2', session: byHand, at: at('10:05'), text: 'it is late' },
    {
      kind: 'work_status',
      parent: 'w1',
      subject: 'bd-a3f2',
      session: byHand,
      data: { status: 'in_progress' },
      at: at('10:06'),
    },
    { kind: 'work_done', parent: 'w1', session: byHand, at: at('10:35'), text: 'fixed' },
    { kind: 'work', id: 'w2', subject: 'bd-b71', session: claude, at: at('09:05') },
    {
      kind: 'skill',
      id: 's1',
      subject: 'tdd',
      session: byHand,
      at: at('10:10'),
      data: { contextAdded: 1200, issue: 'bd-a3f2' },
    },
    { kind: 'skill', id: 's2', subject: 'tdd', session: claude, at: at('09:06'), data: {} },
  ]);
  const clew = openClew({ context });
  await clew.import();
  return { file, clew, recorder };
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'clew-beads-'));
  for (const version of beadsVersions) made.set(version, await make(version));
}, 60_000);
afterAll(() => {
  for (const { clew } of made.values()) clew.close();
  rmSync(folder, { recursive: true, force: true });
});

type Row = Readonly<Record<string, unknown>>;
const query = (file: string, sql: string, ...values: unknown[]): Row[] => {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<unknown[], Row>(sql).all(...values);
  } finally {
    db.close();
  }
};

/** What `time.Parse(time.RFC3339, …)` takes. */
function goTime(value: unknown): number {
  const isTime =
    typeof value === 'string' &&
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(
      value,
    );
  if (!isTime) throw new Error(`failed to parse ${String(value)}`);
  return Date.parse(value);
}
/** A Go string: NULL cannot be scanned into one. */
function goText(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`converting ${String(value)} to string is unsupported`);
  return value;
}
function goInt(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Error(`converting ${String(value)} to int is unsupported`);
  return value as number;
}
const goNullTime = (value: unknown): number | null => (value === null ? null : goTime(value));
const goList = (value: unknown): string[] => {
  const list = JSON.parse(goText(value)) as unknown;
  if (!Array.isArray(list)) throw new Error('null, where a list is expected');
  return list as string[];
};

const sessionColumns =
  'session_id, agent_name, workspace_path, started_at, ended_at, exit_reason, issues_claimed, skills_used, model_tier, context_tokens, created_at';
const goSession = (row: Row) => ({
  id: goText(row['session_id']),
  agent: goText(row['agent_name']),
  workspace: goText(row['workspace_path']),
  started: goTime(row['started_at']),
  ended: goNullTime(row['ended_at']),
  reason: row['exit_reason'],
  issues: goList(row['issues_claimed']),
  skills: goList(row['skills_used']),
  tier: row['model_tier'],
  tokens: goInt(row['context_tokens']),
  created: goTime(row['created_at']),
});
const goWork = (row: Row) => ({
  id: goText(row['work_id']),
  issue: goText(row['issue_id']),
  session: goText(row['session_id']),
  agent: goText(row['agent_name']),
  started: goTime(row['started_at']),
  ended: goNullTime(row['ended_at']),
  changes: goList(row['status_changes']),
  rationale: row['decision_rationale'],
  notes: row['work_notes'],
  completed: goInt(row['completed']) === 1,
});

/** Everything that is not clew's: the schema as text, and every row of every table. */
function beadsOwn(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    const objects = db
      .prepare<[], { type: string; name: string; tbl_name: string; sql: string }>(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'agent!_%' ESCAPE '!' ORDER BY type, name",
      )
      .all();
    const rows = objects
      .filter((one) => one.type === 'table')
      .map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).raw().all()]);
    return { objects, rows };
  } finally {
    db.close();
  }
}

describe.each(beadsVersions)("in beads' database of %s", (version) => {
  const here = (): Made => {
    const one = made.get(version);
    if (!one) throw new Error(`${version} was not made`);
    return one;
  };

  test("clew's tables come beside beads' own, which stay as they are, and a second time nothing is written", async () => {
    const { file, clew } = here();
    const before = beadsOwn(file);
    expect(await clew.syncBeads()).toEqual({ database: file, sessions: 2, work: 2, skills: 2 });
    expect(beadsOwn(file)).toEqual(before);
    expect(await clew.syncBeads()).toEqual({ database: file, sessions: 0, work: 0, skills: 0 });
    expect(query(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(query(file, 'PRAGMA foreign_key_check')).toEqual([]);
    expect(await clew.issues()).toMatchObject({ trackers: [{ issues: beadsOwnIssues(file) }] });
  });

  test('with its columns, defaults and indexes', () => {
    const { file } = here();
    const columns = (table: string): string[] =>
      query(file, `PRAGMA table_info(${table})`).map((row) =>
        [
          row['name'],
          row['type'],
          row['notnull'] ? 'NOT NULL' : '',
          row['dflt_value'] ?? '',
          row['pk'] ? 'PK' : '',
        ]
          .filter(Boolean)
          .join(' '),
      );
    expect(columns('agent_sessions')).toEqual([
      'session_id TEXT PK',
      'agent_name TEXT NOT NULL',
      'workspace_path TEXT NOT NULL',
      'started_at TEXT NOT NULL',
      'ended_at TEXT',
      'exit_reason TEXT',
      "issues_claimed TEXT '[]'",
      "skills_used TEXT '[]'",
      'model_tier TEXT',
      'context_tokens INTEGER 0',
      "created_at TEXT datetime('now')",
    ]);
    expect(columns('agent_issue_work')).toEqual([
      'work_id TEXT PK',
      'issue_id TEXT NOT NULL',
      'session_id TEXT NOT NULL',
      'agent_name TEXT NOT NULL',
      'started_at TEXT NOT NULL',
      'ended_at TEXT',
      "status_changes TEXT '[]'",
      'decision_rationale TEXT',
      'work_notes TEXT',
      'completed BOOLEAN 0',
    ]);
    expect(columns('agent_skill_usage')).toEqual([
      'usage_id TEXT PK',
      'session_id TEXT NOT NULL',
      'skill_name TEXT NOT NULL',
      'loaded_at TEXT NOT NULL',
      'used_for_issue_id TEXT',
      'context_added INTEGER 0',
    ]);
    const indexes = query(
      file,
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'agent!_%' ESCAPE '!' AND sql IS NOT NULL ORDER BY name",
    ).map((row) => `${String(row['name'])} ${/\(.*\)/.exec(String(row['sql']))?.[0]}`);
    expect(indexes).toEqual([
      'idx_agent_sessions_agent (agent_name)',
      'idx_agent_sessions_started (started_at)',
      'idx_agent_skill_session (session_id)',
      'idx_agent_work_issue (issue_id)',
      'idx_agent_work_session (session_id)',
    ]);
    for (const table of ['agent_issue_work', 'agent_skill_usage'])
      expect(query(file, `PRAGMA foreign_key_list(${table})`)).toMatchObject([
        { table: 'agent_sessions', from: 'session_id', to: 'session_id', on_delete: 'CASCADE' },
      ]);
  });

  test('GetSession and both lists of sessions', () => {
    const { file } = here();
    const get = (id: string) =>
      query(file, `SELECT ${sessionColumns} FROM agent_sessions WHERE session_id = ?`, id).map(goSession);
    expect(get(claude)).toEqual([
      {
        id: claude,
        agent: 'claude-code',
        workspace: path.join(folder, version, 'project'),
        started: Date.parse('2026-02-09T09:00:00Z'),
        ended: Date.parse('2026-02-09T09:10:00Z'),
        reason: 'completed',
        issues: ['bd-b71'],
        skills: ['tdd'],
        tier: null,
        tokens: 100,
        created: Date.parse('2026-02-09T09:00:00Z'),
      },
    ]);
    expect(get(byHand)).toMatchObject([
      { agent: 'mira-bot', tier: 'strong', issues: ['bd-a3f2'], tokens: 0 },
    ]);
    const byAgent = query(
      file,
      `SELECT ${sessionColumns} FROM agent_sessions WHERE agent_name = ? ORDER BY started_at DESC LIMIT ?`,
      'mira-bot',
      10,
    );
    expect(byAgent.map(goSession)).toHaveLength(1);
    const active = query(
      file,
      `SELECT ${sessionColumns} FROM agent_sessions WHERE ended_at IS NULL ORDER BY started_at DESC`,
    ).map(goSession);
    expect(active.every((one) => one.reason === null)).toBe(true);
  });

  test('ListWorkByIssue, ListWorkBySession, GetWork', () => {
    const { file } = here();
    const byIssue = query(
      file,
      'SELECT * FROM agent_issue_work WHERE issue_id = ? ORDER BY started_at DESC',
      'bd-a3f2',
    ).map(goWork);
    expect(byIssue).toMatchObject([
      {
        session: byHand,
        agent: 'mira-bot',
        rationale: 'it is late',
        notes: 'fixed',
        completed: true,
        changes: ['in_progress'],
        ended: Date.parse('2026-02-09T10:35:00Z'),
      },
    ]);
    expect(byIssue[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const bySession = query(
      file,
      'SELECT * FROM agent_issue_work WHERE session_id = ? ORDER BY started_at ASC',
      claude,
    ).map(goWork);
    expect(bySession).toMatchObject([{ issue: 'bd-b71', ended: null, completed: false, changes: [] }]);
  });

  test('its statistics', () => {
    const { file } = here();
    const since = '2026-02-09T09:00:00Z';
    const [agent] = query(
      file,
      `SELECT count(*) AS sessions, sum(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END) AS active, sum(context_tokens) AS tokens
       FROM agent_sessions WHERE agent_name = ? AND started_at >= ?`,
      'claude-code',
      since,
    );
    expect(agent).toEqual({ sessions: 1, active: 0, tokens: 100 });
    const [issue] = query(
      file,
      `SELECT count(*) AS work, count(DISTINCT agent_name) AS agents, max(completed) AS done,
         sum((julianday(coalesce(ended_at, ?)) - julianday(started_at)) * 86400) AS seconds FROM agent_issue_work WHERE issue_id = ?`,
      '2026-02-10T12:00:00Z',
      'bd-a3f2',
    );
    expect(issue).toMatchObject({ work: 1, agents: 1, done: 1 });
    expect(Math.round(Number(issue?.['seconds']))).toBe(30 * 60);
    const [skill] = query(
      file,
      `SELECT count(*) AS uses, count(DISTINCT u.session_id) AS sessions, count(DISTINCT s.agent_name) AS agents, sum(u.context_added) AS added
       FROM agent_skill_usage u JOIN agent_sessions s ON s.session_id = u.session_id WHERE u.skill_name = ? AND u.loaded_at >= ?`,
      'tdd',
      since,
    );
    expect(skill).toEqual({ uses: 2, sessions: 2, agents: 2, added: 1200 });
    const durations = query(
      file,
      `SELECT (julianday(coalesce(ended_at, ?)) - julianday(started_at)) * 86400 AS seconds FROM agent_sessions WHERE started_at >= ? ORDER BY seconds DESC LIMIT 50`,
      '2026-02-10T12:00:00Z',
      since,
    );
    expect(durations.every((row) => typeof row['seconds'] === 'number')).toBe(true);
  });

  test('what changes later is brought up to date, and only that', async () => {
    const { file, clew, recorder } = here();
    recorder.recordAll([
      { kind: 'work_done', parent: 'w2', session: claude, at: at('09:09'), text: 'done, too' },
    ]);
    await clew.import();
    expect(await clew.syncBeads()).toMatchObject({ sessions: 0, work: 1, skills: 0 });
    expect(
      query(file, 'SELECT * FROM agent_issue_work WHERE issue_id = ?', 'bd-b71').map(goWork),
    ).toMatchObject([{ notes: 'done, too', completed: true }]);
  });
});

const beadsOwnIssues = (file: string): unknown => query(file, 'SELECT count(*) AS n FROM issues')[0]?.['n'];
