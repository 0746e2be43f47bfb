// berth: a made-up service that books mooring places in a harbour. The files that the stories open.

export const cwd = '/home/mira/berth';

export const files = {
  'CLAUDE.md': `# berth

Books mooring places. TypeScript, vitest, no framework.

- Money is in whole cents. Never use floating point for it.
- Times are UTC instants; a harbour's local time is a matter of display.
- Run \`npx vitest run\` before you say that something works.
`,
  'src/booking/overlap.ts': `// Whether two stays want the same berth at the same time.
import type { Stay } from './stay.ts';

export function overlaps(a: Stay, b: Stay): boolean {
  if (a.berth !== b.berth) return false;
  return a.from <= b.until && b.from <= a.until;
}

/** The first stay that stands in the way of a new one. */
export function conflictOf(wanted: Stay, booked: readonly Stay[]): Stay | undefined {
  return booked.find((stay) => stay.id !== wanted.id && overlaps(stay, wanted));
}
`,
  'src/booking/overlap.test.ts': `import { describe, expect, test } from 'vitest';
import { conflictOf, overlaps } from './overlap.ts';
import { stay } from './stay.fixture.ts';

describe('overlaps', () => {
  test('two stays on one berth in the same night', () => {
    expect(overlaps(stay('A1', '03T10', '04T10'), stay('A1', '03T18', '05T10'))).toBe(true);
  });

  test('different berths never overlap', () => {
    expect(overlaps(stay('A1', '03T10', '04T10'), stay('A2', '03T10', '04T10'))).toBe(false);
  });

  test('a stay that ends at noon leaves the berth free from noon', () => {
    expect(overlaps(stay('A1', '03T10', '04T12'), stay('A1', '04T12', '06T10'))).toBe(false);
  });
});

describe('conflictOf', () => {
  test('a stay is not in its own way', () => {
    const one = stay('A1', '03T10', '04T10');
    expect(conflictOf(one, [one])).toBeUndefined();
  });
});
`,
  'src/booking/calendar.ts': `// The harbour master's month view: which berth is taken on which day.
import { overlaps } from './overlap.ts';
import type { Stay } from './stay.ts';

const dayMs = 86_400_000;

export function takenOn(day: number, berth: string, stays: readonly Stay[]): boolean {
  const whole = { id: '', berth, from: day, until: day + dayMs - 1 };
  return stays.some((stay) => overlaps(stay, whole));
}
`,
  'src/booking/stay.ts': `export interface Stay {
  readonly id: string;
  readonly berth: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}
`,
  'src/quote/quote.ts': `// What a stay would cost, before it is booked.
import type { Boat } from '../boat.ts';

const centsPerMetreAndNight = 320;

export function quote(boat: Boat, nights: number): number {
  const base = boat.lengthCm / 100 * centsPerMetreAndNight * nights;
  const discounted = nights >= 7 ? base * 0.9 : base;
  return Math.round(discounted);
}
`,
  'src/invoice/invoice.ts': `// An invoice for a stay that is over.
import type { Boat } from '../boat.ts';
import { roundCents } from './round.ts';

export interface Line {
  readonly text: string;
  readonly cents: number;
}

export function invoiceLines(boat: Boat, nights: number, kWh: number): Line[] {
  const mooring = (boat.lengthCm * 320 * nights) / 100;
  const lines = [{ text: \`Mooring, \${nights} nights\`, cents: roundCents(mooring) }];
  if (nights >= 7) lines.push({ text: 'Weekly discount', cents: -roundCents(mooring * 0.1) });
  if (kWh > 0) lines.push({ text: \`Electricity, \${kWh} kWh\`, cents: roundCents(kWh * 48) });
  return lines;
}
`,
  'src/invoice/round.ts': `/** Half a cent goes to the even neighbour. */
export function roundCents(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  if (rest !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}
`,
  'src/report/season.ts': `// Income of a season, estimated from bookings that are not invoiced yet.
import type { Boat } from '../boat.ts';

export function expected(stays: readonly { boat: Boat; nights: number }[]): number {
  let cents = 0;
  for (const { boat, nights } of stays) {
    const rate = nights > 7 ? 288 : 320;
    cents += Math.floor((boat.lengthCm * rate * nights) / 100);
  }
  return cents;
}
`,
};
