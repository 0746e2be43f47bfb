// What a status line shows, on a real home: with what the agent has just written, and with whatever it sends.
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testHome } from '../test/support/home.ts';
import { statusText } from './cli/commands/statusline.ts';
import { statusOf } from './status-line.ts';

const session = '3f2a9c1e-0000-4000-8000-000000000001';
const now = Date.parse('2026-11-20T12:00:00Z');

const answer = (n: number): object => ({
  type: 'assistant',
  sessionId: session,
  uuid: `u${n}`,
  timestamp: new Date(now - 60_000 + n).toISOString(),
  cwd: '/home/me/app',
  version: '2.1.329',
  message: {
    id: `msg_${n}`,
    role: 'assistant',
    model: 'claude-opus-4-5',
    stop_reason: 'end_turn',
    usage: { input_tokens: 1000, output_tokens: 2000, cache_read_input_tokens: 10_000 },
    content: [{ type: 'text', text: 'Done.' }],
  },
});
const cost = { cost: { total_cost_usd: 9.5 } };

function home() {
  const made = testHome({ now: () => now });
  const transcript = made.write(`-home-me-app/${session}.jsonl`, [answer(1)]);
  const line = async (told: unknown): Promise<string> =>
    statusText(await statusOf(typeof told === 'string' ? told : JSON.stringify(told), made.context), now);
  const take = async (): Promise<void> => {
    await made.open().import();
  };
  return { context: made.context, transcript, line, take };
}

test('takes in what the session has just written', async () => {
  const { transcript, line, take } = home();
  await take();
  appendFileSync(transcript, `${JSON.stringify(answer(2))}\n`);
  const told = {
    session_id: session,
    transcript_path: transcript,
    ...cost,
    context_window: { used_percentage: 33.7 },
    rate_limits: { five_hour: { used_percentage: 62 } },
  };
  expect(await line(told)).toBe('Tokens: 6,000 ↑ | Cost: $0.12 | Context: 34% | Today: $0.12 | Limit: 62%');
});

test('tells the share of the context from its parts where only those are told', async () => {
  const { line } = home();
  const window = {
    context_window_size: 200_000,
    current_usage: { input_tokens: 1, cache_read_input_tokens: 49_999 },
  };
  expect(await line({ context_window: window })).toBe('Context: 25%');
});

test('makes no index, and shows the agent’s figure where clew has none', async () => {
  const { context, line } = home();
  expect(await line({ session_id: session, ...cost })).toBe('Cost: $9.50');
  expect(existsSync(context.clewHome)).toBe(false);
});

test.each([
  [{ session: { tokens: { soft: 20_000 } } }, 'Limit: 65%'],
  [{ session: { tokens: { soft: 16_000 } } }, 'Limit: 81% of the session !'],
  [{ session: { tokens: { soft: 16_000 } }, day: { cost: { hard: 0.05 } } }, 'Limit: 120% of the day !!'],
  [{ project: { app: { tokens: { hard: 13_001 } } } }, 'Limit: 99% of the project !'],
])('shows the tightest limit of %j, in place of the agent’s', async (limits, text) => {
  const { context, line, take } = home();
  await take();
  writeFileSync(path.join(context.clewHome, 'config.json'), JSON.stringify({ limits }));
  const told = { session_id: session, rate_limits: { five_hour: { used_percentage: 62 } } };
  expect((await line(told)).split(' | ').at(-1)).toBe(text);
});

test.each(['', 'garbage', '[]', 'null', '{"cost":"much","model":7,"context_window":[],"rate_limits":null}'])(
  'copes with %j',
  async (input) => {
    const { line, take } = home();
    await take();
    expect(await line(input)).toBe('Today: $0.06');
  },
);
