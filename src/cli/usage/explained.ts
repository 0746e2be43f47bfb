// What is behind a row: its responses, the prices applied to them, and where their records stand.
import { moneyText, shortId } from '../../model/index.ts';
import type { ExplainedMessage, UsageExplanation } from '../../index.ts';
import { section } from '../render/facts.ts';
import { shortIds } from '../render/ids.ts';
import { costRange, differenceText } from '../render/money.ts';
import { many } from '../render/numbers.ts';
import { tilde } from '../render/path.ts';
import { table } from '../render/table.ts';
import { fullMoment } from '../render/time.ts';
import type { View } from '../render/view.ts';
import { wrap } from '../render/width.ts';

export function explanationLines(told: UsageExplanation, view: View): string[] {
  const { row, messages, count, offset, sum } = told;
  const { colour } = view;
  const some = messages.length < count ? `; here ${offset + 1} to ${offset + messages.length}` : '';
  const isSame = sum.computed === row.cost.computed && sum.highest === row.cost.highest;
  const check = isSame ? 'as the row has it' : `but ${costRange(row.cost)} in the row: run \`clew reindex\``;
  const prices = [...new Set(messages.map(priceText))];
  const sources = [...new Map(messages.map(({ record }) => [record.source, record])).values()];
  return [
    `${colour.bold(row.key)}: ${many(count, 'response')}${some}`,
    `added up: ${costRange({ ...row.cost, ...sum })}, ${check}`,
    '',
    ...messageTable(
      messages,
      (message) => `${prices.indexOf(priceText(message)) + 1}`,
      ({ record }) => `${sources.findIndex((one) => one.source === record.source) + 1}:${record.pos}`,
      view,
    ),
    ...section(
      'Prices applied, USD per million tokens',
      prices.flatMap((text, i) => hanging(`${i + 1}  `, text, view)),
      view,
    ),
    ...section(
      'Records: number and byte in the stream',
      sources.flatMap(({ path, stream }, i) => [
        `${i + 1}  ${tilde(path, view)}`,
        colour.dim(`   stream ${tilde(stream, view)}`),
      ]),
      view,
    ),
    ...section('Reported by agents', reportedLines(told, view), view),
    ...(messages.some((one) => one.outputIsLowerBound)
      ? [
          '',
          ...wrap(
            "≥ is the output count of the stream's start; the range ends at what is likely at most.",
            view.width,
          ).map(colour.dim),
        ]
      : []),
  ];
}

function messageTable(
  messages: readonly ExplainedMessage[],
  price: (message: ExplainedMessage) => string,
  record: (message: ExplainedMessage) => string,
  view: View,
): string[] {
  const id = shortIds([...new Set(messages.map((one) => one.session))]);
  const tokens = (head: string, value: (one: ExplainedMessage) => number, mark = '') => ({
    head,
    cell: (one: ExplainedMessage) => `${one.outputIsLowerBound ? mark : ''}${value(one)}`,
    align: 'right' as const,
  });
  return table(
    messages,
    [
      { head: 'time', cell: (one) => (one.at === null ? 'unknown' : fullMoment(one.at, view.now)) },
      { head: 'session', cell: (one) => id(one.session), style: view.colour.yellow },
      { head: 'model', cell: (one) => one.model + (one.isRest ? ' (rest)' : ''), min: 12, spare: 2 },
      { head: 'tier', cell: (one) => one.tier, spare: 3 },
      tokens('input', (one) => one.tokens.input),
      tokens('read', (one) => one.tokens.cacheRead),
      tokens('write 5m', (one) => one.tokens.cacheWrite5m),
      tokens('1h', (one) => one.tokens.cacheWrite1h),
      tokens('output', (one) => one.tokens.output, '≥'),
      { head: 'cost', cell: costCell, align: 'right' },
      { head: 'price', cell: price, align: 'right' },
      { head: 'record', cell: record },
      { head: 'copies', cell: (one) => (one.copies > 0 ? String(one.copies) : ''), align: 'right', spare: 1 },
    ],
    view,
  );
}

const costCell = ({ cost, picodollars, highestPicodollars }: ExplainedMessage): string =>
  costRange({
    computed: cost ?? 0,
    highest: picodollars === highestPicodollars ? (cost ?? 0) : Math.round((highestPicodollars ?? 0) / 1e6),
    unpricedTokens: cost === null ? 1 : 0,
    reported: null,
  });

function priceText({ model, price, unpriced, tier, charged }: ExplainedMessage): string {
  if (!price) return `${model || 'unknown model'}: unpriced, ${unpriced ?? ''}`;
  const { rates, factor, tierIsKnown, discountPercent, longContextAbove } = price;
  const span = [price.from && `from ${price.from}`, price.until && `until ${price.until}`]
    .filter(Boolean)
    .join(' ');
  return [
    `${price.row === model ? '' : `${model} as `}${price.row}: input ${rates.input}, output ${rates.output}, cache read ${rates.cacheRead}, write 5m ${rates.cacheWrite5m}, 1h ${rates.cacheWrite1h}`,
    longContextAbove !== null && `for prompts above ${longContextAbove} tokens`,
    tier !== '' &&
      (tierIsKnown
        ? `${tier}: times ${factor}`
        : `${tier}: charged as the standard tier, as no factor is known`),
    discountPercent > 0 && `${discountPercent}% off`,
    span,
    charged && 'what is charged is told apart from what is counted',
    price.origin === 'override'
      ? 'your own price'
      : `${price.origin} of ${price.table}, ${price.reference ?? 'no source told'}`,
    unpriced,
  ]
    .filter(Boolean)
    .join('; ');
}

const reportedLines = ({ reported }: UsageExplanation, view: View): string[] =>
  reported.flatMap((one) => [
    `${shortId(one.session)}  reported ${moneyText(one.reported)}, computed ${moneyText(one.computed)}, difference ${differenceText(one.difference)}`,
    ...one.reasons.flatMap((reason) => hanging('  - ', reason, view)),
  ]);

const hanging = (mark: string, text: string, view: View): string[] =>
  wrap(text, view.width - mark.length).map((line, i) => (i === 0 ? mark : ' '.repeat(mark.length)) + line);
