import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact, Place } from '../model/index.ts';
import { operationStatuses } from '../model/index.ts';
import { condense, joinOperations, maxText } from './condense.ts';
import type { OperationRow } from './rows.ts';

const place: Place = { session: 's', run: 's', turn: undefined, at: 1, pos: 0, rank: 0 };

/** What some channel tells of one operation: it may know little of it, but never something else. */
const telling: fc.Arbitrary<OperationRow> = fc.record({
  id: fc.constant('t'),
  place: fc.constant(place),
  name: fc.constantFrom('', 'Bash'),
  type: fc.constant('execute'),
  message: fc.constantFrom(null, 'm'),
  description: fc.constantFrom(null, 'short', 'other'),
  status: fc.constantFrom(...operationStatuses),
  statusBy: fc.constantFrom(0, 1, 2),
  isError: fc.constantFrom(0, 1),
  resultAt: fc.nat(5),
  durationMs: fc.option(fc.nat(5)),
  durationBy: fc.nat(2),
  spawned: fc.constantFrom(null, 'a1'),
  batch: fc.constantFrom(null, 'b1'),
  detail: fc.constantFrom(null, '{}', '{"exitCode":1}', '{"exitCode":2}'),
  approval: fc.constantFrom(null, 'approved', 'denied'),
  approvalBy: fc.constantFrom('rule', 'user'),
});

describe('two tellings of an operation are joined', () => {
  test('the same in either order', () => {
    fc.assert(
      fc.property(telling, telling, (a, b) => {
        expect(joinOperations(a, b)).toEqual(joinOperations(b, a));
      }),
    );
  });

  test('the same however they are grouped', () => {
    fc.assert(
      fc.property(telling, telling, telling, (a, b, c) => {
        expect(joinOperations(joinOperations(a, b), c)).toEqual(joinOperations(a, joinOperations(b, c)));
      }),
    );
  });

  test('and told again, nothing changes', () => {
    fc.assert(
      fc.property(telling, (a) => {
        expect(joinOperations(a, a)).toEqual(a);
      }),
    );
  });
});

const hook: Place = { ...place, rank: 2 };
const call = (at: Place): Fact => ({
  fact: 'call',
  key: 't',
  place: at,
  name: 'Bash',
  type: 'execute',
  target: 'make',
  message: undefined,
});
const result = (at: Place, more: object): Fact => ({
  fact: 'result',
  key: 't',
  place: at,
  status: 'success',
  isError: false,
  ...more,
});
const joined = (...facts: Fact[]) => condense(facts).operations[0];

describe('what transcript and hooks tell of a call', () => {
  test('the transcript knows how it went, the hook how long it took', () => {
    const told = [
      call(place),
      result(place, { status: 'failed', isError: true, error: 'no', durationMs: 90 }),
      call(hook),
      result(hook, { status: 'success', durationMs: 30 }),
    ];
    for (const facts of [told, told.toReversed()])
      expect(joined(...facts)).toMatchObject({ status: 'failed', durationMs: 30, isError: 1 });
  });

  test('a hook alone is believed', () => {
    expect(joined(call(hook), result(hook, { status: 'interrupted' }))).toMatchObject({
      status: 'interrupted',
      name: 'Bash',
    });
  });

  test('a refusal outweighs an approval', () => {
    const approval = (decision: 'approved' | 'denied', by: string): Fact => ({
      fact: 'approval',
      key: 't',
      place,
      decision,
      by,
    });
    expect(joined(approval('denied', 'rule'), approval('approved', 'user'))).toMatchObject({
      approval: 'denied',
      approvalBy: 'rule',
    });
  });
});

describe('a batch', () => {
  test('takes the last line of a response for its counts, and the first for its place', () => {
    const tokens = { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
    const line = (at: number, output: number): Fact => ({
      fact: 'message',
      key: 'm',
      place: { ...place, at, pos: at * 10 },
      model: 'x',
      tokens: { ...tokens, output },
      outputFinal: output > 1,
      stopReason: undefined,
    });
    expect(condense([line(1, 1), line(2, 9)]).messages).toMatchObject([
      { output: 9, outputFinal: 1, place: { at: 1, pos: 20 } },
    ]);
  });

  test('cuts long texts, and says of a change that it did', () => {
    const change: Fact = {
      fact: 'change',
      operation: 't',
      place,
      path: '/p',
      kind: 'update',
      added: 1,
      removed: 0,
      diff: '+'.repeat(maxText),
      partial: false,
    };
    const { entries, changes } = condense([change]);
    expect(entries[0]?.text).toHaveLength(maxText);
    expect(changes).toMatchObject([{ partial: 1 }]);
  });

  test('counts oddities by what they are, and leads to the first', () => {
    const odd = (line: number): Fact => ({
      fact: 'oddity',
      kind: 'unknown-type',
      what: 'brew',
      pos: line * 100,
      line,
    });
    expect(condense([odd(3), odd(7)]).oddities).toEqual([
      { kind: 'unknown-type', what: 'brew', count: 2, line: 3, pos: 300 },
    ]);
  });

  test('knows of a value when it was first and last told; an unknown time is not the first', () => {
    const value = (at: number): Fact => ({
      fact: 'session',
      session: 's',
      at,
      pos: 0,
      name: 'branch',
      value: 'main',
    });
    expect(condense([value(5), value(0), value(3)]).values).toMatchObject([{ firstAt: 3, lastAt: 5 }]);
  });
});
