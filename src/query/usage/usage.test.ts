// Reports against a slow count that looks at every response: what rows hold, and that they add up.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMicros, totalTokens } from '../../model/index.ts';
import type { Db } from '../../store/index.ts';
import { tokensOf } from '../rows.ts';
import { cellsSql } from './cells.ts';
import type { Message } from './cells.ts';
import { explainUsage } from './explain.ts';
import { indexOf } from '../../../test/support/usage-index.ts';
import type { Said, Stay } from '../../../test/support/usage-index.ts';
import { gather } from './gather.ts';
import { issueOf } from './issue.ts';
import { usageReport } from './report.ts';
import type { UsageOptions } from './types.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const groups = [
  'day',
  'week',
  'month',
  '5h',
  'session',
  'project',
  'model',
  'agent',
  'branch',
  'issue',
] as const;
const report = (db: Db, options: UsageOptions, at = now) => usageReport(db, options, at, () => []);
const explaining = {
  pricing: { explain: () => ({ cost: null, price: null, unpriced: null }) },
  streamOf: () => '',
  bookedTokens: (account: unknown) => (account as { all?: number } | null)?.all,
};

const hour = 3_600_000;
const randomTime = fc.oneof(
  fc.constant(0),
  // Around the ends of summer time, and anywhere in a year.
  ...['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2025-12-01'].map((day) =>
    fc.integer({ min: -30 * hour, max: 30 * hour }).map((by) => Date.parse(day) + by),
  ),
  fc.integer({ min: Date.parse('2025-11-25'), max: now }),
);
const session = fc.constantFrom('a1', 'a2', 'b1', 'x1');
const said: fc.Arbitrary<Said> = fc.record(
  {
    session,
    at: randomTime,
    model: fc.constantFrom('opus', 'haiku', 'free-lance', ''),
    input: fc.integer({ min: 0, max: 3_000_000_000 }),
    output: fc.nat(1000),
    startOf: fc.nat(20_000),
    tier: fc.constantFrom('', 'fast'),
    reported: fc.nat(5000),
  },
  { requiredKeys: ['session', 'at'] },
);
const stay: fc.Arbitrary<Stay> = fc.record({
  session,
  at: randomTime,
  branch: fc.constantFrom('main', 'feature/12-x', 'ABC-7'),
});

const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', undefined];

/** The day that a calendar shows, as ICU tells it. */
const dayIn = (timeZone: string | undefined, at: number): string =>
  at === 0 ? 'unknown time' : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);

const slowly = (db: Db): Message[] => db.prepare<[], Message>('SELECT * FROM message').all();
const picodollars = (messages: readonly Message[]): bigint =>
  messages.reduce((n, one) => n + BigInt(one.cost ?? 0), 0n);

