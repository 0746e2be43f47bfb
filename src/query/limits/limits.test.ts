// Limits: what is used of them, from which moment on a bound counts as near or reached, and where days and months begin.
import { afterEach, expect, test, vi } from 'vitest';
import { spentHome } from '../../../test/support/spent.ts';
import type { Spent } from '../../../test/support/spent.ts';
import type { Alert, LimitState } from '../../index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const now = '2026-11-20T12:00:00Z';
const at = '2026-11-20T11:00:00Z';

async function told(limits: object, all: readonly Spent[], moment = now) {
  vi.stubEnv('TZ', process.env['TEST_ZONE'] ?? 'UTC');
  const clew = spentHome(moment, { limits }, ...all).open();
  await clew.import();
  return clew;
}
const short = ({ scope, name, measure, used, level }: LimitState): string =>
  `${scope} ${name.replace(/-5e55.*/, '')} ${measure} ${used} ${level}`;
const kinds = (alerts: readonly Alert[]): string[] => alerts.map((one) => `${one.severity} ${one.id}`);

test.each([
  [79_999, 'ok', []],
  [80_000, 'warn', ['warning limit_warning day 2026-11-20 cost soft']],
  [99_999, 'warn', ['warning limit_warning day 2026-11-20 cost soft']],
  [100_000, 'soft', ['warning limit_reached day 2026-11-20 cost soft']],
  [
    160_000,
    'soft',
    ['warning limit_reached day 2026-11-20 cost soft', 'warning limit_warning day 2026-11-20 cost hard'],
  ],
  [199_999, 'soft', expect.arrayContaining(['warning limit_warning day 2026-11-20 cost hard'])],
  [200_000, 'over', ['critical limit_reached day 2026-11-20 cost hard']],
])('a soft limit of $0.10 and a hard one of $0.20: of %d micro-dollars', async (tokens, level, alerts) => {
  const clew = await told({ day: { cost: { soft: 0.1, hard: 0.2 } } }, [{ at, tokens }]);
  expect(clew.limits()).toMatchObject([{ used: tokens, soft: 100_000, hard: 200_000, level }]);
  expect(kinds(clew.alerts())).toEqual(alerts);
});

test('the share is that of the lower bound, and the message has the numbers', async () => {
  const clew = await told(
    { day: { tokens: { hard: 1000 } }, session: { cost: { soft: 0.001, hard: 0.004 } } },
    [
      { at, tokens: 990 },
      { at, tokens: 30, model: 'free-lance' },
    ],
  );
  expect(clew.limits().map(({ share, message }) => [share, message])).toEqual([
    [1.02, 'day 2026-11-20: 1,020 tokens of the hard limit of 1,000 tokens (102%)'],
    [0.99, 'session 00000001: $0.0010 of the soft limit of $0.0010 (99%), and 30 tokens without a price'],
  ]);
});

test('sessions of today have limits of their own, from their start on', async () => {
  const limits = { session: { tokens: { soft: 100 } } };
  const clew = await told(limits, [
    { session: '2', at: '2026-11-18T11:00:00Z', tokens: 500 },
    { session: '3', at: '2026-11-19T22:00:00Z', tokens: 70 },
    { session: '3', at, tokens: 20 },
    { session: '4', at, tokens: 95 },
  ]);
  expect(clew.limits().map(short)).toEqual([
    'session 00000004 tokens 95 warn',
    'session 00000003 tokens 90 warn',
  ]);
  expect(clew.limits({ session: '00000002' }).map(short)).toEqual(['session 00000002 tokens 500 soft']);
});

