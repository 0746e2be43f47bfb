// The index's tables. All of it is derived from streams: a change here raises `schemaVersion`, and an index of an older
// version is built anew. Times are milliseconds since the epoch, 0 for unknown.

export const schemaVersion = 9;

/**
 * source     one row per source: how far it was read (offset, ino, size, mtime, head, tail, generation), how long its
 *            stream is (length in the file, content when unpacked, lines, hash of the last frame), the reader's state
 * frame      where each frame of a stream begins, by content offset
 * oddity     what a source held that was kept but not understood, counted by kind
 * redaction  secrets replaced per source and rule
 * entry      the timeline, and all text that is searched; `key` is natural (uuid, message.id#n, tool_use id)
 * copy       further places of an entry that stands in several sources; the entry's own place is its owner's
 * message    one row per API response, counted once; message_copy as above
 * usage      what responses used and cost, by quarter of an hour, session, model and tier; costs in picodollars
 * operation  one row per tool call; same key as its entry
 * change     what an operation did to one file; its diff is the text of the entry `<operation>|<path>`
 * run        subagents
 * session_value  values that sessions had, with the first and the last time
 * session    derived from all of these whenever something of the session's changed; `kept` is the id that it has by hand
 * checkpoint the state of a project's files at a moment; `tree` names it in clew's object store
 * list       the repositories inside of a project, or what was left out, as checkpoints name them: many the same
 * action     what clew itself did to files: undo, redo, restore, branch
 * step       that a checkpoint was compared with the one before it of the same project
 * effect     a file that differs between the two, and whose doing that is: one operation's, several operations' that
 *            ran meanwhile, clew's own, or the user's; effect_of leads from an operation to its effects
 * record     what was recorded on purpose, and what was seen beside the agents: work, decisions, metrics, commits, and more
 *            `told` is the session that it names, `session` the one that this is joined to
 * joined     of a session kept by hand, the session that an agent wrote inside of it: the two are one, the latter's
 * kin        pairs of sessions that hold copies of each other's records, and which ended first
 */
export const schema = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source(
  id TEXT PRIMARY KEY, agent TEXT NOT NULL, kind TEXT NOT NULL, machine TEXT NOT NULL, path TEXT NOT NULL,
  session TEXT, run TEXT,
  generation INTEGER NOT NULL, offset INTEGER NOT NULL, ino INTEGER NOT NULL, size INTEGER NOT NULL,
  mtime REAL NOT NULL, head TEXT NOT NULL, tail TEXT NOT NULL,
  length INTEGER NOT NULL, content INTEGER NOT NULL, lines INTEGER NOT NULL, hash TEXT NOT NULL, state TEXT
) WITHOUT ROWID;
CREATE INDEX source_session ON source(session, path);
CREATE TABLE frame(source TEXT NOT NULL, at INTEGER NOT NULL, start INTEGER NOT NULL, PRIMARY KEY(source, at)) WITHOUT ROWID;
CREATE TABLE oddity(source TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL,
  line INTEGER NOT NULL, pos INTEGER NOT NULL, PRIMARY KEY(source, kind, what)) WITHOUT ROWID;
CREATE TABLE redaction(source TEXT NOT NULL, rule TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(source, rule)) WITHOUT ROWID;
CREATE TABLE entry(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, session TEXT NOT NULL, run TEXT NOT NULL,
  turn TEXT, source TEXT NOT NULL, pos INTEGER NOT NULL, rank INTEGER NOT NULL, at INTEGER NOT NULL,
  text TEXT NOT NULL, detail TEXT);
CREATE INDEX entry_session ON entry(session, at, pos, kind);
CREATE INDEX entry_turn ON entry(session, at, pos)
  WHERE kind IN ('prompt', 'command', 'shell', 'notification', 'commit');
CREATE TABLE copy(key TEXT NOT NULL, source TEXT NOT NULL, session TEXT NOT NULL, run TEXT NOT NULL, turn TEXT,
  pos INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(key, source)) WITHOUT ROWID;
CREATE INDEX copy_session ON copy(session);
CREATE TABLE message(
  id TEXT PRIMARY KEY, session TEXT NOT NULL, run TEXT NOT NULL, turn TEXT, source TEXT NOT NULL, pos INTEGER NOT NULL,
  rank INTEGER NOT NULL, at INTEGER NOT NULL, model TEXT NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,
  cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
  output_final INTEGER NOT NULL, stop_reason TEXT, tier TEXT NOT NULL, reported INTEGER, chars INTEGER NOT NULL,
  charged TEXT, rest INTEGER NOT NULL, cost INTEGER, cost_high INTEGER);
CREATE INDEX message_session ON message(session, at);
CREATE INDEX message_at ON message(at);
CREATE TABLE message_copy(
  id TEXT NOT NULL, session TEXT NOT NULL, run TEXT NOT NULL, turn TEXT, source TEXT NOT NULL, pos INTEGER NOT NULL,
  rank INTEGER NOT NULL, at INTEGER NOT NULL, model TEXT NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,
  cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL,
  output_final INTEGER NOT NULL, stop_reason TEXT, tier TEXT NOT NULL, reported INTEGER, chars INTEGER NOT NULL,
  charged TEXT, rest INTEGER NOT NULL, PRIMARY KEY(id, source)) WITHOUT ROWID;
