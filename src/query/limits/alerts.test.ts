// Alerts of unusual hours, each just below and just above what counts as unusual.
import { afterEach, expect, test, vi } from 'vitest';
import { sessionId, spentHome } from '../../../test/support/spent.ts';
import type { Spent } from '../../../test/support/spent.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const now = '2026-11-20T12:30:00Z';
const hour = 3_600_000;

/** One hour of use on each of so many days, the last one yesterday. */
const history = (days: number, tokens: number): Spent[] =>
  Array.from({ length: days }, (_, i) => ({ at: before((i + 1) * 24), tokens }));
const before = (hours: number): string =>
  new Date(Date.parse('2026-11-20T11:10:00Z') - hours * hour).toISOString();

async function alerts(all: readonly Spent[], config: object = {}, zone = 'UTC') {
  vi.stubEnv('TZ', zone);
  const clew = spentHome(now, { alerts: config }, ...all).open();
  await clew.import();
  return clew.alerts();
}

test.each([
  [3000, 0],
  [3001, 1],
])('hours of $0.001 on average: one of %d micro-dollars makes %d alerts', async (tokens, count) => {
  const spent = [
    ...history(12, 500),
    ...history(12, 1500).map((one) => ({ ...one, at: new Date(Date.parse(one.at) + hour).toISOString() })),
    { at: '2026-11-20T10:05:00Z', tokens: tokens - 100 },
    { session: '2', at: '2026-11-20T10:55:00Z', tokens: 100 },
  ];
  expect(await alerts(spent)).toHaveLength(count);
});

test('a dear hour is told with its numbers, and with the session that had the most part in it', async () => {
  const at = '2026-11-20T12:10:00Z';
  const [told] = await alerts([
    ...history(24, 1_000_000),
    { session: '2', at, tokens: 4_000_000, project: '/home/me/dear' },
    { session: '3', at, tokens: 500_000 },
  ]);
  expect(told).toEqual({
    id: 'cost_spike 2026-11-20T12:00:00.000Z',
    kind: 'cost_spike',
    severity: 'warning',
    at: '2026-11-20T12:00:00.000Z',
    message: '12:00 – 13:00 cost $4.50, 4.5 times the $1.00 of an average hour',
    hint: 'clew show 00000002',
    value: 4_500_000,
    threshold: 3_000_000,
    unit: 'microdollars',
    project: '/home/me/dear',
    session: sessionId('2'),
  });
});

test('with fewer than 24 hours to hold it against, no hour is dear', async () => {
  const dear = { at: '2026-11-20T12:10:00Z', tokens: 1_000_000 };
  expect(await alerts([...history(23, 100), dear])).toEqual([]);
  expect(await alerts([...history(24, 100), dear])).toHaveLength(1);
  expect(await alerts([...history(23, 100), dear], { minHours: 23 })).toHaveLength(1);
});

test('what is longer ago than 30 days, and what has no price, is no part of the average', async () => {
  const dear = { at: '2026-11-20T11:20:00Z', tokens: 301 };
  const days = history(30, 100);
  const older = { at: before(31 * 24), tokens: 100_000 };
  const free = history(30, 5000).map((one) => ({ ...one, model: 'free-lance' }));
  expect(await alerts([...days, older, ...free, dear])).toHaveLength(1);
  expect(await alerts([...days, { ...older, at: before(30 * 24) }, dear])).toEqual([]);
});

test.each([
  // Of hours that the clock shows twice each is one of its own: 2:00 summer time and 2:00 winter time.
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', 2],
  ['Asia/Kolkata', '2026-11-20T10:30:00Z', '2026-11-20T11:29:00Z', 1],
  ['Asia/Kolkata', '2026-11-20T10:29:00Z', '2026-11-20T10:30:00Z', 2],
])('hours are those of the clock in %s: %s and %s', async (zone, first, second, count) => {
  vi.stubEnv('TZ', zone);
  const failed = [first, second].map((at, i) => ({ session: String(i), at, failed: 10 }));
  const clew = spentHome(now, {}, ...failed).open();
  await clew.import();
  expect(clew.alerts({ since: Date.parse(first) })).toHaveLength(count);
});

test.each([
  [18, 2, 0],
  [17, 2, 1],
  [9, 1, 0],
  [8, 1, 0],
  [7, 2, 0],
  [8, 2, 1],
])('of %d calls with success and %d without: %d alerts', async (success, failed, count) => {
  expect(await alerts([{ at: before(0), success, failed, blocked: 5 }])).toHaveLength(count);
});

test.each([
  [10, 0],
  [11, 1],
])('%d blocked operations in an hour make %d alerts', async (blocked, count) => {
  const at = '2026-11-20T11:59:59Z';
  const next = { session: '2', at: '2026-11-20T12:00:00Z', blocked: 10 };
  expect(await alerts([{ at, blocked }, next])).toHaveLength(count);
});

test('failures and blocked operations are told with their numbers', async () => {
  const told = await alerts([
    { session: '2', at: before(0), failed: 3, success: 1 },
    { session: '3', at: before(0), failed: 1, success: 15, blocked: 12, project: '/p' },
  ]);
  expect(told).toMatchObject([
    {
      id: 'blocked_operations 2026-11-20T11:00:00.000Z',
      severity: 'info',
      message: '11:00 – 12:00: 12 blocked operations',
      value: 12,
      threshold: 10,
      unit: 'operations',
      project: '/p',
      session: sessionId('3'),
    },
    {
      id: 'error_spike 2026-11-20T11:00:00.000Z',
      severity: 'critical',
      message: '11:00 – 12:00: 4 of 20 operations failed (20%)',
      value: 0.2,
      threshold: 0.1,
      unit: 'share',
      session: sessionId('2'),
    },
  ]);
});

test('what counts can be set', async () => {
  const spent = [{ at: before(0), failed: 2, success: 3, blocked: 3 }];
  expect(await alerts(spent)).toEqual([]);
  expect(await alerts(spent, { minOperations: 5, blockedPerHour: 2 })).toHaveLength(2);
  expect(await alerts(spent, { minOperations: 5, errorRate: 0.4, blockedPerHour: 3 })).toEqual([]);
  const dear = [...history(24, 100), { at: '2026-11-20T12:10:00Z', tokens: 250 }];
  expect(await alerts(dear)).toEqual([]);
  expect(await alerts(dear, { costSpikeFactor: 2 })).toHaveLength(1);
});

test('the window begins with the hour that it begins in, and the latest comes first', async () => {
  const failed = { failed: 10 };
  const told = await alerts([
    { session: '2', at: '2026-11-19T12:00:00Z', ...failed },
    { session: '3', at: '2026-11-19T11:59:59Z', ...failed },
    { session: '4', at: '2026-11-20T12:00:00Z', ...failed },
  ]);
  expect(told.map((one) => one.at)).toEqual(['2026-11-20T12:00:00.000Z', '2026-11-19T12:00:00.000Z']);
});

test('the overview tells the latest of each kind', async () => {
  vi.stubEnv('TZ', 'UTC');
  const hours = [0, 2, 3].map((n) => ({ session: String(n), at: before(n), failed: 10 }));
  const clew = spentHome(now, {}, ...hours, { at: before(0), blocked: 11 }).open();
  await clew.import();
  expect(clew.overview().attention).toEqual([
    {
      kind: 'error_spike',
      message: '11:00 – 12:00: 10 of 10 operations failed (100%), and 2 more such hours',
      hint: 'clew alerts',
    },
    { kind: 'blocked_operations', message: '11:00 – 12:00: 11 blocked operations', hint: 'clew alerts' },
  ]);
});
