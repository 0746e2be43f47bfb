// Prices, and what an update changes of them, as tables.
import type { PriceChange, PriceList, PriceRow, PriceUpdate } from '../../index.ts';
import { factLines, section } from './facts.ts';
import { many, promptTokens, short } from './numbers.ts';
import { table } from './table.ts';
import type { Column } from './table.ts';
import type { View } from './view.ts';

/** Of so few models everything is told. */
const fewModels = 5;

export function priceLines(list: PriceList, view: View): string[] {
  const { version, origin, trouble, prices, discounts, unpriced } = list;
  const what = origin === 'table' ? 'the built-in table' : 'an update of the table';
  const isFew = new Set(prices.map((one) => one.model)).size <= fewModels;
  return [
    view.colour.dim(`USD per million tokens, from ${what} of ${version}`),
    ...(trouble === null ? [] : [view.colour.yellow(`! ${trouble}`)]),
    ...(prices.length === 0 ? [] : ['', ...table(prices, priceColumns(view), view)]),
    ...section('Sources', sourceLines(list, view), view),
    ...section('Notes', isFew ? noteLines(prices, view) : [], view),
    ...section(
      'Discounts',
      discounts.map(
        ({ model, provider, percent, from, until }) =>
          `${percent}% off ${[provider, model ?? 'all models', period(from, until)].filter(Boolean).join(' ')}`,
      ),
      view,
    ),
    ...section('Met, without a price', unpricedLines(list, view), view),
    ...(unpriced.length > 0
      ? [view.colour.dim('`clew prices update` may know them; config.json can, as docs/prices.md says')]
      : []),
  ];
}

const priceColumns = (view: View): Column<PriceRow>[] => [
  { head: 'model', cell: (one) => one.model },
  { head: 'input', cell: (one) => String(one.input), align: 'right' },
  { head: 'output', cell: (one) => String(one.output), align: 'right' },
  { head: 'cache read', cell: (one) => String(one.cacheRead), align: 'right' },
  {
    head: 'write 5m/1h',
    cell: ({ cacheWrite5m: short, cacheWrite1h: long }) =>
      short === long ? String(short) : `${short}/${long}`,
    align: 'right',
    spare: 2,
  },
  {
    head: 'long prompts',
    cell: (one) =>
      one.longContext.map((rates) => `>${short(rates.above)}: ${rates.input}/${rates.output}`).join(' '),
    spare: 3,
  },
  {
    head: 'tiers',
    cell: ({ tiers }) =>
      Object.entries(tiers)
        .map(([name, factor]) => `${name} ×${factor}`)
        .join(' '),
    spare: 4,
  },
  { head: 'valid', cell: ({ from, until }) => period(from, until) },
  {
    head: 'from',
    cell: ({ origin, source }) =>
      origin === 'override'
        ? 'config.json'
        : [origin === 'update' ? 'update:' : '', source ?? ''].join(' ').trim(),
    style: view.colour.dim,
    spare: 1,
  },
];

const period = (from: string | null | undefined, until: string | null | undefined): string =>
  [from ? `from ${from}` : '', until ? `until ${until}` : ''].filter(Boolean).join(' ');

/** Of what is shown. */
const sourceLines = ({ prices, sources }: PriceList, view: View): string[] =>
  factLines(
    [...new Set(prices.map((one) => one.source))].map((name) => [name ?? '', name && sources[name]]),
    view,
  );

const noteLines = (prices: readonly PriceRow[], view: View): string[] =>
  factLines([...new Map(prices.map(({ model, note }) => [model, note]))], view);

const unpricedLines = ({ unpriced }: PriceList, view: View): string[] =>
  unpriced.length === 0
    ? []
    : table(
        unpriced,
        [
          { head: 'model', cell: (one) => one.model, min: 16 },
          { head: 'messages', cell: (one) => String(one.messages), align: 'right' },
          { head: 'in', cell: (one) => short(promptTokens(one.tokens)), align: 'right' },
          { head: 'out', cell: (one) => short(one.tokens.output), align: 'right' },
          { head: 'why', cell: (one) => one.why, min: 12 },
        ],
        view,
      );

export function updateLines(
  { form, version, versionBefore, changes, unchanged }: PriceUpdate,
  view: View,
): string[] {
  const { colour } = view;
  const marks = { added: colour.green('+'), changed: colour.yellow('~'), removed: colour.red('−') };
  const lines = changes.flatMap((one) => [
    `${marks[one.change]} ${one.model}`,
    ...differences(one).map((line) => `    ${line}`),
  ]);
  return [
    colour.dim(`in ${form}'s form, of ${version}; what counts now is of ${versionBefore}`),
    ...lines,
    ...(changes.length > 0
      ? [
          `${many(changes.length, 'model')} would change, ${unchanged} would stay as ${unchanged === 1 ? 'it is' : 'they are'}.`,
        ]
      : ['Nothing changes.']),
  ];
}

/** Periods that are in one of the two only. */
function differences({ before, after }: PriceChange): string[] {
  const [old, next] = [before.map(priceText), after.map(priceText)];
  return [
    ...old.filter((text) => !next.includes(text)).map((text) => `− ${text}`),
    ...next.filter((text) => !old.includes(text)).map((text) => `+ ${text}`),
  ];
}

function priceText({ from, until, tiers, longContext, ...row }: PriceRow): string {
  const rates = (of: typeof row | PriceRow['longContext'][number]): string =>
    `${of.input} in, ${of.output} out, ${of.cacheRead} cache read, ${of.cacheWrite5m}/${of.cacheWrite1h} cache write`;
  return [
    rates(row),
    ...longContext.map((one) => `above ${short(one.above)}: ${rates(one)}`),
    ...Object.entries(tiers).map(([name, factor]) => `${name} ×${factor}`),
    ...[period(from, until)].filter(Boolean),
  ].join('; ');
}
