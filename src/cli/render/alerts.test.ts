// Limits and alerts as people see them.
import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { Alert, LimitState } from '../../index.ts';
import { alertLines, limitLines, limitNotes } from './alerts.ts';

const view = {
  width: 90,
  colour: pc.createColors(false),
  home: '/home/me',
  now: new Date(2026, 10, 20, 12, 30).getTime(),
};

const day: LimitState = {
  scope: 'day',
  measure: 'cost',
  name: '2026-11-20',
  project: null,
  session: null,
  used: 8_020_000,
  unpricedTokens: 12_000,
  soft: 10_000_000,
  hard: 30_000_000,
  share: 0.802,
  level: 'warn',
  message: 'day 2026-11-20: $8.02 of the soft limit of $10.00 (80%)',
};
const month: LimitState = {
  ...day,
  scope: 'project',
  measure: 'tokens',
  name: '2026-11',
  project: '/home/me/shop',
  unpricedTokens: 0,
  hard: null,
  share: 0.799,
  level: 'ok',
  message: 'project /home/me/shop in 2026-11: 8,020,000 tokens of the soft limit of 10,000,000 tokens (79%)',
};

test('limits, the tightest first', () => {
  expect(limitLines([day, month], view)).toEqual([
    'limit              of       used      unpriced    soft    hard  share',
    'today              cost    $8.02  + 12k tokens  $10.00  $30.00    80%  nearly used',
    '~/shop in 2026-11  tokens     8M                   10M            79%',
  ]);
  expect(limitLines([], view)).toEqual([expect.stringContaining('No limit is set')]);
});

test('below a report of use, the tightest and those that are nearly used up', () => {
  expect(limitNotes([day, month], view)).toEqual(['', `! ${day.message}`]);
  expect(limitNotes([month], view)).toEqual([
    '',
    'project ~/shop in 2026-11: 8,020,000 tokens of the soft limit of 10,000,000 tokens (79%)',
  ]);
  expect(limitNotes([], view)).toEqual([]);
});

test('alerts, with what to do', () => {
  const alert: Alert = {
    id: 'error_spike',
    kind: 'error_spike',
    severity: 'critical',
    at: new Date(2026, 10, 20, 5).toISOString(),
    message: '05:00 – 06:00: 7 of 41 operations failed (17.1%)',
    hint: 'clew show 3f2a9c1e',
    value: 7 / 41,
    threshold: 0.1,
    unit: 'share',
    project: '/home/me/shop',
    session: '3f2a9c1e',
  };
  expect(alertLines([alert], view)).toEqual([
    '! today 05:00  error_spike  ~/shop',
    '  05:00 – 06:00: 7 of 41 operations failed (17.1%)',
    '  clew show 3f2a9c1e',
  ]);
  expect(alertLines([], view)).toEqual(['No alerts.']);
});
