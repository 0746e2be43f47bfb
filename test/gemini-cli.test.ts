// Chats of Gemini CLI as they come: written anew as a whole, said again without tokens, gone on with in another file.
// Whatever was read first, every response counts once, with its tokens.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hookScript } from '../src/hooks/index.ts';
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

const asking = '00000088-5e55-4000-8000-000000000000';

function geminiHome() {
  const home = testHome();
  const tmp = path.join(home.context.home, '.gemini', 'tmp');
  const chats = path.join(tmp, 'project', 'chats');
  mkdirSync(chats, { recursive: true });
  const clew = home.open();
  const spool = path.join(home.context.clewHome, 'spool');
  mkdirSync(spool, { recursive: true });
  const hook = (event: string, payload: object): void => {
    const told = { session_id: asking, cwd: '/project', hook_event_name: event, ...payload };
    const words = [hookScript(), spool, 'gemini-cli', event, String(process.pid)];
    const { status } = spawnSync('sh', words, {
      input: JSON.stringify(told),
      env: { PATH: process.env['PATH'] },
    });
    if (status !== 0) throw new Error(`the hook ended with ${status}`);
  };
  return {
    tmp,
    clew,
    hook,
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

test.each(['hooks', 'chat'])(
  'who allowed a call is known from its hooks, and that the user is asked, the %s being read first',
  { timeout: 60_000 },
  async (when) => {
    const { clew, hook, write } = geminiHome();
    const name = `session-2026-11-21T06-26-${asking.slice(0, 8)}.jsonl`;
    const now = (): string => new Date().toISOString();
    const head = { sessionId: asking, projectHash: 'x', startTime: now(), lastUpdated: now(), kind: 'main' };
    const prompt = { id: 'p', timestamp: now(), type: 'user', content: [{ text: 'go' }] };
    const input = (command: string) => ({ tool_name: 'run_shell_command', tool_input: { command } });
    const done = (id: string, command: string) => {
      const result = [
        { functionResponse: { id, name: 'run_shell_command', response: { output: 'Output: ok' } } },
      ];
      return {
        id,
        name: 'run_shell_command',
        args: { command },
        status: 'success',
        timestamp: now(),
        result,
      };
    };
    const answer = (toolCalls: readonly object[]) => {
      const tokens = { input: 1, output: 1, cached: 0, thoughts: 0, tool: 0, total: 2 };
      return {
        id: 'm',
        timestamp: prompt.timestamp,
        type: 'gemini',
        content: 'so',
        tokens,
        model: 'g',
        toolCalls,
      };
    };
    const run = (command: string): void => {
      hook('BeforeTool', input(command));
      hook('AfterTool', { ...input(command), tool_response: {} });
    };
    write(name, asLines([head, prompt, answer([])]));

    // Nobody was asked about the first, nor about the same call the first time.
    run('ls');
    run('make');
    const calls = [done('c1', 'ls'), done('c2', 'make')];
    hook('BeforeTool', input('make'));
    const details = { type: 'exec', title: 'Confirm', command: 'make', rootCommand: 'make' };
    hook('Notification', {
      notification_type: 'ToolPermission',
      message: 'Tool requires execution',
      details,
    });
    await clew.import();
    expect(clew.active().agents).toMatchObject([
      {
        waiting: {
          on: 'user',
          what: 'permission',
          tool: 'run_shell_command',
          target: 'make',
          operation: null,
        },
      },
    ]);
    hook('AfterTool', { ...input('make'), tool_response: {} });
    const waits = async () => {
      await clew.import();
      return clew.active().agents[0]?.waiting;
    };
    const forPrompt = { on: 'user', what: 'prompt' };
    expect(when === 'hooks' ? await waits() : forPrompt).toMatchObject(forPrompt);
    write(name, asLines([head, prompt, answer([...calls, done('c3', 'make')])]));
    await clew.import();
    const allowed = () =>
      Object.fromEntries(clew.operations().map((one) => [one.id, [one.approved, one.approvedBy]]));
    const known = { c1: [null, null], c2: [null, null], c3: [true, 'user'] };
    expect(allowed()).toEqual(known);
    clew.reindex();
    expect(allowed()).toEqual(known);
  },
);
