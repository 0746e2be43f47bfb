// Costs for people: `$1.86`, `$1.86–2.40` where output counts are only known within a range, `unpriced`.
import { moneyText } from '../../model/index.ts';
import type { Cost } from '../../index.ts';

const isUnpriced = ({ highest, unpricedTokens }: Cost): boolean => highest === 0 && unpricedTokens > 0;

/** Nothing where nothing was used. */
export function costRange(cost: Cost): string {
  if (isUnpriced(cost)) return moneyText(null);
  const [low, high] = [moneyText(cost.computed), moneyText(cost.highest)];
  return low === high ? low : `${low}–${high.slice(1)}`;
}

/** The same where there is little room: `≥` for a range, `+` where a part has no price. */
export function costShort(cost: Cost): string {
  if (isUnpriced(cost)) return moneyText(null);
  if (cost.highest === 0) return '';
  const isRange = moneyText(cost.computed) !== moneyText(cost.highest);
  return `${isRange ? '≥' : ''}${moneyText(cost.computed)}${cost.unpricedTokens > 0 ? '+' : ''}`;
}

/** `+$0.10`, `−$0.10` */
export const differenceText = (micros: number): string => `${micros > 0 ? '+' : ''}${moneyText(micros)}`;
