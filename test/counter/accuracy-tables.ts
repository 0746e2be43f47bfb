// The tables of docs/accuracy.md: figures as Markdown.
import type { Columns, Told } from './ccusage.ts';
import { sumTokens } from './counts.ts';
import type { Difference } from './differences.ts';
import type { Prices } from './prices.ts';
import { byModel, totalOf } from './totals.ts';
import type { ByAgent, Total } from './totals.ts';

const count = (n: number): string => n.toLocaleString('en');

/** Of micro-dollars. */
const dollars = (micro: number): string =>
  (micro / 1e6).toLocaleString('en', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 6,
    maximumFractionDigits: 6,
  });

function table(head: readonly string[], words: number, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i < words ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Responses, tokens by kind and costs, agent by agent and model by model. */
export function totalsTable(counted: ByAgent, prices: Prices): string {
  const cells = ({ messages, tokens, cost, unpriced }: Total): string[] => [
    count(messages),
    count(tokens.input),
    count(tokens.output),
    count(tokens.cacheRead),
    count(tokens.cacheWrite5m),
    count(tokens.cacheWrite1h),
    unpriced === sumTokens(tokens) ? 'unpriced' : dollars(cost),
  ];
  const rows = Object.entries(counted).flatMap(([agent, responses]) =>
    [...byModel(responses)].map(([model, own]) => [agent, model, ...cells(totalOf(own, prices))]),
  );
  const all = totalOf(Object.values(counted).flat(), prices);
  return table(
    ['agent', 'model', 'responses', 'input', 'output', 'cache reads', 'written, 5 min', '1 h', 'cost'],
    2,
    [...rows, ['all', '', ...cells(all)]],
  );
}

export interface Compared {
  readonly agent: string;
  readonly own: Total;
  readonly told: Told;
}

const sum = ({ input, output, cacheRead, cacheWrite }: Columns): number =>
  input + output + cacheRead + cacheWrite;

const tokensTold = ({ models, beyond }: Told): number =>
  Object.values(models).reduce((n, one) => n + sum(one), beyond);

export const agentsTable = (all: readonly Compared[]): string =>
  table(
    ['agent', 'tokens', 'by ccusage', 'cost', 'by ccusage'],
    1,
    all.map(({ agent, own, told }) => [
      agent,
      count(sumTokens(own.tokens)),
      count(tokensTold(told)),
      dollars(own.cost),
      dollars(told.cost),
    ]),
  );

export type Found = Difference & { readonly agent: string; readonly model: string };

export const differencesTable = (all: readonly Found[]): string =>
  table(
    ['difference', 'agent', 'model', 'responses', 'input', 'output', 'cache reads', 'cost'],
    3,
    all.map(({ name, agent, model, responses, tokens, cost }) => [
      name,
      agent,
      model,
      count(responses),
      count(tokens.input),
      count(tokens.output),
      count(tokens.cacheRead),
      dollars(cost),
    ]),
  );
