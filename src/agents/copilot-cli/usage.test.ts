// Tokens of Copilot CLI: messages tell their output, a shutdown the whole; together they are the whole, whatever is told.
import { expect, test } from 'vitest';
import { totalTokens } from '../../model/index.ts';
import type { Fact, MessageFact, Tokens } from '../../model/index.ts';
import { copilotCli } from './index.ts';

const source = {
  agent: 'copilot-cli',
  kind: 'transcript',
  machine: 'm',
  path: '/s/events.jsonl',
  session: 's',
  run: undefined,
} as const;

function messagesOf(...events: readonly { type: string; data: object }[]): MessageFact[] {
  const facts: Fact[] = [];
  const reader = copilotCli.reader(source, undefined);
  for (const [i, value] of events.entries())
    reader.read({ value: { ...value, id: `e${i}` }, pos: i, line: i + 1 }, (fact) => facts.push(fact));
  return facts.filter((fact) => fact.fact === 'message');
}

const said = (messageId: string, outputTokens: number, model?: string) => ({
  type: 'assistant.message',
  data: { messageId, content: '', toolRequests: [], outputTokens, ...(model !== undefined && { model }) },
});
const shutdown = (metrics: Readonly<Record<string, readonly number[]>>) => ({
  type: 'session.shutdown',
  data: {
    modelMetrics: Object.fromEntries(
      Object.entries(metrics).map(
        ([model, [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens]]) => [
          model,
          { usage: { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } },
        ],
      ),
    ),
  },
});

/** As the index has it: of a key told twice, what was told last. */
function sums(messages: readonly MessageFact[]): { counted: number; charged: number; responses: number } {
  const last = [...new Map(messages.map((one) => [one.key, one])).values()];
  const sum = (of: (one: MessageFact) => Tokens): number =>
    last.reduce((n, one) => n + totalTokens(of(one)), 0);
  return {
    counted: sum((one) => one.tokens),
    charged: sum((one) => one.charged ?? one.tokens),
    responses: last.filter((one) => !one.isRest).length,
  };
}

test('what is counted and what is charged are both the sums of the shutdown', () => {
  const messages = messagesOf(
    said('1', 100, 'a'),
    said('2', 20, 'b'),
    shutdown({ a: [900, 110, 500, 300], b: [50, 20, 0, 0] }),
  );
  expect(sums(messages)).toEqual({ counted: 1080, charged: 1080, responses: 2 });
  expect(messages.find((one) => one.key === 's:a:metered')?.tokens).toEqual({
    input: 100,
    output: 10,
    cacheRead: 500,
    cacheWrite5m: 300,
    cacheWrite1h: 0,
  });
});

test('a later shutdown takes the place of an earlier one', () => {
  const messages = messagesOf(
    said('1', 100, 'a'),
    shutdown({ a: [900, 100, 0, 0] }),
    said('2', 30, 'a'),
    shutdown({ a: [1500, 140, 0, 0] }),
  );
  expect(sums(messages)).toEqual({ counted: 1640, charged: 1640, responses: 2 });
});

test('a message whose model is not known, or not in the sums, is part of them all the same', () => {
  const messages = messagesOf(
    said('1', 40),
    said('2', 10, 'alias'),
    shutdown({ a: [900, 60, 0, 0], b: [1, 5, 0, 0] }),
  );
  expect(sums(messages)).toEqual({ counted: 966, charged: 966, responses: 2 });
});

test('without a shutdown there is output alone, and nothing to be charged', () => {
  expect(sums(messagesOf(said('1', 40, 'a')))).toEqual({ counted: 40, charged: 0, responses: 1 });
});
