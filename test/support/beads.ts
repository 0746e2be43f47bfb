// For tests: databases as the versions of beads make them, with the same few issues in each, written as that version writes.
import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

const text = "TEXT NOT NULL DEFAULT ''";

const issues091 = `
CREATE TABLE issues (
  id TEXT PRIMARY KEY, title TEXT NOT NULL CHECK(length(title) <= 500), description ${text}, design ${text},
  acceptance_criteria ${text}, notes ${text}, status TEXT NOT NULL DEFAULT 'open',
  priority INTEGER NOT NULL DEFAULT 2 CHECK(priority >= 0 AND priority <= 4), issue_type TEXT NOT NULL DEFAULT 'task',
  assignee TEXT, estimated_minutes INTEGER, created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, closed_at DATETIME`;

const common = `
CREATE TABLE labels (issue_id TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (issue_id, label),
  FOREIGN KEY (issue_id) REFERENCES issues(id) ON DELETE CASCADE);
CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT, issue_id TEXT NOT NULL, event_type TEXT NOT NULL, actor TEXT NOT NULL,
  old_value TEXT, new_value TEXT, comment TEXT, created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE config (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE INDEX idx_issues_status ON issues(status);
CREATE VIEW ready_issues AS SELECT i.* FROM issues i WHERE i.status = 'open' AND NOT EXISTS (
  SELECT 1 FROM dependencies d JOIN issues b ON b.id = d.depends_on_id
  WHERE d.issue_id = i.id AND d.type = 'blocks' AND b.status IN ('open', 'in_progress', 'blocked'));`;

const dependencies = (key: string, more = '', other = ''): string => `
CREATE TABLE dependencies (issue_id TEXT NOT NULL, depends_on_id TEXT NOT NULL, type TEXT NOT NULL DEFAULT 'blocks',
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, created_by TEXT NOT NULL${more}, PRIMARY KEY (${key}),
  FOREIGN KEY (issue_id) REFERENCES issues(id) ON DELETE CASCADE${other});`;
const bothEnds = ', FOREIGN KEY (depends_on_id) REFERENCES issues(id) ON DELETE CASCADE';

const comments = `
CREATE TABLE comments (id INTEGER PRIMARY KEY AUTOINCREMENT, issue_id TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (issue_id) REFERENCES issues(id) ON DELETE CASCADE);
CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL);`;

const compaction =
  'external_ref TEXT, compaction_level INTEGER DEFAULT 0, compacted_at DATETIME, compacted_at_commit TEXT, original_size INTEGER';

/** In column order, as `PRAGMA table_info` shows them after all migrations. */
const issues047 = `
CREATE TABLE issues (
  id TEXT PRIMARY KEY, content_hash TEXT, title TEXT NOT NULL CHECK(length(title) <= 500), description ${text}, design ${text},
  acceptance_criteria ${text}, notes ${text}, status TEXT NOT NULL DEFAULT 'open', priority INTEGER NOT NULL DEFAULT 2,
  issue_type TEXT NOT NULL DEFAULT 'task', assignee TEXT, estimated_minutes INTEGER,
  created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, created_by TEXT DEFAULT '', owner TEXT DEFAULT '',
  updated_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, closed_at DATETIME, closed_by_session TEXT DEFAULT '', ${compaction},
  deleted_at DATETIME, deleted_by TEXT DEFAULT '', delete_reason TEXT DEFAULT '', original_type TEXT DEFAULT '',
  sender TEXT DEFAULT '', ephemeral INTEGER DEFAULT 0, pinned INTEGER DEFAULT 0, is_template INTEGER DEFAULT 0`;
const more047 = `, crystallizes INTEGER DEFAULT 0, mol_type TEXT DEFAULT '', work_type TEXT DEFAULT 'mutex', quality_score REAL,
  source_system TEXT DEFAULT '', event_kind TEXT DEFAULT '', actor TEXT DEFAULT '', target TEXT DEFAULT '',
  payload TEXT DEFAULT '', source_repo TEXT DEFAULT '.', close_reason TEXT DEFAULT '', await_type TEXT, await_id TEXT,
  timeout_ns INTEGER, waiters TEXT, hook_bead TEXT DEFAULT '', role_bead TEXT DEFAULT '', agent_state TEXT DEFAULT '',
  last_activity DATETIME, role_type TEXT DEFAULT '', rig TEXT DEFAULT '', due_at DATETIME, defer_until DATETIME`;
const closedCheck =
  ", CHECK ((status = 'closed' AND closed_at IS NOT NULL) OR status = 'tombstone' OR (status NOT IN ('closed', 'tombstone') AND closed_at IS NULL))";

const tables047 = (key: string): string => `${common}
${dependencies(key, ', metadata TEXT, thread_id TEXT')}${comments}
CREATE UNIQUE INDEX idx_issues_external_ref ON issues(external_ref) WHERE external_ref IS NOT NULL;
CREATE TABLE dirty_issues (issue_id TEXT PRIMARY KEY, marked_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, content_hash TEXT);
CREATE TABLE export_hashes (issue_id TEXT PRIMARY KEY, content_hash TEXT NOT NULL, exported_at DATETIME);
CREATE TABLE child_counters (parent_id TEXT PRIMARY KEY, last_child INTEGER NOT NULL DEFAULT 0);`;