CREATE INDEX message_copy_session ON message_copy(session);
CREATE TABLE usage(
  bucket INTEGER NOT NULL, session TEXT NOT NULL, model TEXT NOT NULL, tier TEXT NOT NULL, messages INTEGER NOT NULL,
  lower_bounds INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, output_high INTEGER NOT NULL,
  cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL, cost INTEGER NOT NULL,
  cost_high INTEGER NOT NULL, unpriced INTEGER NOT NULL, reported INTEGER NOT NULL,
  PRIMARY KEY(bucket, session, model, tier)) WITHOUT ROWID;
CREATE INDEX usage_session ON usage(session);
CREATE TABLE operation(
  id TEXT PRIMARY KEY, session TEXT NOT NULL, run TEXT NOT NULL, turn TEXT, at INTEGER NOT NULL,
  name TEXT NOT NULL, type TEXT NOT NULL, message TEXT, description TEXT,
  status TEXT NOT NULL, status_by INTEGER NOT NULL, is_error INTEGER NOT NULL, result_at INTEGER NOT NULL,
  duration_ms INTEGER, duration_by INTEGER NOT NULL, spawned TEXT, batch TEXT, detail TEXT,
  approval TEXT, approval_by TEXT);
CREATE INDEX operation_session ON operation(session, is_error, name);
CREATE INDEX operation_at ON operation(at);
CREATE TABLE change(operation TEXT NOT NULL, path TEXT NOT NULL, kind TEXT NOT NULL, added INTEGER NOT NULL,
  removed INTEGER NOT NULL, partial INTEGER NOT NULL, PRIMARY KEY(operation, path));
CREATE INDEX change_path ON change(path);
CREATE TABLE run(
  session TEXT NOT NULL, id TEXT NOT NULL, type TEXT, description TEXT, model TEXT, operation TEXT, parent TEXT,
  status TEXT, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL, PRIMARY KEY(session, id)) WITHOUT ROWID;
CREATE TABLE session_value(session TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, weight INTEGER NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY(session, name, value)) WITHOUT ROWID;
CREATE TABLE session(
  id TEXT PRIMARY KEY, agent TEXT NOT NULL, version TEXT, machine TEXT NOT NULL, project TEXT, workspace TEXT,
  branch TEXT, entrypoint TEXT, permission_mode TEXT, title TEXT, parent TEXT, started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL, end_reason TEXT, models TEXT NOT NULL, turns INTEGER NOT NULL, messages INTEGER NOT NULL,
  messages_seen INTEGER NOT NULL, operations INTEGER NOT NULL, errors INTEGER NOT NULL, api_errors INTEGER NOT NULL,
  compactions INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL, cache_read INTEGER NOT NULL,
  cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL, output_final INTEGER NOT NULL, cost INTEGER NOT NULL,
  cost_high INTEGER NOT NULL, unpriced INTEGER NOT NULL, reported INTEGER, kept TEXT, state TEXT, goal TEXT, user TEXT,
  agent_name TEXT, agent_type TEXT, model TEXT, model_tier TEXT, temperature TEXT, initial_prompt TEXT, metadata TEXT
) WITHOUT ROWID;
CREATE INDEX session_ended ON session(ended_at);
CREATE INDEX session_state ON session(state) WHERE state IS NOT NULL;
CREATE TABLE kin(session TEXT NOT NULL, other TEXT NOT NULL, first TEXT NOT NULL, PRIMARY KEY(session, other)) WITHOUT ROWID;
CREATE TABLE checkpoint(
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, root TEXT NOT NULL, trigger TEXT NOT NULL, session TEXT, run TEXT,
  operation TEXT, tree TEXT, head TEXT, branch TEXT, late INTEGER NOT NULL, why TEXT, message TEXT,
  inner TEXT, left_out TEXT);
CREATE TABLE list(id TEXT PRIMARY KEY, items TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX checkpoint_root ON checkpoint(root, at);
CREATE INDEX checkpoint_session ON checkpoint(session, at);
CREATE TABLE action(
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, root TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
  operations TEXT NOT NULL, reverts TEXT, before TEXT NOT NULL, after TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX action_root ON action(root, at);
CREATE TABLE step(
  checkpoint TEXT PRIMARY KEY, previous TEXT NOT NULL, by TEXT NOT NULL, operations TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE effect(
  checkpoint TEXT NOT NULL, path TEXT NOT NULL, before_mode TEXT, before_oid TEXT, after_mode TEXT, after_oid TEXT,
  by TEXT NOT NULL, operations TEXT NOT NULL, PRIMARY KEY(checkpoint, path)) WITHOUT ROWID;
CREATE INDEX effect_path ON effect(path);
CREATE TABLE effect_of(operation TEXT NOT NULL, checkpoint TEXT NOT NULL, path TEXT NOT NULL,
  PRIMARY KEY(operation, checkpoint, path)) WITHOUT ROWID;
CREATE TABLE record(
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, session TEXT, run TEXT, operation TEXT, root TEXT,
  subject TEXT, parent TEXT, by TEXT, text TEXT NOT NULL, data TEXT, source TEXT NOT NULL, pos INTEGER NOT NULL,
  told TEXT);
CREATE INDEX record_told ON record(told, kind) WHERE told IS NOT NULL;
CREATE INDEX record_session ON record(session, kind, at);
CREATE INDEX record_subject ON record(kind, subject);
CREATE INDEX record_root ON record(root, kind, at);
CREATE INDEX record_parent ON record(parent) WHERE parent IS NOT NULL;
CREATE TABLE joined(recorded TEXT PRIMARY KEY, session TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX joined_session ON joined(session);
CREATE INDEX session_recorded ON session_value(value) WHERE name = 'recordedAs';
CREATE VIRTUAL TABLE search USING fts5(text, content='entry', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
`;
