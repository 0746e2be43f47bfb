// Other tables' prices: what is taken of them, and that the past keeps its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { noTokens, systemContext } from '../../model/index.ts';
import type { Config, Context } from '../../model/index.ts';
import { tableInUse } from '../file.ts';
import { loadPricing } from '../load.ts';
import { updateTable } from './update.ts';

const config: Config = { sources: [], redact: {} };
const today = '2026-11-25';
let context: Context;

beforeEach(() => {
  const clewHome = mkdtempSync(path.join(os.tmpdir(), 'clew-prices-'));
  onTestFinished(() => rmSync(clewHome, { recursive: true }));
  context = { ...systemContext({}), clewHome, cwd: clewHome, now: () => Date.parse(`${today}T10:00:00Z`) };
});

function update(value: unknown) {
  writeFileSync(path.join(context.cwd, 'given.json'), JSON.stringify(value));
  return updateTable(context, 'given.json');
}

/** What a million tokens of input cost, in USD. */
function inputPrice(model: string, at = `${today}T12:00:00Z`): number | undefined {
  const tokens = { ...noTokens, input: 1_000_000 };
  const usage = { model, at: Date.parse(at), tier: '', tokens, isRest: true };
  const cost = loadPricing(context.clewHome, config).cost(usage);
  return cost === undefined ? undefined : cost / 1e12;
}

/** As in LiteLLM's file: USD per token. */
const litellm = {
  sample_spec: {
    input_cost_per_token: 0,
    output_cost_per_token: 0,
    litellm_provider: 'one of …',
    mode: 'one of …',
  },
  'claude-opus-4-6': {
    litellm_provider: 'anthropic',
    mode: 'chat',
    input_cost_per_token: 4e-6,
    output_cost_per_token: 2e-5,
    cache_read_input_token_cost: 4e-7,
    cache_creation_input_token_cost: 5e-6,
    cache_creation_input_token_cost_above_1hr: 6e-6,
    provider_specific_entry: { us: 1.1 },
    input_cost_per_token_flex: 2e-6,
    output_cost_per_token_flex: 1e-5,
  },
  'gpt-7': {
    litellm_provider: 'openai',
    mode: 'responses',
    input_cost_per_token: 1.25e-6,
    output_cost_per_token: 1e-5,
    cache_read_input_token_cost: 1.25e-7,
    input_cost_per_token_above_272k_tokens: 2.5e-6,
    output_cost_per_token_above_272k_tokens: 1.5e-5,
    provider_specific_entry: { fast: 3 },
    input_cost_per_token_priority: 2.5e-6,
    output_cost_per_token_priority: 2e-5,
    input_cost_per_token_flex: 1e-6,
    output_cost_per_token_flex: 1e-6,
  },
  'xai/grok-9': {
    litellm_provider: 'xai',
    mode: 'chat',
    input_cost_per_token: 1e-7,
    output_cost_per_token: 2e-7,
  },
  'azure/gpt-5': {
    litellm_provider: 'azure',
    mode: 'chat',
    input_cost_per_token: 9e-6,
    output_cost_per_token: 9e-6,
  },
  'free-or-not': {
    litellm_provider: 'openai',
    mode: 'chat',
    input_cost_per_token: 0,
    output_cost_per_token: 0,
  },
  'half-told': { litellm_provider: 'openai', mode: 'chat', input_cost_per_token: 1e-6 },
  'an-embedding': {
    litellm_provider: 'openai',
    mode: 'embedding',
    input_cost_per_token: 1e-6,
    output_cost_per_token: 1e-6,
  },
};

