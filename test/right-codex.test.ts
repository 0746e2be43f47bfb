// clew's numbers for Codex against those of a separate, slow, obvious counter, on real threads: among them subagents that
// begin with a copy of their parent's history, resumed threads, counters that were set back, and several states of one file.
import Database from 'better-sqlite3';
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { countCodex } from './counter/codex.ts';
import type { ThreadCounts } from './counter/codex.ts';
import { noTokens } from './counter/counts.ts';
import type { Tokens } from './counter/counts.ts';
import { tempFolder, testHome } from './support/home.ts';
import { real } from './support/real.ts';

const tokens = `sum(input) AS input, sum(output) AS output, sum(cache_read) AS cacheRead,
  sum(cache_write_5m) AS cacheWrite5m, sum(cache_write_1h) AS cacheWrite1h`;

/** What the index holds of each thread, in the counter's words. */
function threadsIn(file: string): Record<string, ThreadCounts> {
  const db = new Database(file, { readonly: true });
  const runs = db
    .prepare<[], { run: string }>('SELECT DISTINCT run FROM entry UNION SELECT run FROM message')
    .all();
  const threads = Object.fromEntries(runs.map(({ run }) => [run, threadIn(db, run)]));
  db.close();
  return threads;
}

function threadIn(db: Database.Database, run: string): ThreadCounts {
  const rows = <T>(sql: string): T[] => db.prepare<[string], T>(sql).all(run);
  const n = (sql: string): number => rows<{ n: number | null }>(sql)[0]?.n ?? 0;
  const entries = (kind: string): number =>
    // What agents say to each other is no prompt of the counter's.
    n(
      `SELECT count(*) AS n FROM entry WHERE run = ? AND kind = '${kind}' AND text NOT LIKE 'Message Type: %'`,
    );
  const models = rows<{ model: string; messages: number } & Tokens>(
    `SELECT trim(model || ' ' || tier) AS model, count(*) AS messages, ${tokens} FROM message WHERE run = ? GROUP BY 1`,
  );
  const tools = rows<{ name: string; n: number }>(
    "SELECT name, count(*) AS n FROM operation WHERE run = ? AND name <> '' GROUP BY 1",
  );
  const edited = rows<{ path: string }>(
    'SELECT DISTINCT c.path FROM change c JOIN operation o ON o.id = c.operation WHERE o.run = ?',
  );
  const [sums] = rows<Tokens>(`SELECT ${tokens} FROM message WHERE run = ? HAVING count(*) > 0`);
  return {
    messages: n('SELECT count(*) AS n FROM message WHERE run = ?'),
    tokens: sums ?? noTokens(),
    models: Object.fromEntries(
      models.map(({ model, messages, ...own }) => [model, { messages, tokens: own }]),
    ),
    prompts: entries('prompt'),
    agentPrompts: entries('agent_prompt'),
    tools: Object.fromEntries(tools.map((one) => [one.name, one.n])),
    toolErrors: n('SELECT sum(is_error) AS n FROM operation WHERE run = ?'),
    compactions: entries('compaction'),
    filesEdited: edited.map((one) => one.path).toSorted(),
  };
}

describe.skipIf(!real.isThere)(`real threads of Codex (skipped: ${real.why})`, () => {
  test('every thread has what the slow counter counts', { timeout: 120_000 }, async () => {
    const folder = tempFolder();
    const sessions = path.join(folder, '.codex', 'sessions');
    cpSync(path.join(real.home, '.codex', 'sessions'), sessions, { recursive: true });
    const home = testHome({ home: folder });
    const clew = home.open();
    expect((await clew.import()).failures).toEqual([]);

    const counts = countCodex(sessions);
    const threads = threadsIn(path.join(home.context.clewHome, 'index.db'));
    expect(Object.keys(threads).toSorted()).toEqual(Object.keys(counts).toSorted());
    for (const [id, own] of Object.entries(counts)) expect({ id, ...threads[id] }).toEqual({ id, ...own });
    // 37 threads: four subagents belong to a session that is there, two to one that is not.
    expect(clew.sessions()).toHaveLength(37 - 4 - 2 + 1);
  });

  test(
    'a subagent alone has what it was given, and gives it back when its parent comes',
    { timeout: 120_000 },
    async () => {
      const folder = tempFolder();
      const sessions = path.join(folder, '.codex', 'sessions');
      const day = path.join('2026', '04', '11');
      const from = path.join(real.home, '.codex', 'sessions', day);
      const fork = 'rollout-2026-04-11T20-16-20-019d7e30-2f7a-7f60-a942-c59ab0be98d9.jsonl';
      cpSync(path.join(from, fork), path.join(sessions, day, fork));
      const home = testHome({ home: folder });
      const clew = home.open();
      await clew.import();
      const index = path.join(home.context.clewHome, 'index.db');
      const alone = threadsIn(index);
      const counted = countCodex(sessions);
      expect(Object.entries(alone).map(([id, own]) => [id, own.messages, own.tokens])).toEqual(
        Object.entries(counted).map(([id, own]) => [id, own.messages, own.tokens]),
      );

      cpSync(from, path.join(sessions, day), { recursive: true });
      await clew.import();
      const all = countCodex(sessions);
      const together = threadsIn(index);
      for (const [id, own] of Object.entries(all)) expect({ id, ...together[id] }).toEqual({ id, ...own });
    },
  );

  test('several states of one file, one of them rewritten, are one thread', async () => {
    const folder = tempFolder();
    const sessions = path.join(folder, '.codex', 'sessions');
    const growth = path.join(real.growth, '..', 'codex');
    for (const thread of readdirSync(growth))
      for (const state of readdirSync(path.join(growth, thread))) {
        const file = path.join(sessions, state, `rollout-2026-06-18T00-00-00-${thread}.jsonl`);
        cpSync(path.join(growth, thread, state), file, { recursive: true });
      }
    const home = testHome({ home: folder });
    await home.open().import();
    const threads = threadsIn(path.join(home.context.clewHome, 'index.db'));
    for (const [id, { messages, tokens, tools, compactions }] of Object.entries(countCodex(sessions)))
      expect({ id, ...threads[id] }).toMatchObject({ id, messages, tokens, tools, compactions });
  });
});
