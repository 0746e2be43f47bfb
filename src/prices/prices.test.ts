// What responses cost: by hand, and for every model against a slow computation from another statement of the same prices.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { noTokens } from '../model/index.ts';
import type { PriceSettings, Tokens, Usage } from '../model/index.ts';
import { createPricing } from './pricing.ts';
import { builtInTable, parseTable } from './table.ts';
import type { PriceTable } from './table.ts';

const noSettings: PriceSettings = { overrides: {}, discounts: [] };
const pricing = (settings: Partial<PriceSettings> = {}, table: PriceTable = builtInTable) =>
  createPricing({ table, settings: { ...noSettings, ...settings } });

const used = (model: string, tokens: Partial<Tokens>, more: Partial<Usage> = {}): Usage => ({
  model,
  at: Date.parse('2026-11-01T00:00:00Z'),
  tier: '',
  isRest: false,
  tokens: { ...noTokens, ...tokens },
  ...more,
});
const usd = 1e12;
const at = (time: string): number => Date.parse(time);
const million = { input: 1_000_000 };

describe('a response costs', () => {
  const { cost } = pricing();

  test('each kind of token at its rate', () => {
    const tokens = { input: 12, output: 345, cacheRead: 100_000, cacheWrite5m: 2000, cacheWrite1h: 300 };
    // 12 × 5 + 345 × 25 + 100,000 × 0.5 + 2,000 × 6.25 + 300 × 10, in micro-dollars.
    expect(cost(used('claude-opus-4-5', tokens))).toBe((60 + 8625 + 50_000 + 12_500 + 3000) * 1e6);
  });

  test('a whole number of picodollars, also where the rate has decimals', () => {
    expect(cost(used('gpt-5.6-terra', { cacheWrite5m: 3 }, { at: at('2026-07-01') }))).toBe(9_375_000);
    expect(cost(used('gpt-5-nano', { cacheRead: 1 }))).toBe(5000);
    // 0.000249 × 10^6 is 248.99999999999997 in floating point.
    const { cost: own } = pricing({ overrides: { m: { input: 0.000249, output: 0 } } });
    expect(own(used('m', { input: 3 }))).toBe(747);
  });

  test('input where a kind has no rate of its own', () => {
    expect(cost(used('gpt-5-pro', { cacheRead: 10 }))).toBe(150 * 1e6);
    expect(cost(used('gemini-2.5-flash', { cacheWrite5m: 10, cacheWrite1h: 10 }))).toBe(6 * 1e6);
  });

  test('the price that was valid when it came', () => {
    const on = (time: string): number | undefined =>
      cost(used('gpt-5.6-sol', { input: 100 }, { at: at(time) }));
    expect(on('2026-07-31T23:59:59.999Z')).toBe(500 * 1e6);
    expect(on('2026-08-01T00:00:00Z')).toBe(400 * 1e6);
    expect(cost(used('gpt-5.6-sol', { input: 100 }, { at: 0 }))).toBe(400 * 1e6);
  });

  test('nothing where the model is free, and nothing that is known where it is unknown', () => {
    expect(cost(used('x-preview-f-free', million))).toBe(0);
    expect(cost(used('nobody-knows', million))).toBeUndefined();
    expect(cost(used('codex-auto-review', million))).toBeUndefined();
    expect(cost(used('nobody-knows', {}))).toBeUndefined();
  });

  test('nothing that is known beyond what can be told exactly', () => {
    expect(cost(used('claude-opus-4', { output: 120_000_000 }))).toBe(9000 * usd);
    expect(cost(used('claude-opus-4', { output: 121_000_000 }))).toBeUndefined();
    expect(cost(used('claude-opus-4', { output: 0.5 }))).toBeUndefined();
    expect(cost(used('claude-opus-4-6', { output: 121_000_000 }, { tier: 'fast' }))).toBeUndefined();
    expect(pricing().explain(used('claude-opus-4', { output: 121_000_000 })).unpriced).toContain('beyond');
  });
});

