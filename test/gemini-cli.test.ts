// Chats of Gemini CLI as they come: written anew as a whole, said again without tokens, gone on with in another file.
// Whatever was read first, every response counts once, with its tokens.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { countGemini } from './counter/gemini-cli.ts';
import { totalsIn } from './support/agent-totals.ts';
import { testHome } from './support/home.ts';

const golden = path.join(import.meta.dirname, '..', 'src', 'agents', 'gemini-cli', 'golden');
const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(path.join(golden, '0.61.0', 'chats', file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const resumed = 'session-2026-11-21T06-26-00000006.jsonl';

function geminiHome() {
  const home = testHome();
  const tmp = path.join(home.context.home, '.gemini', 'tmp');
  const chats = path.join(tmp, 'project', 'chats');
  mkdirSync(chats, { recursive: true });
  const clew = home.open();
  return {
    tmp,
    clew,
    write: (name: string, text: string): void => writeFileSync(path.join(chats, name), text),
    totals: () => totalsIn(home.context.clewHome),
  };
}

const asLines = (records: readonly object[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

test('a document that is written anew: what is new in it, and what has changed', async () => {
  const { clew, tmp, write, totals } = geminiHome();
  const name = 'session-2026-01-10T02-08-00000001.json';
  const chat = JSON.parse(readFileSync(path.join(golden, '0.23.0', 'chats', name), 'utf8')) as {
    messages: Record<string, unknown>[];
  };
  const [prompt, answer] = chat.messages;
  const begun = { ...answer, toolCalls: [], tokens: undefined };
  for (const messages of [[prompt, begun], [prompt, answer], chat.messages]) {
    write(name, JSON.stringify({ ...chat, messages }));
    expect((await clew.import()).failures).toEqual([]);
    expect(totals()).toEqual(countGemini(tmp));
  }
  const before = totals();
  clew.reindex();
  expect(totals()).toEqual(before);
});

test('a chat that is read line by line, and is resumed', async () => {
  const { clew, tmp, write, totals } = geminiHome();
  const lines = linesOf(resumed);
  for (const until of [1, 5, 6, 20, lines.length - 8, lines.length]) {
    write(resumed, asLines(lines.slice(0, until)));
    await clew.import();
  }
  expect(totals()).toEqual(countGemini(tmp));
});

test.each(['first', 'last'])(
  'a session made of another one, read %s, takes no tokens from it',
  async (when) => {
    const { clew, tmp, write, totals } = geminiHome();
    const lines = linesOf(resumed);
    const bare = lines
      .filter((line) => line['id'] !== undefined)
      .map((line) => ({ ...line, tokens: undefined, toolCalls: undefined, model: undefined }));
    const made = [{ ...lines[0], sessionId: '00000077-5e55-4000-8000-000000000000' }, ...bare];
    const files = [
      ['session-2026-11-22T00-00-00000077.jsonl', made],
      [resumed, lines],
    ] as const;
    for (const [name, records] of when === 'first' ? files : files.toReversed()) {
      write(name, asLines(records));
      await clew.import();
    }
    const { models, messages, bySession } = totals();
    const counted = countGemini(tmp);
    expect({ models, messages }).toEqual({ models: counted.models, messages: counted.messages });
    expect(Object.keys(bySession)).toEqual(['00000006-5e55-4000-8000-000000000000']);
  },
);
