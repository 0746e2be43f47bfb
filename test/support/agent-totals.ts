// For tests: what clew makes of a folder of an agent's sessions, in the words of the slow counters.
import Database from 'better-sqlite3';
import path from 'node:path';
import type { AgentCounts, Usage } from '../counter/agent-counts.ts';
import { testHome } from './home.ts';

type Row = Usage & { name: string };

export async function totalsOf(folder: string): Promise<AgentCounts> {
  const home = testHome();
  const { failures } = await home.open().import({ paths: [folder] });
  if (failures[0]) throw new Error(`${failures[0].path}: ${failures[0].message}`);
  return totalsIn(home.context.clewHome);
}

/** What is in an index. */
export function totalsIn(clewHome: string): AgentCounts {
  const db = new Database(path.join(clewHome, 'index.db'), { readonly: true });
  const rows = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
  const one = (sql: string): number => rows<{ n: number }>(sql)[0]?.n ?? 0;
  const usage = (by: string): Record<string, Usage> =>
    Object.fromEntries(
      rows<Row>(
        `SELECT ${by} AS name, sum(input) AS input, sum(output) AS output, sum(cache_read) AS cacheRead,
           sum(cache_write_5m + cache_write_1h) AS cacheWrite FROM message GROUP BY ${by}`,
      ).map(({ name, ...sums }) => [name, sums]),
    );
  const tools = rows<{ name: string; n: number }>('SELECT name, count(*) AS n FROM operation GROUP BY name');
  const edited = rows<{ path: string }>(
    `SELECT DISTINCT c.path AS path FROM change c JOIN operation o ON o.id = c.operation WHERE o.type = 'write'`,
  );
  const totals: AgentCounts = {
    sessions: rows<{ id: string }>('SELECT id FROM session ORDER BY id').map((row) => row.id),
    prompts: one("SELECT count(*) AS n FROM entry WHERE kind = 'prompt'"),
    messages: one('SELECT count(*) AS n FROM message WHERE rest = 0'),
    models: usage('model'),
    bySession: usage('session'),
    tools: Object.fromEntries(tools.map(({ name, n }) => [name, n])),
    toolErrors: one('SELECT count(*) AS n FROM operation WHERE is_error = 1'),
    filesEdited: new Set(edited.map((row) => row.path)),
  };
  db.close();
  return totals;
}