const dirty =
  'CREATE TABLE dirty_issues (issue_id TEXT PRIMARY KEY, marked_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);';

const versions = {
  '0.9.1': {
    ddl: `${issues091});${common}${dependencies('issue_id, depends_on_id', '', bothEnds)}${dirty}`,
    time: (iso: string) => `${local(iso).replace('T', ' ')}.123456789-07:00`,
  },
  '0.9.4': {
    ddl: `${issues091}, external_ref TEXT);${common}${dependencies('issue_id, depends_on_id', '', bothEnds)}${dirty}`,
    time: (iso: string) => `${local(iso).replace('T', ' ')}.123456789 -0700 PDT m=+0.012345678`,
  },
  '0.9.11': {
    ddl: `${issues091}, ${compaction}, CHECK ((status = 'closed') = (closed_at IS NOT NULL)));${common}${dependencies('issue_id, depends_on_id', '', bothEnds)}${comments}${dirty}`,
    time: (iso: string) => `${local(iso).replace('T', ' ')}.123456789-07:00`,
  },
  '0.47': {
    ddl: `${issues047}${more047}${closedCheck});${tables047('issue_id, depends_on_id, type')}`,
    time: (iso: string) => `${local(iso)}.123456789-07:00`,
  },
  '0.50.3': {
    ddl: `${issues047}${more047}, spec_id TEXT, wisp_type TEXT DEFAULT '', metadata TEXT NOT NULL DEFAULT '{}'${closedCheck});${tables047('issue_id, depends_on_id, type')}`,
    time: (iso: string) => `${local(iso)}.123456789-07:00`,
  },
  br: {
    ddl: `${issues047}, source_system TEXT DEFAULT '', source_repo TEXT NOT NULL DEFAULT '.', close_reason TEXT DEFAULT '', due_at DATETIME, defer_until DATETIME${closedCheck});${tables047('issue_id, depends_on_id')}`,
    time: (iso: string) => `${iso}.123456789+00:00`,
  },
} as const;

export type BeadsVersion = keyof typeof versions;
export const beadsVersions = Object.keys(versions) as BeadsVersion[];

/** What a clock at -07:00 shows. */
const local = (iso: string): string =>
  new Date(Date.parse(`${iso}Z`) - 7 * 3_600_000).toISOString().slice(0, 19);

export const session = 'a1d85e3b-7f26-4c90-b3ea-58c2049d6f17';

/** Makes a project's `.beads/beads.db`; gives its path. */
export function makeBeads(project: string, version: BeadsVersion): string {
  const { ddl, time } = versions[version];
  mkdirSync(path.join(project, '.beads'), { recursive: true });
  const file = path.join(project, '.beads', 'beads.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(ddl);
  const has = (table: string, column: string): boolean =>
    db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column) !== undefined;
  const put = (table: string, row: Readonly<Record<string, string | number | null>>): void => {
    const names = Object.keys(row).filter((name) => has(table, name));
    db.prepare(`INSERT INTO ${table}(${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
      ...names.map((name) => row[name]),
    );
  };
  const at = (hour: number): string => time(`2026-01-05T${String(hour).padStart(2, '0')}:30:00`);
  const made = { created_at: at(3), updated_at: at(8) };
  put('issues', {
    id: 'bd-a3f2',
    title: 'The clock is wrong at noon',
    description: 'It shows 0:00.',
    status: 'in_progress',
    priority: 1,
    issue_type: 'bug',
    assignee: 'mira',
    external_ref: 'gh-12',
    ...made,
  });
  put('issues', {
    id: 'bd-a3f2.1',
    title: 'A test for noon',
    status: 'closed',
    priority: 2,
    issue_type: 'task',
    ...made,
    closed_at: at(9),
    closed_by_session: session,
    close_reason: 'Right since Friday',
  });
  // The time is what SQLite itself writes.
  put('issues', { id: 'bd-b71', title: 'Time zones', status: 'deferred', priority: 0, issue_type: 'epic' });
  db.prepare(
    "UPDATE issues SET created_at = '2026-01-05 10:00:00', updated_at = created_at WHERE id = 'bd-b71'",
  ).run();
  if (has('issues', 'deleted_at'))
    put('issues', {
      id: 'bd-zz9',
      title: 'A mistake',
      status: 'tombstone',
      priority: 3,
      ...made,
      deleted_at: at(9),
    });
  put('labels', { issue_id: 'bd-a3f2', label: 'time' });
  put('labels', { issue_id: 'bd-a3f2', label: 'noon' });
  put('dependencies', { issue_id: 'bd-a3f2', depends_on_id: 'bd-b71', type: 'blocks', created_by: 'mira' });
  put('dependencies', {
    issue_id: 'bd-a3f2.1',
    depends_on_id: 'bd-a3f2',
    type: 'parent-child',
    created_by: 'mira',
  });
  if (has('comments', 'text'))
    for (const said of ['Seen on Friday.', 'Still so.'])
      put('comments', { issue_id: 'bd-a3f2', author: 'mira', text: said });
  put('config', { key: 'issue_prefix', value: 'bd' });
  db.close();
  return file;
}
