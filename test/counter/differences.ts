// Why another counter that knows today's prices and the records of single responses alone comes to other figures: each reason
// by its name, with the responses, the tokens and the micro-dollars that it makes, so that the sums can be held against the
// whole difference.
import type { Columns } from './ccusage.ts';
import { costOf } from './cost.ts';
import { addTokens, noTokens, sumTokens } from './counts.ts';
import type { Tokens } from './counts.ts';
import type { Prices } from './prices.ts';
import type { Response } from './responses.ts';
import type { Total } from './totals.ts';

export interface Difference {
  readonly name: string;
  readonly responses: number;
  /** What is counted here, and not there in the column of its kind. */
  readonly tokens: Tokens;
  readonly cost: number;
  /** Told there all the same, in another place than this column. */
  readonly isElsewhere?: boolean;
}

export function differencesOf(responses: readonly Response[], prices: Prices, today: number): Difference[] {
  const cost = (of: readonly Response[], when?: number): number => costOf(of, prices, when).cost;
  const aborted = responses.filter((one) => one.hidden && sumTokens(one.hidden) !== 0);
  const told = responses.map((one) => ({ ...one, tokens: less(one.tokens, one.hidden ?? noTokens()) }));
  const cut = told.filter((one) => cost([one]) !== cost([one], today));
  const parts = responses.filter((one) => one.kind === 'part');
  const thoughts = responses.filter((one) => one.thoughts !== undefined && one.thoughts > 0);
  const all = [
    {
      name: 'aborted after it was billed',
      responses: aborted.length,
      tokens: sum(aborted.map((one) => one.hidden ?? noTokens())),
      cost: cost(responses) - cost(told),
    },
    {
      name: "the price of the day, not today's",
      responses: cut.length,
      tokens: noTokens(),
      cost: cost(told) - cost(told, today),
    },
    {
      name: 'no shutdown',
      responses: parts.length,
      tokens: sum(parts.map((one) => one.tokens)),
      cost: 0,
    },
    {
      name: 'thoughts in another column',
      responses: thoughts.length,
      tokens: { ...noTokens(), output: thoughts.reduce((n, one) => n + (one.thoughts ?? 0), 0) },
      cost: 0,
      isElsewhere: true,
    },
  ];
  return all.filter((one) => one.responses > 0);
}

/** What of a model's difference has no name: tokens, column by column without regard to the sign, and micro-dollars. */
export function leftOf(
  { tokens, cost }: Total,
  told: (Columns & { readonly cost: number | undefined }) | undefined,
  named: readonly Difference[],
): { readonly tokens: number; readonly cost: number } {
  const rest = named.reduce((left, one) => less(left, one.tokens), tokens);
  const columns = [
    rest.input - (told?.input ?? 0),
    rest.output - (told?.output ?? 0),
    rest.cacheRead - (told?.cacheRead ?? 0),
    rest.cacheWrite5m + rest.cacheWrite1h - (told?.cacheWrite ?? 0),
  ];
  return {
    tokens: columns.reduce((n, one) => n + Math.abs(one), 0),
    cost:
      told && told.cost === undefined ? 0 : named.reduce((n, one) => n - one.cost, cost - (told?.cost ?? 0)),
  };
}

function sum(all: readonly Tokens[]): Tokens {
  const total = noTokens();
  for (const one of all) addTokens(total, one);
  return total;
}

const less = (a: Tokens, b: Tokens): Tokens => ({
  input: a.input - b.input,
  output: a.output - b.output,
  cacheRead: a.cacheRead - b.cacheRead,
  cacheWrite5m: a.cacheWrite5m - b.cacheWrite5m,
  cacheWrite1h: a.cacheWrite1h - b.cacheWrite1h,
});
