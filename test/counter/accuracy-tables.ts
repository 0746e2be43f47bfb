// The tables of docs/accuracy.md: figures as Markdown.
import type { Columns, Told } from './ccusage.ts';
import { sumTokens } from './counts.ts';
import type { Difference } from './differences.ts';
import type { Prices } from './prices.ts';
import type { Response } from './responses.ts';
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

const costCell = ({ tokens, cost, unpriced }: Total): string =>
  unpriced === sumTokens(tokens) ? 'unpriced' : dollars(cost);

/** Responses, tokens by kind and costs, agent by agent and model by model. */
export function totalsTable(counted: ByAgent, prices: Prices): string {
  const cells = (total: Total): string[] => {
    const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = total.tokens;
    const kinds = [input, output, cacheRead, cacheWrite5m, cacheWrite1h];
    return [count(total.messages), ...kinds.map(count), costCell(total)];
  };
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
  readonly responses: readonly Response[];
  readonly told: Told;
}

/** Tokens of all kinds and costs beside those of ccusage: of each model, and of the agent. */
export function besideTable(all: readonly Compared[], prices: Prices): string {
  const sum = (one: Columns | undefined): number =>
    one ? one.input + one.output + one.cacheRead + one.cacheWrite : 0;
  const rows = all.flatMap(({ agent, responses, told }) => {
    const cells = (own: readonly Response[], tokens: number, cost: number | undefined): string[] => {
      const total = totalOf(own, prices);
      return [
        count(sumTokens(total.tokens)),
        count(tokens),
        costCell(total),
        cost === undefined ? '–' : dollars(cost),
      ];
    };
    const columns = Object.values(told.models).reduce((n, one) => n + sum(one), 0);
    return [
      ...[...byModel(responses)].map(([model, own]) => {
        const theirs = told.models[model];
        return [agent, model, ...cells(own, sum(theirs), theirs ? theirs.cost : 0)];
      }),
      [agent, 'all', ...cells(responses, columns + told.beyond, told.cost)],
    ];
  });
  return table(['agent', 'model', 'tokens', 'by ccusage', 'cost', 'by ccusage'], 2, rows);
}

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
