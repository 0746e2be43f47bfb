// Updates of the table: what is understood, what is refused, and that the past keeps its prices.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { noTokens, systemContext } from '../../model/index.ts';
import type { Config, Context } from '../../model/index.ts';
import { priceFile, removeTable } from '../file.ts';
import { loadPricing, priceCheck } from '../load.ts';
import { builtInTable } from '../table.ts';
import { updateTable } from './update.ts';
import type { UpdateOptions } from './update.ts';

const config: Config = { sources: [], redact: {} };
const today = '2026-11-25';
let context: Context;

beforeEach(() => {
  const clewHome = mkdtempSync(path.join(os.tmpdir(), 'clew-prices-'));
  onTestFinished(() => rmSync(clewHome, { recursive: true }));
  context = { ...systemContext({}), clewHome, cwd: clewHome, now: () => Date.parse(`${today}T10:00:00Z`) };
});

function given(value: unknown): string {
  writeFileSync(
    path.join(context.cwd, 'given.json'),
    typeof value === 'string' ? value : JSON.stringify(value),
  );
  return 'given.json';
}
const update = (value: unknown, how?: UpdateOptions) => updateTable(context, given(value), how);

/** What a million tokens of input cost, in USD. */
function inputPrice(model: string, at = `${today}T12:00:00Z`): number | undefined {
  const tokens = { ...noTokens, input: 1_000_000 };
  const usage = { model, at: Date.parse(at), tier: '', tokens, isRest: true };
  const cost = loadPricing(context.clewHome, config).cost(usage);
  return cost === undefined ? undefined : cost / 1e12;
}

const own = {
  format: 1,
  version: '2026-12-01',
  models: {
    'claude-opus-4-5': { provider: 'anthropic', prices: [{ input: 4, output: 20 }] },
    'claude-fable-5': builtInTable.models['claude-fable-5'],
    'nova-1': {
      provider: 'nova',
      aliases: ['nova'],
      prices: [
        { input: 1, output: 2, until: '2026-06-01' },
        { input: 3, output: 4, from: '2026-06-01' },
      ],
    },
  },
};

describe("a table in clew's own form", () => {
  test('stands in place of the built-in one, and the version of prices changes', async () => {
    const before = loadPricing(context.clewHome, config).version;
    const report = await update(own);
    expect(report).toMatchObject({ form: 'clew', version: '2026-12-01', unchanged: 1, written: true });
    expect(Map.groupBy(report.changes, (one) => one.change).get('removed')).toHaveLength(
      Object.keys(builtInTable.models).length - 2,
    );
    expect(report.changes.find((one) => one.model === 'claude-opus-4-5')).toMatchObject({
      change: 'changed',
      before: [{ input: 5, origin: 'table' }],
      after: [{ input: 4, origin: 'update' }],
    });
    expect(inputPrice('claude-opus-4-5')).toBe(4);
    expect(inputPrice('nova', '2026-05-31T23:59:59Z')).toBe(1);
    expect(inputPrice('nova')).toBe(3);
    expect(inputPrice('gpt-5')).toBeUndefined();
    expect(loadPricing(context.clewHome, config).version).not.toBe(before);
    expect(readdirSync(context.clewHome).sort()).toEqual(['given.json', 'prices.json']);
  });

  test('changes nothing in a dry run, or where it is not accepted', async () => {
    expect(await update(own, { dryRun: true })).toMatchObject({ written: false });
    expect(await update(own, { accept: (plan) => plan.changes.length === 0 })).toMatchObject({
      written: false,
    });
    expect(existsSync(priceFile(context.clewHome))).toBe(false);
  });

  test('is not written where it says nothing new', async () => {
    expect(await update(builtInTable)).toMatchObject({ changes: [], written: false });
  });

  test('goes away again', async () => {
    await update(own);
    expect(removeTable(context.clewHome)).toBe(true);
    expect(removeTable(context.clewHome)).toBe(false);
    expect(inputPrice('claude-opus-4-5')).toBe(5);
  });

  const price = { input: 1, output: 1 };
  test.each([
    ['an older one', { ...own, version: '2026-11-19' }, 'older than the built-in'],
    ['a newer format', { ...own, format: 2 }, 'format'],
    [
      'a price below zero',
      { ...own, models: { m: { provider: 'p', prices: [{ input: -1, output: 1 }] } } },
      'm.prices.0.input',
    ],
    [
      'a model without prices',
      { ...own, models: { m: { provider: 'p', prices: [] } } },
      'at least one price',
    ],
    [
      'periods that overlap',
      { ...own, models: { m: { provider: 'p', prices: [price, { ...price, from: '2026-01-01' }] } } },
      'do not overlap',
    ],
    [
      'an id that stands there twice',
      {
        ...own,
        models: {
          m: { provider: 'p', aliases: ['n'], prices: [price] },
          n: { provider: 'p', prices: [price] },
        },
      },
      'n stands in it twice',
    ],
    ['something else', { hello: 'world' }, 'no prices'],
    ['a list', [], 'no prices'],
    ['no JSON', '{', 'no JSON'],
  ])('%s is refused', async (_, value, why) => {
    await expect(update(value)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(why) as string,
    });
    expect(existsSync(priceFile(context.clewHome))).toBe(false);
  });
});

test('an update comes from a URL, and what a server will not give is told', async () => {
  const server = createServer((request, answer) => {
    answer.writeHead(request.url === '/prices' ? 200 : 404).end(JSON.stringify(own));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await updateTable(context, `${url}/prices`)).toMatchObject({ form: 'clew', written: true });
  await expect(updateTable(context, `${url}/none`)).rejects.toMatchObject({
    code: 'UNREADABLE',
    message: expect.stringContaining('404') as string,
  });
  server.close();
  await expect(updateTable(context, 'http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'UNREADABLE' });
  await expect(updateTable(context, 'not-there.json')).rejects.toMatchObject({ code: 'UNREADABLE' });
});

test.each([
  ['damaged', '{"format": 1', 'JSON'],
  ['wrong', JSON.stringify({ ...own, models: 3 }), 'models'],
  ['older than the built-in one', JSON.stringify({ ...own, version: '2026-01-01' }), 'older'],
])('an update that is %s is passed over, and told by doctor', (_, text, why) => {
  writeFileSync(priceFile(context.clewHome), text);
  expect(inputPrice('claude-opus-4-5')).toBe(5);
  expect(priceCheck(context.clewHome)).toMatchObject({
    ok: 'warn',
    message: expect.stringContaining(why) as string,
  });
  expect(readFileSync(priceFile(context.clewHome), 'utf8')).toBe(text);
});

test('doctor tells which table counts', async () => {
  expect(priceCheck(context.clewHome)).toMatchObject({
    ok: 'ok',
    message: expect.stringContaining('built-in') as string,
  });
  await update(own);
  expect(priceCheck(context.clewHome)).toMatchObject({
    ok: 'ok',
    message: expect.stringContaining('2026-12-01') as string,
  });
});