describe('the rates of long prompts', () => {
  const { cost, explain } = pricing();

  test('count for the whole request above the threshold, cache included, and not at it', () => {
    const prompt = {
      input: 10_000,
      cacheRead: 180_000,
      cacheWrite5m: 5000,
      cacheWrite1h: 5000,
      output: 1000,
    };
    expect(cost(used('claude-sonnet-4-5', prompt))).toBe((30_000 + 54_000 + 18_750 + 30_000 + 15_000) * 1e6);
    const longer = { ...prompt, input: 10_001 };
    expect(cost(used('claude-sonnet-4-5', longer))).toBe((60_006 + 108_000 + 37_500 + 60_000 + 22_500) * 1e6);
    expect(explain(used('claude-sonnet-4-5', longer)).price?.longContextAbove).toBe(200_000);
  });

  test('are those of the highest threshold that the prompt is above', () => {
    const longContext = [
      { above: 10, input: 2, output: 2 },
      { above: 20, input: 3, output: 3 },
    ];
    const { cost } = pricing({ overrides: { m: { input: 1, output: 1, longContext } } });
    expect([10, 11, 20, 21].map((input) => cost(used('m', { input })))).toEqual(
      [10, 22, 40, 63].map((n) => n * 1e6),
    );
  });

  test('do not ask for output', () => {
    expect(cost(used('gpt-5.4', { output: 300_000 }))).toBe(4.5 * usd);
  });

  test('never count for a sum of several requests', () => {
    expect(cost(used('gpt-5.4', million))).toBe(5 * usd);
    expect(cost(used('gpt-5.4', million, { isRest: true }))).toBe(2.5 * usd);
  });
});

describe('a tier', () => {
  const { cost, explain } = pricing();

  test('multiplies', () => {
    expect(cost(used('claude-opus-4-6', { output: 1000 }, { tier: 'fast' }))).toBe(150_000 * 1e6);
    expect(cost(used('gpt-5.5', { input: 3 }, { tier: 'priority' }))).toBe(37_500_000);
  });

  test('that the row does not know costs the standard rates, and is told', () => {
    const usage = used('claude-sonnet-5', million, { tier: 'batch' });
    expect(cost(usage)).toBe(2 * usd);
    expect(explain(usage).price).toMatchObject({ factor: 1, tierIsKnown: false });
  });
});

describe('the user', () => {
  test('can set prices, of unknown models, too', () => {
    const { cost, explain } = pricing({ overrides: { 'my-model': { input: 0.5, output: 2 } } });
    expect(cost(used('my-model', { input: 10, cacheRead: 10, output: 1 }))).toBe(12 * 1e6);
    expect(explain(used('my-model', {})).price).toMatchObject({ origin: 'override', table: null });
  });

  test('can set them for a time, outside of which the table counts', () => {
    const price = { input: 4, output: 20, from: '2026-07-01', until: '2026-08-01' };
    const { cost } = pricing({ overrides: { 'claude-opus-4-6': price } });
    const on = (time: string): number | undefined =>
      cost(used('claude-opus-4-6-20260205', million, { at: at(time) }));
    expect(['2026-06-30', '2026-07-01', '2026-07-31', '2026-08-01'].map(on)).toEqual(
      [5, 4, 4, 5].map((n) => n * usd),
    );
    expect(cost(used('claude-opus-4-6', million, { at: 0 }))).toBe(5 * usd);
    const retired = pricing({ overrides: { mine: price } });
    expect(retired.cost(used('mine', million, { at: at('2026-08-01') }))).toBeUndefined();
    expect(retired.cost(used('mine', million, { at: 0 }))).toBe(4 * usd);
  });

  test('can take discounts off list prices: the first that matches, and not off own prices', () => {
    const { cost, explain } = pricing({
      overrides: { mine: { input: 1, output: 1 } },
      discounts: [
        { model: 'claude-opus-*', percent: 12.5 },
        { provider: 'anthropic', percent: 5, from: '2026-07-01' },
        { model: 'gpt-5.4', percent: 100 },
        { percent: 1 },
      ],
    });
    expect(cost(used('claude-opus-4-5', million))).toBe(4.375 * usd);
    expect(cost(used('claude-haiku-4-5', million))).toBe(0.95 * usd);
    expect(cost(used('claude-haiku-4-5', million, { at: at('2026-06-30') }))).toBe(0.99 * usd);
    expect(cost(used('gpt-5.4', { input: 7 }))).toBe(0);
    expect(cost(used('gpt-5x4', { input: 7 }))).toBeUndefined();
    expect(cost(used('gpt-5.4-mini', { input: 100 }))).toBe(75 * 0.99 * 1e6);
    expect(cost(used('mine', million))).toBe(usd);
    expect(explain(used('claude-opus-4-5', million)).price?.discountPercent).toBe(12.5);
  });

  test('has what a discount leaves below a picodollar rounded half to even', () => {
    const half = (rate: number) => ({ overrides: { m: { input: rate, output: 0, tiers: { half: 0.5 } } } });
    const cost = (rate: number) => pricing(half(rate)).cost(used('m', { input: 1 }, { tier: 'half' }));
    expect([0.000001, 0.000002, 0.000003, 0.000005].map(cost)).toEqual([0, 1, 2, 2]);
  });
});

