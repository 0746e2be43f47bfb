// How a model is found that hosts and agents call by other names.
import { expect, test } from 'vitest';
import { idsOf } from './model-ids.ts';
import { createPricing } from './pricing.ts';
import { builtInTable } from './table.ts';

const { explain } = createPricing({
  table: builtInTable,
  settings: {
    overrides: { 'openrouter/openai/gpt-5': { input: 9, output: 9 } },
    discounts: [],
  },
});
const tokens = { input: 1, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const rowOf = (model: string): string | undefined =>
  explain({ model, at: 0, tier: '', tokens, isRest: false }).price?.row;

test.each([
  ['claude-opus-4-5-20251101', 'claude-opus-4-5'],
  ['claude-opus-4.8', 'claude-opus-4-8'],
  ['claude-sonnet-4.6', 'claude-sonnet-4-6'],
  ['claude-sonnet-5-20260901', 'claude-sonnet-5'],
  ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
  ['gpt-5.3-codex-2026-02-02', 'gpt-5.3-codex'],
  ['anthropic/claude-opus-4.5', 'claude-opus-4-5'],
  ['openrouter/anthropic/claude-opus-4.5', 'claude-opus-4-5'],
  ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'claude-sonnet-4-5'],
  ['bedrock/eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
  ['anthropic.claude-opus-4-6-v1', 'claude-opus-4-6'],
  ['openai/gpt-5.4', 'gpt-5.4'],
  ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
  ['openrouter/openai/gpt-5', 'openrouter/openai/gpt-5'],
])('%s is %s', (model, row) => {
  expect(rowOf(model)).toBe(row);
});

test.each([
  'gpt-5-4',
  'claude-opus',
  'claude-opus-9',
  'gpt-5:free',
  'deepseek/gpt-5:free',
  'gpt-5.4-codex',
  '',
  'constructor',
  '__proto__',
])('%s is nobody', (model) => {
  expect(rowOf(model)).toBeUndefined();
});

test('the id itself comes first', () => {
  expect(idsOf('a/claude-x.1-20250101')[0]).toBe('a/claude-x.1-20250101');
});
