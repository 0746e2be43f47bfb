import { expect, test } from 'vitest';
import { bookedTokens } from './cost-state.ts';

test('adds up the account of all models', () => {
  const used = {
    inputTokens: 276,
    outputTokens: 1126,
    cacheReadInputTokens: 965_500,
    cacheCreationInputTokens: 34_500,
    webSearchRequests: 9,
    costUSD: 0.3892,
  };
  const modelUsage = { 'claude-opus-5-5': used, 'claude-haiku-4-5': { inputTokens: 1 } };
  expect(bookedTokens({ type: 'cost-state', modelUsage })).toBe(1_001_403);
});

test.each([null, {}, [], { modelUsage: [] }, { modelUsage: 'all' }])('copes with %j', (account) => {
  expect(bookedTokens(account)).toBeUndefined();
});
