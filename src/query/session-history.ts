// What happened in a session, step by step, as interactions: recorded by hand, or told by the agent's own records.
import type { InteractionType } from '../model/index.ts';
import type { Db } from '../store/index.ts';
import { iso } from './rows.ts';

export interface Interaction {
  readonly id: string;
  readonly type: InteractionType;
  readonly at: string | null;
  readonly content: string | null;
  readonly metadata: unknown;
}

export interface HistoryFilter {
  readonly type?: InteractionType | undefined;
  readonly limit?: number | undefined;
  /** Only this one. */
  readonly id?: string | undefined;
}

const defaultLimit = 50;

/** Every entry of a session that is an interaction, with its type. A commit may be told by its link and by a command. */
const interactions = `
  SELECT e.key AS id, e.at, e.source, e.pos, coalesce(r.text, e.text) AS content, coalesce(r.data, CASE WHEN r.id IS NULL THEN e.detail END) AS metadata,
    CASE
      WHEN r.kind = 'interaction' THEN r.subject
      WHEN r.kind = 'session' THEN CASE r.subject WHEN 'start' THEN 'session_start' WHEN 'end' THEN 'session_end' END
      WHEN e.kind IN ('prompt', 'command', 'shell') THEN 'user_message'
      WHEN e.kind = 'answer' THEN 'agent_response'
      WHEN e.kind = 'commit' THEN 'commit'
      WHEN e.kind = 'operation' THEN
        CASE o.type WHEN 'read' THEN 'file_read' WHEN 'write' THEN 'file_write' WHEN 'execute' THEN 'command_execution' ELSE 'tool_call' END
    END AS type
  FROM entry e LEFT JOIN record r ON r.id = e.key LEFT JOIN operation o ON o.id = e.key AND e.kind = 'operation'
  WHERE e.session = @session AND e.kind IN ('prompt', 'command', 'shell', 'answer', 'operation', 'commit', 'note')
    AND NOT (e.kind = 'commit' AND EXISTS (SELECT 1 FROM entry f WHERE f.session = e.session AND f.kind = 'commit'
      AND f.text = e.text AND (f.at, f.key) < (e.at, e.key)))`;

/** The latest that match, the earliest of them first. */
export function sessionHistory(db: Db, session: string, filter: HistoryFilter = {}): Interaction[] {
  const { type = null, limit = defaultLimit, id = null } = filter;
  return db
    .prepare<
      unknown[],
      { id: string; type: InteractionType; at: number; content: string; metadata: string | null }
    >(
      `SELECT * FROM (${interactions}) WHERE type IS NOT NULL AND (@type IS NULL OR type = @type)
         AND (@id IS NULL OR id = @id)
       ORDER BY at DESC, source DESC, pos DESC, id DESC LIMIT @limit`,
    )
    .all({ session, type, limit, id })
    .toReversed()
    .map((row) => ({
      id: row.id,
      type: row.type,
      at: iso(row.at),
      content: row.content === '' ? null : row.content,
      metadata: row.metadata === null ? null : (JSON.parse(row.metadata) as unknown),
    }));
}

/** How many there are of each type. */
export function countInteractions(
  db: Db,
  session: string,
): Readonly<Partial<Record<InteractionType, number>>> {
  const rows = db
    .prepare<unknown[], { type: InteractionType; n: number }>(
      `SELECT type, count(*) AS n FROM (${interactions}) WHERE type IS NOT NULL GROUP BY type ORDER BY type`,
    )
    .all({ session });
  return Object.fromEntries(rows.map(({ type, n }) => [type, n]));
}