describe('rows', () => {
  test('add up to the sum over all responses, however they are grouped', () => {
    const grouping = fc.record({
      group: fc.constantFrom(...groups),
      by: fc.option(fc.constantFrom(...groups.filter((one) => one !== '5h')), { nil: undefined }),
      timezone: fc.constantFrom(...zones),
      weekStart: fc.constantFrom('monday', 'sunday', 'saturday'),
    });
    fc.assert(
      fc.property(
        fc.array(said, { maxLength: 40 }),
        fc.array(stay, { maxLength: 8 }),
        grouping,
        (all, stays, how) => {
          const options: UsageOptions = { ...how, by: how.group === '5h' ? undefined : how.by, all: true };
          const db = indexOf(all, stays);
          const messages = slowly(db);
          const { rows, total } = gather(db, options, now);
          const sum = rows.reduce(
            (n, { tally }) => n + BigInt(tally.sums.cost) * 1_000_000n + BigInt(tally.sums.cost_rest),
            0n,
          );
          expect(sum).toBe(picodollars(messages));
          expect(BigInt(total.sums.cost) * 1_000_000n + BigInt(total.sums.cost_rest)).toBe(sum);
          const shown = report(db, options);
          expect(shown.total.cost.computed).toBe(rounded(picodollars(messages)));
          expect(shown.rows.reduce((n, row) => n + totalTokens(row.tokens), 0)).toBe(
            messages.reduce((n, one) => n + totalTokens(tokensOf(one)), 0),
          );
          expect(shown.rows.reduce((n, row) => n + row.messages, 0)).toBe(messages.length);
          expect(shown.rows.reduce((n, row) => n + row.lowerBounds, 0)).toBe(
            messages.filter((one) => one.output_final === 0).length,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of days hold what ICU says is of that day, also where clocks are changed', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 40 }), fc.constantFrom(...zones), (all, timezone) => {
        const db = indexOf(all);
        const slow = Map.groupBy(slowly(db), ({ at }) => dayIn(timezone, at));
        const rows = report(db, { timezone, all: true }).rows.map((row) => [row.key, row.messages]);
        expect(new Map(rows as [string, number][])).toEqual(
          new Map([...slow].map(([day, messages]) => [day, messages.length])),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('are explained by responses that add up to them', () => {
    fc.assert(
      fc.property(
        fc.array(said, { maxLength: 25 }),
        fc.array(stay, { maxLength: 6 }),
        fc.constantFrom(...groups),
        fc.constantFrom(...groups.filter((one) => one !== '5h')),
        (all, stays, group, second) => {
          const options: UsageOptions = { group, by: group === '5h' ? undefined : second, all: true };
          const db = indexOf(all, stays);
          for (const row of report(db, options).rows) {
            const told = explainUsage(db, row.key, options, explaining, now);
            expect(told.sum).toEqual({ computed: row.cost.computed, highest: row.cost.highest });
            expect(told.messages).toHaveLength(told.count);
            expect(told.count).toBe(row.messages);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('beyond the limit are told in one sum', () => {
    const db = indexOf([1, 2, 3].map((n) => ({ session: `a${n}`, at: now - n * 24 * hour, output: n })));
    const days = report(db, { limit: 1 });
    expect(days.rows.map((row) => row.key)).toEqual(['2026-11-19']);
    expect(days.others).toMatchObject({ rows: 2, messages: 2, tokens: { output: 5 } });
    // What costs most comes first where rows are no times.
    expect(report(db, { group: 'session', limit: 1 }).rows.map((row) => row.key)).toEqual(['a3']);
  });
});

const rounded = (pico: bigint): number => toMicros(Number(pico / 1_000_000n), Number(pico % 1_000_000n));

describe('the period', () => {
  const daily = [0, 1, 29, 30, 100, 400].map((days) => ({ session: 'a1', at: now - days * 24 * hour }));

  test('is bounded where nothing else is asked for', () => {
    const db = indexOf(daily);
    expect(report(db, { timezone: 'UTC' }).rows).toHaveLength(3);
    expect(report(db, { group: 'model', timezone: 'UTC' }).total.messages).toBe(3);
    expect(report(db, { group: 'week', timezone: 'UTC' }).total.messages).toBe(4);
    expect(report(db, { group: 'month', timezone: 'UTC' }).total.messages).toBe(5);
    expect(report(db, { all: true }).total.messages).toBe(6);
  });

  test('is taken to whole quarters of an hour, and left without what has no time', () => {
    const db = indexOf([...daily, { session: 'a1', at: 0 }]);
    expect(report(db, {}).rows[0]?.key).toBe('unknown time');
    const since = Date.parse('2026-11-19T12:07:00Z');
    const { from, until, rows } = report(db, { since, until: now, timezone: 'UTC' });
    expect([from, until]).toEqual(['2026-11-19T12:00:00.000Z', '2026-11-20T12:15:00.000Z']);
    expect(rows.map((row) => row.key)).toEqual(['2026-11-19', '2026-11-20']);
  });

  test('a day that a zone left out is no row', () => {
    const db = indexOf(
      [-1, 11].map((hours) => ({ session: 'a1', at: Date.parse('2011-12-30T00:00:00Z') + hours * hour })),
    );
    const { rows } = report(db, { all: true, timezone: 'Pacific/Apia' });
    expect(rows.map((row) => [row.key, row.from, row.until])).toEqual([
      ['2011-12-29', '2011-12-29T10:00:00.000Z', '2011-12-30T10:00:00.000Z'],
      ['2011-12-31', '2011-12-30T10:00:00.000Z', '2011-12-31T10:00:00.000Z'],
    ]);
  });

  test('days of 23 and 25 hours, and one of a clock that was set back over midnight', () => {
    const day = (timezone: string, at: string): number => {
      const db = indexOf([{ session: 'a1', at: Date.parse(at) }]);
      const [row] = report(db, { all: true, timezone }).rows;
      expect(row?.messages).toBe(1);
      return (Date.parse(row!.until!) - Date.parse(row!.from!)) / hour;
    };
    expect(day('Europe/Berlin', '2026-03-29T12:00:00Z')).toBe(23);
    expect(day('Europe/Berlin', '2026-10-25T12:00:00Z')).toBe(25);
    // At 00:01 of November 7 it became 23:01 of November 6.
    expect(day('America/St_Johns', '2010-11-06T12:00:00Z')).toBe(25);
    for (const moment of ['02:30:30', '02:45:00', '03:15:00'])
      expect(day('America/St_Johns', `2010-11-07T${moment}Z`)).toBe(25);
    expect(day('America/St_Johns', '2010-11-07T12:00:00Z')).toBe(24);
  });

  test('weeks begin on the day that is wished', () => {
    const db = indexOf([{ session: 'a1', at: now }]);
    const key = (weekStart?: UsageOptions['weekStart']): string | undefined =>
      report(db, { group: 'week', timezone: 'UTC', weekStart }).rows[0]?.key;
    expect([key(), key('sunday'), key('saturday')]).toEqual(['2026-11-16', '2026-11-15', '2026-11-14']);
  });

  test('a zone that is not known is refused', () => {
    expect(() => report(indexOf([]), { timezone: 'Mars/Olympus' })).toThrow('"Mars/Olympus" is no time zone');
  });

  test('costs a range of the primary key for each stretch', () => {
    const plan = indexOf([])
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${cellsSql('')}`)
      .all('[]')
      .map((row) => row.detail);
    expect(plan).toContain('SEARCH u USING PRIMARY KEY (bucket>? AND bucket<?)');
  });
});

describe('blocks of five hours', () => {
  const at = (text: string): Said => ({
    session: 'a1',
    at: Date.parse(`2026-11-20T${text}:00Z`),
    output: 60,
  });
  const blocks = (times: readonly string[], options: UsageOptions = {}, when = now) =>
    report(indexOf(times.map(at)), { group: '5h', timezone: 'UTC', ...options }, when);

  test('begin at the full hour of the first response after the one before', () => {
    const { rows } = blocks(['00:50', '04:59', '05:00', '09:30', '10:20']);
    expect(rows.map((row) => [row.key, row.messages])).toEqual([
      ['2026-11-20 00:00', 2],
      ['2026-11-20 05:00', 2],
      ['2026-11-20 10:00', 1],
    ]);
  });

  test('leave gaps', () => {
    expect(blocks(['00:10', '08:40']).rows.map((row) => row.key)).toEqual([
      '2026-11-20 00:00',
      '2026-11-20 08:00',
    ]);
  });

  test('follow on those before the period', () => {
    const { rows } = blocks(['00:10', '05:10', '10:10'], { since: Date.parse('2026-11-20T06:00:00Z') });
    expect(rows.map((row) => [row.key, row.messages])).toEqual([['2026-11-20 10:00', 1]]);
  });

  test('the open one has its pace, what it comes to, and its share of the limit', () => {
    // 240 tokens in an hour; two hours to go.
    const { active } = blocks(['02:00', '09:00', '09:20', '09:40', '10:00'], { tokenLimit: 960 });
    expect(active).toEqual({
      key: '2026-11-20 09:00',
      remainingMinutes: 120,
      burn: { tokensPerMinute: 4, costPerHour: 240, projectedTokens: 720, projectedCost: 720 },
      limit: { tokens: 960, used: 25, projected: 75 },
    });
    const held = blocks(['02:00', '09:00', '10:00'], { tokenLimit: 'max' }).active;
    expect(held?.limit).toEqual({ tokens: 60, used: 200, projected: 600 });
    expect(blocks(['02:00']).active).toBeNull();
  });
});

describe('branches and issues', () => {
  test('are those that a session was on at the time, though a quarter of an hour saw several', () => {
    const minutes = (n: number): number => Date.parse('2026-11-20T10:00:00Z') + n * 60_000;
    const db = indexOf(
      [1, 3, 5, 7].map((n) => ({ session: 'a1', at: minutes(n), output: n })),
      [
        { session: 'a1', branch: 'main', at: minutes(0) },
        { session: 'a1', branch: 'main', at: minutes(8) },
        { session: 'a1', branch: 'feature/12-x', at: minutes(2) },
        { session: 'a1', branch: 'feature/12-x', at: minutes(6) },
      ],
    );
    const outputs = (options: UsageOptions): object =>
      Object.fromEntries(report(db, options).rows.map((row) => [row.key, row.tokens.output]));
    expect(outputs({ group: 'branch' })).toEqual({ main: 8, 'feature/12-x': 8 });
    expect(outputs({ group: 'issue' })).toEqual({ 'no issue': 8, '#12': 8 });
    expect(outputs({ branch: 'main', group: 'session' })).toEqual({ a1: 8 });
  });

  test.each([
    ['ABC-123', 'ABC-123'],
    ['feature/ABC-123-words', 'ABC-123'],
    ['fix-#45', '#45'],
    ['issue-7', '#7'],
    ['me/issue/7-words', '#7'],
    ['123-words', '#123'],
    ['feature/123-words', '#123'],
    ['feature/123_words', '#123'],
    ['main', undefined],
    ['release/1.2', undefined],
    ['2026-11-20-words', undefined],
    ['20261120-words', undefined],
    ['tissue-7', undefined],
    ['v2-words', undefined],
  ])('%s', (branch, issue) => {
    expect(issueOf(branch)).toBe(issue);
  });
});

describe('what agents reported', () => {
  const day = 24 * hour;
  const db = () =>
    indexOf(
      [
        { session: 'a1', at: now - day, input: 999 },
        { session: 'a2', at: now - day, input: 999 },
        { session: 'a2', at: now, input: 999 },
        { session: 'b1', at: now, input: 999, reported: 1500 },
        { session: 'x1', at: now, input: 999 },
      ],
      [],
      { a1: 1200, a2: 3000 },
      { a2: '{"all":2012}' },
    );

  test('of a whole session is told where the whole of it is', () => {
    const { rows, total } = report(db(), { timezone: 'UTC' });
    // Half of a2 is of yesterday, half of today.
    expect(rows.map((row) => row.comparison)).toEqual([
      { sessions: 1, computed: 1000, reported: 1200, difference: 200 },
      { sessions: 1, computed: 1000, reported: 1500, difference: 500 },
    ]);
    expect(total.comparison).toEqual({ sessions: 3, computed: 4000, reported: 5700, difference: 1700 });
    expect(total.cost).toMatchObject({ computed: 5000, reported: 5700 });
  });

  test('is explained for each session', () => {
    const told = explainUsage(db(), 'a2', { group: 'session' }, explaining, now);
    expect(told.reported).toEqual([
      expect.objectContaining({ session: 'a2', computed: 2000, reported: 3000, difference: 1000 }),
    ]);
    expect(told.reported[0]?.reasons[0]).toBe('12 tokens that the agent counted are in no message');
  });
});

describe('a row to be explained', () => {
  const db = () =>
    indexOf([
      { session: 'a1', at: now },
      { session: 'a2', at: now - 100 * 24 * hour, model: 'free-lance' },
    ]);

  test('is found by its beginning, and in all times where it is in no report of now', () => {
    expect(
      explainUsage(db(), 'a2', { group: 'session' }, explaining, now).messages.map((one) => one.cost),
    ).toEqual([null]);
    expect(explainUsage(db(), '2026-11', { group: 'day' }, explaining, now).row.key).toBe('2026-11-20');
  });

  test('tells by its look what it is of', () => {
    const of = (key: string): string => explainUsage(db(), key, {}, explaining, now).group;
    expect(['2026-11-20', '2026-11', '2026-11-20 12:00', 'a2', 'opus', 'claude-code'].map(of)).toEqual([
      'day',
      'month',
      '5h',
      'session',
      'model',
      'agent',
    ]);
  });

  test('must be named clearly', () => {
    expect(() => explainUsage(db(), 'a', { group: 'session', all: true }, explaining, now)).toThrow(
      'several rows',
    );
    expect(() => explainUsage(db(), 'c', { group: 'session' }, explaining, now)).toThrow(
      'no row of this report',
    );
  });

  test('is told in pages', () => {
    const many = indexOf([1, 2, 3].map((n) => ({ session: 'a1', at: now - n })));
    const told = explainUsage(many, 'a1', { group: 'session', limit: 1, offset: 1 }, explaining, now);
    expect([told.count, told.messages.map((one) => one.id)]).toEqual([3, ['m1']]);
  });
});

test('unpriced models are named with their tokens', () => {
  const told = report(indexOf([{ session: 'a1', at: now, model: 'free-lance', input: 9 }]), {});
  expect(told.unpriced).toEqual([{ model: 'free-lance', tokens: 10 }]);
  expect(told.total.cost).toMatchObject({ computed: 0, unpricedTokens: 10 });
});
