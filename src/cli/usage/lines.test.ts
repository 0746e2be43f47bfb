// Reports as people see them, of an index made of a few responses.
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { indexOf } from '../../../test/support/usage-index.ts';
import type { Said } from '../../../test/support/usage-index.ts';
import { explainUsage, usageReport } from '../../query/index.ts';
import type { UsageOptions } from '../../index.ts';
import { explanationLines } from './explained.ts';
import { usageLines } from './lines.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const view = { width: 140, colour: pc.createColors(false), home: '/home/me', now };
const at = (text: string): number => Date.parse(`2026-11-${text}:00Z`);

const said: readonly Said[] = [
  { session: 'a1', at: at('18T10:00'), input: 999_999, output: 1 },
  { session: 'a1', at: at('19T10:00'), input: 499_000, output: 1000, startOf: 900_000 },
  { session: 'b1', at: at('19T23:30'), model: 'free-lance', input: 7000, output: 500 },
  { session: 'b1', at: at('20T11:00'), input: 250_000, output: 0 },
  { session: 'b1', at: 0, input: 1, output: 0 },
];

const shown = (options: UsageOptions): string[] => {
  const report = usageReport(indexOf(said), { timezone: 'UTC', ...options }, now, () => ['titles']);
  return usageLines(report, view).slice(2);
};

test('days: ranges, what has no price or no time, bars, the total, and what must be known', () => {
  expect(shown({})).toEqual([
    'day           models            messages  input  output  unpriced            cost',
    'unknown time  opus                     1      1       0                  <$0.0001  ▏',
    '2026-11-18    opus                     1     1M       1                     $1.00  ████████████████',
    '2026-11-19    opus, free-lance         2   506k   ≥1.5k      7.5k  $0.5000–0.7990  ████████',
    '2026-11-20    opus                     1   250k       0                   $0.2500  ████',
    'total                                  5   1.8M   ≥1.5k      7.5k      $1.75–2.05',
    '',
    expect.stringContaining('≥ of 1 response only'),
    '$2.05',
    'unpriced: free-lance 7.5k tokens; `clew prices` says why',
    'claude-code: titles',
  ]);
});

test('a second grouping, and what the limit leaves out', () => {
  const [, ...lines] = shown({ group: 'project', by: 'model', limit: 2 });
  expect(lines.slice(0, 4).map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
    '~/a | opus | 2 | 1.5M | ≥1k | $1.50–1.80 | ████████████████',
    '~/b | opus | 2 | 250k | 0 | $0.2500 | ██▋',
    '1 more row | 1 | 7k | 500 | 7.5k | unpriced',
    'total | 5 | 1.8M | ≥1.5k | 7.5k | $1.75–2.05',
  ]);
});

test('blocks: the time between them, and how the open one does', () => {
  const lines = shown({ group: '5h', tokenLimit: 500_000, since: at('19T00:00') });
  expect(lines.map((line) => line.trim().split(/ {2,}/)[0])).toEqual(
    expect.arrayContaining(['2026-11-19 10:00', '8 h of nothing', '2026-11-19 23:00', '2026-11-20 11:00']),
  );
  expect(lines).toContainEqual('Open: 4 h left · 50% of 500k tokens');
});

test('an explanation: each response with its price and its record, and their sum', () => {
  const price = {
    row: 'opus',
    origin: 'table' as const,
    table: '2026-11-20',
    reference: 'a list',
    from: null,
    until: null,
    rates: { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 },
    longContextAbove: null,
    factor: 1,
    tierIsKnown: true,
    discountPercent: 0,
  };
  const told = explainUsage(
    indexOf(said),
    '2026-11-19',
    { timezone: 'UTC' },
    {
      pricing: {
        explain: ({ model }) =>
          model === 'opus'
            ? { cost: 0, price, unpriced: null }
            : { cost: null, price: null, unpriced: 'nobody knows' },
      },
      bookedTokens: () => undefined,
      streamOf: (agent, source) => `/streams/${agent}/${source}`,
    },
    now,
  );
  const lines = explanationLines(told, view);
  expect(lines.slice(0, 2)).toEqual([
    '2026-11-19: 2 responses',
    'added up: $0.5000–0.7990, as the row has it',
  ]);
  expect(lines.join('\n')).toContain('≥1000');
  expect(lines).toContain(
    '1  opus: input 1, output 2, cache read 3, write 5m 4, 1h 5; table of 2026-11-20, a list',
  );
  expect(lines).toContain('2  free-lance: unpriced, nobody knows');
});
