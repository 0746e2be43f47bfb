// An index of many responses, made by SQL alone: two years of work in sessions of 200 responses, one every 20 seconds, by as
// many at once as it takes.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../src/model/index.ts';
import { loadPricing } from '../../src/prices/index.ts';
import { bucketMs, indexFile, openIndex } from '../../src/store/index.ts';

const perSession = 200;
const everyMs = 20_000;
const spanMs = 730 * 24 * 3_600_000;

export function fillIndex(clewHome: string, messages: number): void {
  mkdirSync(path.join(clewHome, 'streams'), { recursive: true });
  const { db } = openIndex(indexFile(clewHome), Date.now());
  const sessions = Math.ceil(messages / perSession);
  const first = Math.floor((Date.now() - spanMs) / bucketMs) * bucketMs;
  const step = Math.floor(spanMs / sessions);
  process.stderr.write(`filling an index with ${messages} responses\n`);
  db.pragma('synchronous = OFF');
  db.exec(`
    CREATE TEMP TABLE s AS WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < ${sessions})
      SELECT n, printf('%08x-0000-4000-8000-%012x', n * 2654435761 % 4294967296, n) AS id, ${first} + n * ${step} AS at,
        CASE n % 3 WHEN 0 THEN 'claude-opus-4-5' WHEN 1 THEN 'claude-sonnet-4-5' ELSE 'gpt-5.5' END AS model FROM n;
    INSERT INTO message
      WITH RECURSIVE k(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM k WHERE k + 1 < ${perSession})
      SELECT s.n || '.' || k, s.id, s.id, NULL, 'source', 0, 0, s.at + k * ${everyMs}, s.model, 10, 500, 50000, 800, 0,
        1, 'end_turn', '', NULL, 0, NULL, 0, 42550000000, 42550000000
      FROM s JOIN k;
    INSERT INTO usage SELECT at / ${bucketMs}, session, model, tier, count(*), 0, sum(input), sum(output), sum(output),
        sum(cache_read), sum(cache_write_5m), 0, sum(cost), sum(cost_high), 0, 0
      FROM message GROUP BY 1, 2, 3, 4;
    INSERT INTO session_value SELECT id, 'branch', CASE n % 4 WHEN 0 THEN 'main' ELSE 'feature/' || (n % 500) || '-words' END, 0,
        at, at + ${perSession * everyMs} FROM s;
    INSERT INTO session_value SELECT id, 'branch', 'main', 0, at, at FROM s WHERE n % 10 = 1;`);
  const columns = db.prepare<[], { name: string }>("SELECT name FROM pragma_table_info('session')").all();
  const known: Readonly<Record<string, string>> = {
    id: 'id',
    agent: "CASE n % 3 WHEN 2 THEN 'codex' ELSE 'claude-code' END",
    project: "'/home/me/project-' || (n % 40)",
    workspace: "'/home/me/project-' || (n % 40)",
    branch: "'main'",
    title: "'Session ' || n",
    machine: "'bench'",
    models: "'[]'",
    started_at: 'at',
    ended_at: `at + ${perSession * everyMs}`,
    messages: String(perSession),
    version: 'NULL',
    entrypoint: 'NULL',
    permission_mode: 'NULL',
    parent: 'NULL',
    end_reason: 'NULL',
    reported: 'NULL',
  };
  db.exec(`INSERT INTO session SELECT ${columns.map(({ name }) => known[name] ?? '0').join(', ')} FROM s`);
  const { version } = loadPricing(clewHome, loadConfig(clewHome));
  db.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES ('pricing', ?), ('looked', ?)").run(
    version,
    String(Date.now()),
  );
  db.close();
}
