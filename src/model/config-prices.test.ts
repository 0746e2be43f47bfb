// The user's prices and discounts are checked where they are read, and what is wrong is named with its place.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from './config.ts';

function load(prices: unknown) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'clew-config-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  writeFileSync(path.join(home, 'config.json'), JSON.stringify({ prices }));
  return loadConfig(home).prices;
}

test('prices and discounts', () => {
  const price = { input: 0.125, output: 2, cacheRead: null, from: '2026-01-01' };
  const settings = { overrides: { a: price, b: [price] }, discounts: [{ model: 'claude-*', percent: 12.5 }] };
  expect(load(settings)).toEqual(settings);
  expect(load({})).toEqual({ overrides: {}, discounts: [] });
});

test.each([
  [{ overrides: { a: { input: 1 } } }, 'prices.overrides.a'],
  [{ overrides: { a: { input: -1, output: 1 } } }, 'prices.overrides.a.input'],
  [{ overrides: { a: { input: 0.0000001, output: 1 } } }, 'six decimals'],
  [{ overrides: { a: { input: 1, output: 1, tiers: { fast: 0.00001 } } } }, 'four decimals'],
  [{ overrides: { a: { input: 1, output: 1, from: 'May' } } }, 'a day looks like'],
  [{ overrides: { a: { input: 1, output: 1, from: '2026-01-02', until: '2026-01-02' } } }, 'after `from`'],
  [{ overrides: { a: { input: 1, output: 1, cachedRead: 1 } } }, 'cachedRead'],
  [{ discounts: [{ percent: 101 }] }, 'prices.discounts.0.percent'],
  [{ discounts: [{ model: 'a' }] }, 'prices.discounts.0.percent'],
  [{ discounts: [{ percent: 1.001 }] }, 'two decimals'],
])('%j is refused', (prices, place) => {
  expect(() => load(prices)).toThrow(place);
});