describe("LiteLLM's table", () => {
  test('adds what makers sell, changes what differs from today on, and keeps the rest', async () => {
    const report = await update(litellm);
    expect(report).toMatchObject({ form: 'LiteLLM', version: today, unchanged: 62, written: true });
    expect(report.changes.map(({ model, change }) => [model, change])).toEqual([
      ['claude-opus-4-6', 'changed'],
      ['gpt-7', 'added'],
      ['grok-9', 'added'],
    ]);
    const { table } = tableInUse(context.clewHome);
    expect(table.models['gpt-7']?.prices).toEqual([
      {
        input: 1.25,
        output: 10,
        cacheRead: 0.125,
        longContext: [{ above: 272_000, input: 2.5, output: 15 }],
        tiers: { fast: 3, priority: 2 },
        source: `LiteLLM ${today}`,
      },
    ]);
    expect(table.models['claude-opus-4-6']?.prices[1]).toMatchObject({
      from: today,
      cacheRead: 0.4,
      cacheWrite5m: 5,
      cacheWrite1h: 8,
      tiers: { fast: 6, flex: 0.5 },
    });
  });

  test('leaves the past its prices', async () => {
    await update(litellm);
    expect(inputPrice('claude-opus-4-6', '2026-11-24T23:59:59Z')).toBe(5);
    expect(inputPrice('claude-opus-4-6-20260205', `${today}T00:00:00Z`)).toBe(4);
    expect(inputPrice('gpt-7', '2025-01-01T00:00:00Z')).toBe(1.25);
    context = { ...context, now: () => Date.parse('2026-12-24T00:00:00Z') };
    const dearer = { ...litellm['claude-opus-4-6'], input_cost_per_token: 7e-6 };
    await update({ 'claude-opus-4-6': dearer });
    expect(
      ['2026-11-24', '2026-11-25', '2026-12-23', '2026-12-24'].map((day) =>
        inputPrice('claude-opus-4-6', day),
      ),
    ).toEqual([5, 4, 4, 7]);
  });

  test('taken twice on a day, changes nothing the second time; a correction replaces that of the day', async () => {
    await update(litellm);
    expect(await update(litellm)).toMatchObject({ changes: [], written: false });
    await update({
      ...litellm,
      'claude-opus-4-6': { ...litellm['claude-opus-4-6'], input_cost_per_token: 3e-6 },
    });
    expect(
      tableInUse(context.clewHome).table.models['claude-opus-4-6']?.prices.map((one) => one.input),
    ).toEqual([5, 3]);
  });
});

test("models.dev's table is understood, with the sizes of its tiers", async () => {
  const cost = { input: 5, output: 30, cache_read: 0.5 };
  const long = { input: 11, output: 45, cache_read: 1 };
  const report = await update({
    openai: {
      id: 'openai',
      models: {
        'gpt-5.5': {
          cost: {
            ...cost,
            tiers: [{ ...long, tier: { type: 'context', size: 272_000 } }],
            context_over_200k: long,
          },
        },
        'gpt-5': { cost: { input: 1.25, output: 10, cache_read: 0.125 } },
        'no-cost': {},
      },
    },
    anthropic: {
      models: {
        'claude-x': {
          cost: { input: 1, output: 2, cache_write: 1.25, context_over_200k: { input: 2, output: 3 } },
        },
      },
    },
    gateway: { models: { 'gpt-5': { cost: { input: 99, output: 99 } } } },
  });
  expect(report.form).toBe('models.dev');
  expect(report.changes.map(({ model, after }) => [model, after.at(-1)?.longContext])).toEqual([
    ['claude-x', [{ above: 200_000, input: 2, output: 3, cacheRead: 2, cacheWrite5m: 2, cacheWrite1h: 2 }]],
    [
      'gpt-5.5',
      [{ above: 272_000, input: 11, output: 45, cacheRead: 1, cacheWrite5m: 11, cacheWrite1h: 11 }],
    ],
  ]);
  expect(report.changes[0]?.after[0]).toMatchObject({ cacheWrite5m: 1.25, cacheWrite1h: 2, from: null });
  expect(report.changes[1]?.after[1]?.tiers).toEqual({ priority: 2.5 });
});
