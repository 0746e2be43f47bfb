// The user's discounts off list prices: the first that matches counts.
import type { PriceSettings, Usage } from '../model/index.ts';
import { covers } from './period.ts';

type Discounting = (
  usage: Usage,
  found: { readonly row: string; readonly provider: string | undefined },
) => number;

/** Gives the percentage to take off; a pattern may name the model as it was recorded or its row. */
export function discounting(discounts: PriceSettings['discounts']): Discounting {
  const all = discounts.map((one) => ({
    ...one,
    matches: one.model === undefined ? undefined : glob(one.model),
  }));
  return ({ model, at }, { row, provider }) =>
    all.find(
      (one) =>
        (one.provider === undefined || one.provider === provider) &&
        (one.matches === undefined || one.matches.test(model) || one.matches.test(row)) &&
        covers(one, at),
    )?.percent ?? 0;
}

const glob = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`).replaceAll('*', '.*')}$`);
