// Which agents clew knows, where they keep their records, what there is of them, and what their records can tell.
import { existsSync } from 'node:fs';
import { adapters } from '../agents/index.ts';
import type { Capabilities, Config, Context } from '../model/index.ts';
import type { Db } from '../store/index.ts';

export interface AgentSummary {
  readonly name: string;
  readonly title: string;
  /** Where clew looks for its records. */
  readonly folders: readonly { readonly path: string; readonly origin: string; readonly exists: boolean }[];
  readonly sessions: number;
  /** ISO 8601; null where there is none. */
  readonly lastAt: string | null;
  /** Versions met in its records, the earliest first. */
  readonly versions: readonly string[];
  /** Clew can install hooks, can go on from the middle of a conversation. */
  readonly hooks: boolean;
  readonly branches: boolean;
  /** What its records tell, by version. */
  readonly capabilities: readonly Capabilities[];
}

export function listAgents(db: Db, context: Context, config: Config): AgentSummary[] {
  const sessions = db.prepare<[string], { n: number; last: number | null }>(
    'SELECT count(*) AS n, max(ended_at) AS last FROM session WHERE agent = ?',
  );
  const versions = db.prepare<[string], { value: string }>(
    `SELECT v.value FROM session s JOIN session_value v ON v.session = s.id AND v.name = 'version'
     WHERE s.agent = ? GROUP BY v.value ORDER BY min(v.first_at), v.value`,
  );
  return adapters.map((adapter) => {
    const { n, last } = sessions.get(adapter.name) ?? { n: 0, last: null };
    return {
      name: adapter.name,
      title: adapter.title,
      folders: adapter
        .roots(context, config)
        .map(({ path, origin }) => ({ path, origin, exists: existsSync(path) })),
      sessions: n,
      lastAt: last ? new Date(last).toISOString() : null,
      versions: versions.all(adapter.name).map((row) => row.value),
      hooks: adapter.hooks !== undefined,
      branches: adapter.conversation !== undefined,
      capabilities: adapter.capabilities,
    };
  });
}
