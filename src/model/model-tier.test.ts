import { expect, test } from 'vitest';
import { modelTier, requireModelTier } from './model-tier.ts';

test.each([
  ['1', 1, 'weak'],
  ['2', 2, 'base'],
  ['3', 3, 'strong'],
  ['4', 4, 'strong'],
  ['weak', 1, 'weak'],
  ['base', 2, 'base'],
  ['Strong', 3, 'strong'],
  ['haiku', 1, 'weak'],
  ['sonnet', 2, 'base'],
  ['opus', 3, 'strong'],
  ['claude-opus-4-5', 3, 'strong'],
  ['gpt-4o-mini', 1, 'weak'],
  ['gpt-4o', 2, 'base'],
  ['gemini-2.0-flash-lite', 1, 'weak'],
  ['gemini-2.0-pro', 3, 'strong'],
  ['o1', 3, 'strong'],
  ['o1-pro', 4, 'strong'],
])('%s is tier %d, %s, and kept as given', (given, tier, strength) => {
  expect(modelTier(given)).toEqual({ given, tier, strength });
});

test.each(['0', '5', 'clippy', ''])('"%s" is none', (given) => {
  expect(modelTier(given)).toBeUndefined();
  expect(() => requireModelTier(given)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }) as Error);
});
