// Costs for people: `$1.86`, `$1.86–2.40` where output counts are only known within a range, `unpriced`.
import { divideHalfEven, moneyText } from '../../model/index.ts';
import type { Cost } from '../../index.ts';
import { grouped } from './numbers.ts';

const isUnpriced = ({ highest, unpricedTokens }: Cost): boolean => highest === 0 && unpricedTokens > 0;

/** Nothing where nothing was used. */
export function costRange(cost: Cost): string {
  if (isUnpriced(cost)) return moneyText(null);
  const [low, high] = [moneyText(cost.computed), moneyText(cost.highest)];
  return low === high ? low : `${low}–${high.slice(1)}`;
}

/** The same where there is little room: `≥` for a range, `+` where a part has no price. */
export function costShort(cost: Cost, text: (micros: number) => string = moneyText): string {
  if (isUnpriced(cost)) return moneyText(null);
  if (cost.highest === 0) return '';
  const isRange = text(cost.computed) !== text(cost.highest);
  return `${isRange ? '≥' : ''}${text(cost.computed)}${cost.unpricedTokens > 0 ? '+' : ''}`;
}

/** `$0.23` where nobody looks for more. */
export function cents(micros: number): string {
  const all = Number(divideHalfEven(BigInt(micros), 10_000n));
  return `$${grouped(Math.trunc(all / 100))}.${String(all % 100).padStart(2, '0')}`;
}

/** `+$0.10`, `−$0.10` */
export const differenceText = (micros: number): string => `${micros > 0 ? '+' : ''}${moneyText(micros)}`;
