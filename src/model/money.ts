// Sums of money. Costs are kept in whole picodollars and summed exactly; what is told of a sum is rounded once, half to
// even, to whole micro-dollars.

const picoPerMicro = 1_000_000n;

/** Half to even; `by` is positive. */
export function divideHalfEven(n: bigint, by: bigint): bigint {
  const down = n / by - (n % by < 0n ? 1n : 0n);
  const twice = 2n * (n - down * by);
  if (twice < by) return down;
  return twice > by || down % 2n !== 0n ? down + 1n : down;
}

/** The micro-dollars of a sum that comes in two parts, as in picodollars alone it may be more than a number holds. */
export const toMicros = (micros: number, pico: number): number =>
  Number(divideHalfEven(BigInt(micros) * picoPerMicro + BigInt(pico), picoPerMicro));

/** Of micro-dollars, for people: `$12.34`, below a dollar `$0.0312`; `unpriced` for null. */
export function moneyText(micros: number | null): string {
  if (micros === null) return 'unpriced';
  const sign = micros < 0 ? '−' : '';
  const size = BigInt(Math.abs(micros));
  if (size === 0n) return '$0.00';
  const fine = divideHalfEven(size, 100n);
  if (fine === 0n) return `${sign}<$0.0001`;
  if (fine < 10_000n) return `${sign}$0.${String(fine).padStart(4, '0')}`;
  const cents = divideHalfEven(size, 10_000n);
  const dollars = String(cents / 100n).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}$${dollars}.${String(cents % 100n).padStart(2, '0')}`;
}
