// Sums of money are exact, and rounded once.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divideHalfEven, moneyText, toMicros } from './money.ts';

const picoPerMicro = 1_000_000n;
const cost = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** As the index does: whole numbers are summed, and told in two parts. */
const sumOf = (costs: readonly number[]): [number, number] => {
  const sum = costs.reduce((n, one) => n + BigInt(one), 0n);
  return [Number(sum / picoPerMicro), Number(sum % picoPerMicro)];
};

test('halves go to the even neighbour, all else to the nearest', () => {
  const micros = [0, 499_999, 500_000, 500_001, 1_500_000, 2_500_000, -500_000, -500_001, -1_500_000];
  expect(micros.map((pico) => toMicros(0, pico))).toEqual([0, 0, 0, 1, 2, 2, 0, -1, -2]);
  expect(toMicros(1, 500_000)).toBe(2);
});

test('a sum is the nearest whole number of micro-dollars', () => {
  fc.assert(
    fc.property(fc.array(cost, { maxLength: 50 }), (costs) => {
      const sum = costs.reduce((n, one) => n + BigInt(one), 0n);
      const off = BigInt(toMicros(...sumOf(costs))) * picoPerMicro - sum;
      expect(off <= picoPerMicro / 2n && off >= -picoPerMicro / 2n).toBe(true);
    }),
  );
});

test('and does not depend on the order, or on how it was split', () => {
  const shuffled = fc
    .array(cost, { maxLength: 50 })
    .chain((costs) => fc.tuple(fc.constant(costs), fc.shuffledSubarray(costs, { minLength: costs.length })));
  fc.assert(
    fc.property(shuffled, fc.nat(50), ([costs, others], cut) => {
      const [micros, pico] = sumOf(others.slice(0, cut));
      const [more, rest] = sumOf(others.slice(cut));
      expect(toMicros(micros + more, pico + rest)).toBe(toMicros(...sumOf(costs)));
    }),
  );
});

test('what is half goes the other way below zero', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      (n, by) => {
        expect(divideHalfEven(-n, by)).toBe(-divideHalfEven(n, by));
      },
    ),
  );
});

test.each([
  [null, 'unpriced'],
  [0, '$0.00'],
  [31_200, '$0.0312'],
  [50, '<$0.0001'],
  [51, '$0.0001'],
  [-51, '−$0.0001'],
  [150, '$0.0002'],
  [250, '$0.0002'],
  [999_949, '$0.9999'],
  [999_950, '$1.00'],
  [1_000_000, '$1.00'],
  [12_344_999, '$12.34'],
  [12_345_000, '$12.34'],
  [12_355_000, '$12.36'],
  [1_234_567_890_000, '$1,234,567.89'],
  [-12_340_000, '−$12.34'],
])('%s micro-dollars are shown as %s', (micros, text) => {
  expect(moneyText(micros)).toBe(text);
});
