// clew's numbers for OpenCode against those of a separate, slow, obvious counter, on real sessions.
import Database from 'better-sqlite3';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { countOpenCode } from './counter/opencode.ts';
import type { OpenCodeCounts } from './counter/opencode.ts';
import { tempFolder, testHome } from './support/home.ts';

const folder = path.join(import.meta.dirname, '../../shared/transcripts/exports/opencode');
const exportsBelow = (place: string): string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => path.join(place, name));

/** The same numbers from the index, by run: a session that another one started is a run of that one's. */
async function indexed(place: string): Promise<{ counts: Record<string, OpenCodeCounts>; oddities: number }> {
  const home = testHome();
  const clew = home.open();
  const report = await clew.import({ paths: [place] });
  expect(report.failures).toEqual([]);
  const db = new Database(path.join(home.context.clewHome, 'index.db'), { readonly: true });
  const rows = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
  const counts: Record<string, OpenCodeCounts> = {};
  const of = (run: string): OpenCodeCounts =>
    (counts[run] ??= {
      messages: 0,
      prompts: 0,
      tokens: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
      models: {},
      cost: 0,
      tools: {},
      toolErrors: 0,
      compactions: 0,
      apiErrors: 0,
      thoughts: 0,
    });
  type Row = OpenCodeCounts['tokens'] & { run: string; model: string; messages: number; cost: number };
  for (const { run, model, messages, cost, ...tokens } of rows<Row>(
    `SELECT run, model, count(*) AS messages, sum(input) AS input, sum(output) AS output, sum(cache_read) AS cacheRead,
       sum(cache_write_5m + cache_write_1h) AS cacheWrite, sum(coalesce(reported, 0)) AS cost
     FROM message GROUP BY run, model`,
  )) {
    const own = of(run);
    own.messages += messages;
    own.cost += cost;
    own.models[model] = { messages, tokens };
    for (const kind of ['input', 'output', 'cacheRead', 'cacheWrite'] as const)
      own.tokens[kind] += tokens[kind];
  }
  const kinds = {
    prompt: 'prompts',
    compaction: 'compactions',
    api_error: 'apiErrors',
    thinking: 'thoughts',
  } as const;
  for (const { run, kind, n } of rows<{ run: string; kind: keyof typeof kinds; n: number }>(
    'SELECT run, kind, count(*) AS n FROM entry GROUP BY run, kind',
  ))
    if (kind in kinds) of(run)[kinds[kind]] = n;
  for (const { run, name, n, errors } of rows<{ run: string; name: string; n: number; errors: number }>(
    `SELECT e.run, o.name, count(*) AS n, sum(o.is_error) AS errors
     FROM operation o JOIN entry e ON e.key = o.id GROUP BY e.run, o.name`,
  )) {
    of(run).tools[name] = n;
    of(run).toolErrors += errors;
  }
  const [{ n: oddities } = { n: 0 }] = rows<{ n: number }>('SELECT count(*) AS n FROM oddity');
  db.close();
  return { counts, oddities };
}

describe.skipIf(!existsSync(folder))('real exports (skipped: they are not beside the project)', () => {
  test('messages, tokens by model, prompts, tools and their errors, session by session', async () => {
    const { counts, oddities } = await indexed(folder);
    expect(counts).toEqual(countOpenCode(exportsBelow(folder)));
    expect(Object.keys(counts)).toHaveLength(17);
    expect(oddities).toBe(0);
  });
});

test('messages that a fork copied are counted once', async () => {
  const place = tempFolder();
  const message = (id: string, created: number, more: object): object => ({
    info: { id, time: { created, completed: created + 5 }, ...more },
    parts: [{ type: 'text', text: 'x', id: `prt_${id.slice(4)}` }],
  });
  // As `opencode run --fork` makes them: new ids, of the time of the fork, and the old times inside.
  const idAt = (at: number): string =>
    `msg_${(BigInt(at) * 4096n).toString(16).slice(-12).padStart(12, '0')}00aa`;
  const tokens = { total: 7, input: 3, output: 4, reasoning: 0, cache: { read: 0, write: 0 } };
  const answer = { role: 'assistant', modelID: 'm', cost: 0.5, tokens };
  const began = 1_790_000_000_000;
  const session = (id: string, messages: object[]): void =>
    writeFileSync(
      path.join(place, `${id}.json`),
      JSON.stringify({ info: { id, slug: id, time: { created: began } }, messages }),
    );
  session('ses_1', [
    message(idAt(began), began, { role: 'user' }),
    message(idAt(began + 10), began + 10, answer),
  ]);
  session('ses_2', [
    message(idAt(began + 90_000), began, { role: 'user' }),
    message(idAt(began + 90_001), began + 10, answer),
    message(idAt(began + 99_000), began + 99_000, answer),
  ]);
  const { counts } = await indexed(place);
  expect(counts).toEqual(countOpenCode([path.join(place, 'ses_1.json'), path.join(place, 'ses_2.json')]));
  expect(counts['ses_2']).toMatchObject({ messages: 1, prompts: 0, cost: 500_000 });
});
