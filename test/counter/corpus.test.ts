// The counters against the truth corpus, whose answers are worked out by hand: so that they may be trusted on real sessions.
import path from 'node:path';
import { expect, test } from 'vitest';
import { cases } from '../corpus/read.ts';
import { tablePrices } from './prices.ts';
import { byModel, responsesIn, totalOf } from './totals.ts';

const counted = cases.filter((one) => !one.answer.config);

test.each(counted)('$name: $title', ({ home, answer }) => {
  const all = Object.values(responsesIn(home, path.join(home, 'exports'))).flat();
  const { messages, cost, unpriced } = totalOf(all, tablePrices());
  const tokens = Object.fromEntries(
    [...byModel(all)].map(([model, own]) => [model, totalOf(own, tablePrices()).tokens]),
  );
  expect({ messages, cost, unpriced, tokens }).toEqual({
    messages: answer.messages,
    cost: answer.cost,
    unpriced: answer.unpriced ?? 0,
    tokens: answer.tokens,
  });
});
