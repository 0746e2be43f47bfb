// Whom a session that is at work waits for, as its record tells: the user, a tool, or the model.
import type { EntryKind, OperationType } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { iso } from './rows.ts';

export interface ActiveWaiting {
  readonly on: 'user' | 'tool' | 'model';
  /**
   * Of the user: `permission` for an operation, the answer to a `question`, the approval of a `plan`, the next `prompt`. Of
   * a tool: its name. Of the model: `answer`.
   */
  readonly what: string;
  /** The operation that has no result yet, its tool and its target. */
  readonly operation: string | null;
  readonly tool: string | null;
  readonly target: string | null;
  readonly since: string | null;
}

/** Undefined where nothing is known that it did. */
export function waitingOf(db: Db, session: string): ActiveWaiting | undefined {
  const last = lastEntry(db, session);
  if (!last) return undefined;
  const pending = pendingOf(db, session);
  const open = askingNow(db, session, last.at);
  if (open) return open;
  const asked = pending.map((one) => ({ ...one, what: askedFor(db, session, one.id) }));
  const question = asked.find((one) => one.what !== undefined);
  const [running] = pending;
  if (question) return ofOperation('user', question.what ?? '', question);
  if (running) return ofOperation('tool', running.name, running);
  const nothingOf = { operation: null, tool: null, target: null, since: iso(last.at) };
  return isOver(db, session, last.kind)
    ? { on: 'user', what: 'prompt', ...nothingOf }
    : { on: 'model', what: 'answer', ...nothingOf };
}

export interface Pending {
  readonly id: string;
  readonly name: string;
  readonly type: OperationType;
  readonly target: string | null;
  readonly at: number;
}

const ofOperation = (
  on: ActiveWaiting['on'],
  what: string,
  { id, name, target, at }: Pending,
): ActiveWaiting => ({ on, what, operation: id, tool: name, target, since: iso(at) });

/** What tells nothing about where a turn stands, nor does what was recorded on purpose. */
const beside = ['note', 'attachment', 'skill', 'change', 'action', 'commit', 'pull_request', 'todo'];

const lastEntry = (db: Db, session: string): { kind: EntryKind; at: number } | undefined =>
  db
    .prepare<[string, string, string], { kind: EntryKind; at: number }>(
      `SELECT kind, at FROM entry WHERE session = ? AND run = ? AND kind NOT IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM record WHERE record.id = entry.key)
       ORDER BY at DESC, pos DESC LIMIT 1`,
    )
    .get(session, session, JSON.stringify(beside));

/** Calls of the turn that is on, the latest first: those of former ones were cut off. A call that started a subagent is not the one that is waited for. */
export const pendingOf = (db: Db, session: string): Pending[] =>
  db
    .prepare<{ session: string }, Pending>(
      `SELECT o.id, o.name, o.type, e.text AS target, o.at FROM operation o LEFT JOIN entry e ON e.key = o.id
       WHERE o.session = @session AND o.status = 'pending' AND o.name <> '' AND o.at >= coalesce(
         (SELECT max(at) FROM entry WHERE session = @session AND kind IN ('prompt', 'command', 'shell', 'notification')), 0)
       ORDER BY o.at DESC, o.id`,
    )
    .all({ session });

/** What the user is asked for before the call goes on, if that was told. */
const askedFor = (db: Db, session: string, operation: string): string | undefined =>
  db
    .prepare<[string, string], { value: string }>(
      "SELECT value FROM session_value WHERE session = ? AND name = 'asked' AND substr(value, instr(value, ' ') + 1) = ?",
    )
    .get(session, operation)
    ?.value.split(' ')[0];

/** What the user is asked for, where the call is not on record yet: until anything else is heard of the session. */
function askingNow(db: Db, session: string, last: number): ActiveWaiting | undefined {
  const told = db
    .prepare<{ session: string; last: number }, { value: string; at: number }>(
      `SELECT value, last_at AS at FROM session_value v WHERE session = @session AND name = 'asking' AND last_at >= @last
         AND NOT EXISTS (SELECT 1 FROM session_value w WHERE w.session = @session AND w.name <> 'asking' AND w.last_at > v.last_at)
       ORDER BY last_at DESC LIMIT 1`,
    )
    .get({ session, last });
  if (!told) return undefined;
  const [tool = '', target = ''] = told.value.split(/\n(.*)/s);
  return { on: 'user', what: 'permission', operation: null, tool, target, since: iso(told.at) };
}

/** The turn is over where its last word is an answer behind which no call can come, or where it was broken off. */
function isOver(db: Db, session: string, kind: EntryKind): boolean {
  if (kind === 'interruption' || kind === 'api_error' || kind === 'compaction') return true;
  if (kind !== 'answer') return false;
  const message = db
    .prepare<[string, string], { stop_reason: string | null }>(
      'SELECT stop_reason FROM message WHERE session = ? AND run = ? ORDER BY at DESC, pos DESC LIMIT 1',
    )
    .get(session, session);
  return message?.stop_reason !== 'tool_use';
}