test('the version changes with every price, and with nothing else', () => {
  const discounts = [{ percent: 1 }];
  const versions = [
    pricing(),
    pricing({ discounts }),
    pricing({ overrides: { m: { input: 1, output: 1 } } }),
    pricing({ overrides: { m: { input: 1, output: 2 } } }),
    pricing({}, { ...builtInTable, notPriced: {} }),
  ].map((one) => one.version);
  expect(new Set(versions).size).toBe(versions.length);
  expect(pricing({ discounts }).version).toBe(versions[1]);
});

test('a cost is explained: row, period, rates, where it is from', () => {
  expect(pricing().explain(used('anthropic/gpt-5.6-sol', million, { at: at('2026-07-01') }))).toEqual({
    cost: 10 * usd,
    unpriced: null,
    price: {
      row: 'gpt-5.6-sol',
      origin: 'table',
      table: builtInTable.version,
      reference: builtInTable.sources['litellm'],
      from: null,
      until: '2026-08-01',
      rates: { input: 10, output: 45, cacheRead: 1, cacheWrite5m: 12.5, cacheWrite1h: 12.5 },
      longContextAbove: 272_000,
      factor: 1,
      tierIsKnown: true,
      discountPercent: 0,
    },
  });
});

test('the built-in table is one, and says where every price is from', () => {
  expect(parseTable(structuredClone(builtInTable), 'it')).toEqual(builtInTable);
  const prices = Object.values(builtInTable.models).flatMap((row) => row.prices);
  const named = prices.flatMap((price) => [price.source ?? [], price.checked ?? []].flat());
  expect(named.filter((name) => !(name in builtInTable.sources))).toEqual([]);
});

const facts = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'facts', 'prices.json');

test.skipIf(!existsSync(facts))(
  'all models cost what a slow computation makes of the facts (skipped without them)',
  () => {
    interface Fact {
      readonly input: number;
      readonly output: number;
      readonly cache_read: number | null;
      readonly cache_write_5m: number | null;
      readonly cache_write_1h: number | null;
      readonly long_context?: Fact & { readonly above_prompt_tokens: number };
      readonly history?: readonly (Fact & { readonly until: string })[];
      readonly fast_multiplier?: number;
      readonly priority_multiplier?: number;
    }
    const { models } = JSON.parse(readFileSync(facts, 'utf8')) as { models: Record<string, Fact> };
    const slowly = (fact: Fact, { at, tier, tokens, isRest }: Usage): number => {
      const day = new Date(at).toISOString().slice(0, 10);
      const then = (fact.history ?? []).find((one) => day < one.until) ?? fact;
      const prompt = tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
      const isLong =
        then.long_context !== undefined && prompt > then.long_context.above_prompt_tokens && !isRest;
      const rates = (isLong ? then.long_context : undefined) ?? then;
      // In decimals, digit by digit, to be as unlike the code as possible.
      const pico = (n: number, rate: number | null | undefined): bigint => {
        const [whole = '0', decimals = ''] = (rate ?? rates.input).toFixed(6).split('.');
        return BigInt(n) * BigInt(whole + decimals);
      };
      const factor = { fast: fact.fast_multiplier, priority: fact.priority_multiplier, '': 1 }[tier] ?? 1;
      const sum =
        pico(tokens.input, rates.input) +
        pico(tokens.output, rates.output) +
        pico(tokens.cacheRead, rates.cache_read) +
        pico(tokens.cacheWrite5m, rates.cache_write_5m) +
        pico(tokens.cacheWrite1h, rates.cache_write_1h);
      return Number((sum * BigInt(factor * 10)) / 10n);
    };
    const { cost } = pricing();
    const sizes = [noTokens, { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 }];
    for (const cacheRead of [199_996, 199_997, 271_996, 271_997, 900_001])
      sizes.push({ input: 1, output: 4097, cacheRead, cacheWrite5m: 2, cacheWrite1h: 1 });
    const usages = Object.keys(models).flatMap((model) =>
      sizes.flatMap((tokens) =>
        ['', 'fast', 'priority', 'other'].flatMap((tier) =>
          ['2025-01-01', '2026-07-31T23:59:59Z', '2026-08-01', '2026-12-31'].flatMap((time) =>
            [false, true].map((isRest) => used(model, tokens, { tier, isRest, at: at(time) })),
          ),
        ),
      ),
    );
    const wrong = usages.filter((usage) => cost(usage) !== slowly(models[usage.model]!, usage));
    expect({ models: Object.keys(models).length, usages: usages.length, wrong }).toEqual({
      models: 82,
      usages: 82 * 7 * 4 * 4 * 2,
      wrong: [],
    });
  },
);