test('each project has its month; the first name that fits counts', async () => {
  const limits = {
    project: {
      '/work/api': { tokens: { soft: 100 } },
      '~/shop': { tokens: { soft: 200 } },
      WEB: { tokens: { soft: 300 } },
      '*': { tokens: { soft: 400 } },
    },
  };
  const home = spentHome(now, { limits });
  for (const [i, project] of [
    '/work/api',
    '/work/api/sub',
    '/work/api2',
    `${home.context.home}/shop`,
    '/x/my-web-site',
  ].entries())
    home.spend({ session: String(i), at: '2026-11-01T01:00:00Z', tokens: 50, project });
  home.spend({ session: '9', at: '2026-10-31T23:00:00Z', tokens: 50, project: '/work/api' });
  vi.stubEnv('TZ', 'UTC');
  const clew = home.open();
  await clew.import();
  const found = clew.limits().map(({ project, name, used, soft }) => [project, name, used, soft]);
  expect(found).toHaveLength(5);
  expect(found).toEqual(
    expect.arrayContaining([
      ['/work/api', '2026-11', 50, 100],
      ['/work/api/sub', '2026-11', 50, 100],
      [`${home.context.home}/shop`, '2026-11', 50, 200],
      ['/x/my-web-site', '2026-11', 50, 300],
      ['/work/api2', '2026-11', 50, 400],
    ]),
  );
  expect(clew.limits({ session: '00000004' }).map((one) => one.project)).toEqual(['/x/my-web-site']);
});

test.each([
  // Days of 25 and 23 hours, and the days around them.
  ['Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-24T22:00:00Z', '2026-10-24T21:59:59Z'],
  ['Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-28T23:00:00Z', '2026-03-28T22:59:59Z'],
  ['Asia/Kolkata', '2026-05-01T18:29:59Z', '2026-04-30T18:30:00Z', '2026-04-30T18:29:59Z'],
])('a day of %s that ends %s counts from %s on', async (zone, end, start, before) => {
  vi.stubEnv('TEST_ZONE', zone);
  const spent = [
    { at: end, tokens: 1 },
    { at: start, tokens: 10 },
    { at: before, tokens: 100 },
  ];
  const clew = await told({ day: { tokens: { soft: 1000 } } }, spent, end);
  expect(clew.limits().map((one) => one.used)).toEqual([11]);
});

test('a month begins with its first local day', async () => {
  vi.stubEnv('TEST_ZONE', 'America/New_York');
  const spent = [
    { at: '2026-11-01T04:00:00Z', tokens: 1 },
    { at: '2026-11-01T03:59:59Z', tokens: 10 },
  ];
  const clew = await told({ project: { app: { tokens: { soft: 1000 } } } }, spent);
  expect(clew.limits().map(short)).toEqual(['project 2026-11 tokens 1 ok']);
});

test('an alert is of the quarter of an hour in which the bound was crossed, and of no other time', async () => {
  const spent = [
    { at: '2026-11-18T10:00:00Z', tokens: 70 },
    { at: '2026-11-18T10:20:00Z', tokens: 20 },
    { at: '2026-11-18T10:50:00Z', tokens: 20 },
    { at: '2026-11-18T11:50:00Z', tokens: 20 },
    { at, tokens: 99 },
  ];
  const clew = await told({ day: { tokens: { soft: 100 } } }, spent);
  expect(clew.alerts().map((one) => one.id)).toEqual(['limit_warning day 2026-11-20 tokens soft']);
  const since = Date.parse('2026-11-18T10:00:00Z');
  expect(clew.alerts({ since })[1]).toEqual({
    id: 'limit_reached day 2026-11-18 tokens soft',
    kind: 'limit_reached',
    severity: 'warning',
    at: '2026-11-18T10:45:00.000Z',
    message: 'day 2026-11-18: 130 tokens of the soft limit of 100 tokens (130%)',
    hint: 'clew usage session --since 2026-11-18 --until 2026-11-18',
    value: 130,
    threshold: 100,
    unit: 'tokens',
    project: null,
    session: null,
  });
  expect(clew.alerts({ since: Date.parse('2026-11-18T11:00:00Z') })).toHaveLength(1);
});

test('the overview tells limits that are nearly used up', async () => {
  const clew = await told({ day: { tokens: { soft: 100 }, cost: { soft: 5 } } }, [{ at, tokens: 80 }]);
  expect(clew.overview().attention).toEqual([
    {
      kind: 'limit',
      message: 'day 2026-11-20: 80 tokens of the soft limit of 100 tokens (80%)',
      hint: 'clew limits',
    },
  ]);
});
