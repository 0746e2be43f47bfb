// clew's numbers against those of a separate, slow, obvious counter, on real sessions.
import Database from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { countClaudeCode } from './counter/claude-code.ts';
import { testHome } from './support/home.ts';
import { real, realHome } from './support/real.ts';

describe.skipIf(!real.isThere)(`real sessions (skipped: ${real.why})`, () => {
  test(
    'sessions, messages, tokens, tools, errors and compactions are what the slow counter counts',
    { timeout: 120_000 },
    async () => {
      const home = testHome({ home: realHome('.claude') });
      const clew = home.open();
      const report = await clew.import();
      expect(report.failures).toEqual([]);
      const counts = countClaudeCode([home.projects]);
      const db = new Database(path.join(home.context.clewHome, 'index.db'), { readonly: true });
      const rows = <T>(sql: string): T[] => db.prepare<[], T>(sql).all();
      const one = (sql: string): number => rows<{ n: number }>(sql)[0]?.n ?? 0;
      const usage =
        'sum(input) AS input, sum(output) AS output, sum(cache_read) AS cacheRead, sum(cache_write_5m) AS cacheWrite5m, sum(cache_write_1h) AS cacheWrite1h';

      expect(
        clew
          .sessions()
          .map((row) => row.id)
          .toSorted(),
      ).toEqual(counts.sessionIds);
      expect(one("SELECT sum(count) AS n FROM oddity WHERE kind = 'bad-line'")).toBe(counts.badLines);
      expect(one("SELECT count(*) AS n FROM oddity WHERE kind <> 'bad-line'")).toBe(0);

      // Messages and tokens: from transcripts, and from progress records alone (rank 3).
      expect(one('SELECT count(*) AS n FROM message WHERE rank < 3')).toBe(counts.messages);
      expect(one('SELECT count(*) AS n FROM message WHERE rank = 3')).toBe(counts.progressOnly.messages);
      expect(rows(`SELECT ${usage} FROM message WHERE rank < 3`)[0]).toEqual(counts.tokens);
      expect(rows(`SELECT ${usage} FROM message WHERE rank = 3`)[0]).toEqual(counts.progressOnly.tokens);
      const models = rows<{ model: string; messages: number }>(
        `SELECT model, count(*) AS messages, ${usage} FROM message WHERE rank < 3 GROUP BY model`,
      );
      expect(
        Object.fromEntries(models.map(({ model, messages, ...tokens }) => [model, { messages, tokens }])),
      ).toEqual(counts.models);

      // Tools and their errors.
      const tools = (where: string): Record<string, number> =>
        Object.fromEntries(
          rows<{ name: string; n: number }>(
            `SELECT o.name, count(*) AS n FROM operation o JOIN entry e ON e.key = o.id WHERE o.name <> '' AND ${where} GROUP BY o.name`,
          ).map(({ name, n }) => [name, n]),
        );
      expect(tools('e.rank < 3')).toEqual(counts.tools);
      expect(tools('e.rank = 3')).toEqual(counts.progressOnly.tools);
      expect(
        one(
          'SELECT count(*) AS n FROM operation o JOIN entry e ON e.key = o.id WHERE o.is_error = 1 AND e.rank < 3',
        ),
      ).toBe(counts.toolErrors);

      const kinds = Object.fromEntries(
        rows<{ kind: string; n: number }>(
          'SELECT kind, count(*) AS n FROM entry WHERE rank < 3 GROUP BY kind',
        ).map(({ kind, n }) => [kind, n]),
      );
      expect(kinds).toMatchObject({
        prompt: counts.prompts,
        command: counts.commands,
        shell: counts.bashInputs,
        interruption: counts.interruptions,
        compaction: counts.compactions,
        api_error: counts.apiErrors,
      });
      const edited = rows<{ path: string }>(
        "SELECT DISTINCT c.path FROM change c JOIN operation o ON o.id = c.operation JOIN entry e ON e.key = o.id WHERE e.rank < 3 AND o.name IN ('Edit', 'MultiEdit', 'Write', 'NotebookEdit') AND o.is_error = 0 ORDER BY c.path",
      );
      expect(edited.map((row) => row.path).toSorted()).toEqual(counts.filesEdited);
      db.close();

      // Session by session: what each owns, counted once over all.
      for (const row of clew.sessions()) {
        const own = counts.sessions[row.id];
        const add = (a: number, b: number): number => a + b;
        expect({
          id: row.id,
          messages: row.messages,
          compactions: row.compactions,
          apiErrors: row.apiErrors,
          operations: row.operations,
          tokens: row.tokens,
        }).toEqual({
          id: row.id,
          messages: (own?.messagesOwned ?? 0) + (own?.progressOnly.messages ?? 0),
          compactions: own?.owned.compactions,
          apiErrors: own?.owned.apiErrors,
          operations: [
            ...Object.values(own?.owned.tools ?? {}),
            ...Object.values(own?.progressOnly.tools ?? {}),
          ].reduce(add, 0),
          tokens: Object.fromEntries(
            (['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const).map((kind) => [
              kind,
              (own?.tokens[kind] ?? 0) + (own?.progressOnly.tokens[kind] ?? 0),
            ]),
          ),
        });
      }
    },
  );
});
