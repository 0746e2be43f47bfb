// What clew says was used and what it cost, agent by agent and model by model, against separate, slow, obvious counters and a
// computation of costs that shares nothing with the project: on all real sessions, to the token and the micro-dollar.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { totalsTable } from './counter/accuracy-tables.ts';
import { factPrices, tablePrices } from './counter/prices.ts';
import { byModel, responsesIn, totalOf } from './counter/totals.ts';
import type { Total } from './counter/totals.ts';
import { testHome } from './support/home.ts';
import { real } from './support/real.ts';
import type { UsageFigures } from '../src/index.ts';

const shared = path.join(import.meta.dirname, '..', '..', 'shared');
const exports = path.join(shared, 'transcripts', 'exports', 'opencode');
const facts = path.join(shared, 'facts', 'prices.json');

const figures = ({ messages, tokens, cost }: UsageFigures): Total => ({
  messages,
  tokens,
  cost: cost.computed,
  unpriced: cost.unpricedTokens,
});

describe.skipIf(!real.isThere)(`real sessions of all agents (skipped: ${real.why})`, () => {
  test('cost what a slow computation makes of what slow counters count', { timeout: 120_000 }, async () => {
    const clew = testHome({ home: real.home }).open();
    expect((await clew.import()).failures).toEqual([]);
    expect((await clew.import({ paths: [exports] })).failures).toEqual([]);
    const report = clew.usage({ group: 'model', by: 'agent', all: true });

    const counted = responsesIn(real.home, exports);
    const prices = tablePrices();
    const right = Object.entries(counted).flatMap(([agent, responses]) =>
      [...byModel(responses)].map(([model, own]) => [`${agent} ${model}`, totalOf(own, prices)] as const),
    );
    const rows = report.rows.map((row) => [`${row.by} ${row.group}`, figures(row)] as const);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(right));
    expect(figures(report.total)).toEqual(totalOf(Object.values(counted).flat(), prices));
    expect(Object.keys(counted)).toHaveLength(5);
    expect(report.total.messages).toBeGreaterThan(6_000);
    expect(Object.fromEntries(report.unpriced.map(({ model, tokens }) => [model, tokens]))).toEqual(
      Object.fromEntries(
        [...byModel(Object.values(counted).flat())]
          .map(([model, own]) => [model, totalOf(own, prices).unpriced] as const)
          .filter(([, unpriced]) => unpriced > 0),
      ),
    );
  });

  test('docs/accuracy.md tells these figures', () => {
    const told = readFileSync(path.join(import.meta.dirname, '..', 'docs', 'accuracy.md'), 'utf8');
    expect(told).toContain(totalsTable(responsesIn(real.home, exports), tablePrices()));
  });

  test.skipIf(!existsSync(facts))('cost the same by another list of prices (skipped without it)', () => {
    for (const [agent, responses] of Object.entries(responsesIn(real.home, exports)))
      for (const [model, own] of byModel(responses))
        expect({ agent, model, ...totalOf(own, factPrices(facts)) }).toEqual({
          agent,
          model,
          ...totalOf(own, tablePrices()),
        });
  });
});
