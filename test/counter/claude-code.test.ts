// The counter against small homes whose right answer is worked out by hand.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countClaudeCode } from './claude-code.ts';

let projects: string;

beforeEach(() => {
  projects = mkdtempSync(path.join(os.tmpdir(), 'clew-counter-'));
});
afterEach(() => rmSync(projects, { recursive: true }));

function put(name: string, records: readonly (object | string)[], end = '\n'): void {
  const file = path.join(projects, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, records.map((r) => (typeof r === 'string' ? r : JSON.stringify(r))).join('\n') + end);
}

function time(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
}

let uuid = 0;
/** A line of the API message `id`, at a minute of the hour, with so many output tokens. */
function says(
  id: string | undefined,
  minute: number,
  output: number,
  more: object = {},
  block?: object,
): object {
  return {
    type: 'assistant',
    uuid: `a${uuid++}`,
    timestamp: time(minute),
    message: {
      id,
      model: 'm-1',
      stop_reason: 'end_turn',
      content: [block ?? { type: 'text', text: 'x' }],
      usage: { input_tokens: 1, output_tokens: output },
      ...more,
    },
  };
}

function user(id: string, content: unknown, more: object = {}): object {
  return { type: 'user', uuid: id, timestamp: time(0), message: { role: 'user', content }, ...more };
}

function call(id: string, name: string, input: object = {}): object {
  return { type: 'tool_use', id, name, input };
}

function result(id: string, isError?: boolean): object[] {
  return [{ type: 'tool_result', tool_use_id: id, content: 'x', ...(isError ? { is_error: true } : {}) }];
}

function count(): ReturnType<typeof countClaudeCode> {
  return countClaudeCode([projects]);
}

test('a message of several lines counts once, with its last line', () => {
  // m1 grows 2, 2, 9; m2 is another message with 5: 9 + 5, and one input token each.
  put('p/s.jsonl', [
    says('m1', 1, 2, { stop_reason: null }),
    says('m1', 1, 2),
    says('m1', 2, 9),
    says('m2', 3, 5),
  ]);
  const counts = count();
  expect(counts.messages).toBe(2);
  expect(counts.tokens).toEqual({ input: 2, output: 14, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 });
  expect([counts.partial, counts.lastNotMax, counts.filesDisagree]).toEqual([0, 0, 0]);
});

test('a last line that is smaller still wins, and is reported', () => {
  put('p/s.jsonl', [says('m1', 1, 9), says('m1', 1, 2)]);
  expect(count()).toMatchObject({ tokens: { output: 2 }, lastNotMax: 1 });
});

test('a forked message belongs to the session that ended first', () => {
  // old: m1, m2, ends at minute 9. fork: copies of both, own m3, ends at minute 5.
  // The fork ended first, so it owns all three; old has seen two and owns none.
  put('p/old.jsonl', [says('m1', 1, 10), says('m2', 2, 20), user('u9', 'bye', { timestamp: time(9) })]);
  put('q/fork.jsonl', [says('m1', 1, 10), says('m2', 2, 20), says('m3', 5, 30)]);
  const { sessions, messages, tokens } = count();
  expect(messages).toBe(3);
  expect(tokens.output).toBe(60);
  expect(sessions['old']).toMatchObject({ messagesSeen: 2, messagesOwned: 0, tokens: { output: 0 } });
  expect(sessions['fork']).toMatchObject({ messagesSeen: 3, messagesOwned: 3, tokens: { output: 60 } });
});

test('between files the larger count wins, and the difference is reported', () => {
  // The session's own file has 2 of m1, a compaction subagent's copy 50; both name session s.
  put('p/s.jsonl', [says('m1', 1, 2, { stop_reason: null }), user('u1', 'hi')]);
  put('p/s/subagents/agent-acompact-1.jsonl', [
    says('m1', 1, 50),
    says('m2', 1, 7),
    user('u1', 'hi', { isSidechain: true }),
  ]);
  const counts = count();
  expect(counts).toMatchObject({
    messages: 2,
    tokens: { output: 57 },
    filesDisagree: 1,
    partial: 0,
    prompts: 1,
  });
  expect(counts.sessionIds).toEqual(['s']);
  expect(counts.sessions['s']).toMatchObject({ messagesSeen: 2, messagesOwned: 2, prompts: 1 });
});

test('a flat subagent belongs to the session that most of its records name', () => {
  // First record names w, the other two s. Its Warmup is no prompt, its answer is billed. w is no session.
  put('p/s.jsonl', [user('u1', 'hi')]);
  put('p/agent-0a1b2c3d.jsonl', [
    user('u2', 'Warmup', { sessionId: 'w', isSidechain: true }),
    { ...says('m1', 1, 4), sessionId: 's' },
    { ...says('m2', 1, 5), sessionId: 's' },
  ]);
  const counts = count();
  expect(counts.sessionIds).toEqual(['s']);
  expect(counts.sessions['s']).toMatchObject({ messagesOwned: 2, prompts: 1, tokens: { output: 9 } });
});

test('one session in two project folders is one session', () => {
  put('new/s.jsonl', [user('u1', 'a'), says('m1', 1, 3), user('u2', 'b'), says('m2', 2, 4)]);
  put('old/s.jsonl', [user('u1', 'a'), says('m1', 1, 3)]);
  const counts = count();
  expect(counts).toMatchObject({ files: 2, messages: 2, prompts: 2, tokens: { output: 7 } });
  expect(counts.sessions['s']).toMatchObject({ messagesSeen: 2, messagesOwned: 2, prompts: 2 });
});

test('progress records count apart, and only where nothing else tells', () => {
  const progress = (message: object): object => ({
    type: 'progress',
    uuid: `p${uuid++}`,
    data: {
      type: 'agent_progress',
      message: { type: 'assistant', ...(says('x', 1, 1) as Message), message },
    },
  });
  const told = (id: string, tool: string): object => ({
    id,
    model: 'm-2',
    content: [call(tool, 'Bash')],
    usage: { input_tokens: 100, output_tokens: 3 },
  });
  // m1 and t1 have a transcript; m2 (told twice) and t2 have none.
  put('p/s.jsonl', [
    says('m1', 1, 40, {}, call('t1', 'Bash')),
    progress(told('m1', 't1')),
    progress(told('m2', 't2')),
    progress(told('m2', 't2')),
    { type: 'progress', data: { type: 'bash_progress', output: 'x' } },
  ]);
  const counts = count();
  expect(counts).toMatchObject({ messages: 1, tokens: { input: 1, output: 40 }, tools: { Bash: 1 } });
  expect(counts.progressOnly).toMatchObject({
    messages: 1,
    tokens: { input: 100, output: 3 },
    tools: { Bash: 1 },
  });
});

interface Message {
  message: object;
}

test('a synthetic message is no response, and an API error if it says so', () => {
  const synthetic = says('m0', 1, 0, { model: '<synthetic>' });
  put('p/s.jsonl', [
    says('m1', 1, 3),
    synthetic,
    { ...says('m9', 1, 0, { model: '<synthetic>' }), isApiErrorMessage: true },
    { type: 'system', subtype: 'api_error', uuid: 'retry' },
  ]);
  expect(count()).toMatchObject({ messages: 1, apiErrors: 1 });
});

test('cache writes by tier; without tiers all of them are five-minute ones', () => {
  // 5m: 7 + 30; 1h: 23; the first message's sum of 30 is not taken besides its parts.
  const usage = {
    input_tokens: 0,
    output_tokens: 0,
    cache_creation_input_tokens: 30,
    cache_read_input_tokens: 11,
  };
  const tiers = { ephemeral_5m_input_tokens: 7, ephemeral_1h_input_tokens: 23 };
  put('p/s.jsonl', [
    says('m1', 1, 0, { usage: { ...usage, cache_creation: tiers } }),
    says('m2', 1, 0, { usage, stop_reason: null }),
  ]);
  const counts = count();
  expect(counts.tokens).toEqual({ input: 0, output: 0, cacheRead: 22, cacheWrite5m: 37, cacheWrite1h: 23 });
  expect(counts.partial).toBe(1);
});

test('prompts are what a person typed', () => {
  put('p/s.jsonl', [
    user('u1', 'one'),
    user('u1', 'one'),
    user('u2', [{ type: 'text', text: 'two' }], { origin: { kind: 'human' }, promptSource: 'typed' }),
    user('u3', [{ type: 'image', source: {} }]),
    user('u4', 'meta', { isMeta: true }),
    user('u5', 'side', { isSidechain: true }),
    user('u6', 'summary', { isCompactSummary: true }),
    user('u7', 'done', { origin: { kind: 'task-notification' } }),
    user('u8', 'done', { promptSource: 'system' }),
    user('u9', '<local-command-stdout>x</local-command-stdout>'),
    user('u10', result('t1')),
    user('u11', '<command-name>/clear</command-name>'),
    user('u12', '<command-message>review</command-message>'),
    user('u13', '<bash-input>ls</bash-input>'),
    user('u14', '<bash-stdout>a</bash-stdout>'),
    user('u15', [{ type: 'text', text: '[Request interrupted by user for tool use]' }]),
    user('u16', '<task-notification>x'),
    user('u17', ''),
  ]);
  // Prompts: u1 (once), u2, u3. Commands: u11, u12. Shell: u13. Interruptions: u15.
  expect(count()).toMatchObject({ prompts: 3, commands: 2, bashInputs: 1, interruptions: 1 });
});

test('tools by id, errors by id, files where an edit went well', () => {
  // t1 stands twice and is one call. t2's edit failed, t3 has no result, t4 edits a notebook: a and n were edited.
  put('p/s.jsonl', [
    says('m1', 1, 1, {}, call('t1', 'Edit', { file_path: '/a' })),
    says('m1', 1, 1, {}, call('t1', 'Edit', { file_path: '/a' })),
    says('m1', 1, 1, {}, call('t2', 'Edit', { file_path: '/b' })),
    says('m1', 1, 1, {}, call('t3', 'Write', { file_path: '/c' })),
    says('m1', 1, 1, {}, call('t4', 'NotebookEdit', { notebook_path: '/n' })),
    says('m1', 1, 1, {}, call('t5', 'Read', { file_path: '/r' })),
    ...['t1', 't4', 't5'].map((id) => user(`r${id}`, result(id))),
    user('rt2', result('t2', true)),
    user('rt2-again', result('t2', true)),
  ]);
  const counts = count();
  expect(counts.tools).toEqual({ Edit: 2, NotebookEdit: 1, Read: 1, Write: 1 });
  expect(counts.toolErrors).toBe(1);
  expect(counts.filesEdited).toEqual(['/a', '/n']);
});

test('a fork holds its copies and owns what is new', () => {
  // The parent ends at minute 2, the fork at minute 5 with one prompt and one call of its own.
  const parent = [
    user('u1', 'a'),
    says('m1', 1, 1, {}, call('t1', 'Bash')),
    user('r1', result('t1', true), { timestamp: time(2) }),
  ];
  const compact = { type: 'system', subtype: 'compact_boundary', uuid: 'c1', timestamp: time(4) };
  put('p/parent.jsonl', parent);
  put('p/fork.jsonl', [
    ...parent,
    user('u2', 'b'),
    says('m2', 5, 1, {}, call('t2', 'Bash')),
    compact,
    compact,
  ]);
  const counts = count();
  expect(counts).toMatchObject({ prompts: 2, tools: { Bash: 2 }, toolErrors: 1, compactions: 1 });
  expect(counts.sessions['fork']).toMatchObject({
    prompts: 2,
    tools: { Bash: 2 },
    toolErrors: 1,
    compactions: 1,
  });
  expect(counts.sessions['fork']?.owned).toMatchObject({ prompts: 1, tools: { Bash: 1 }, toolErrors: 0 });
  expect(counts.sessions['parent']?.owned).toMatchObject({ prompts: 1, tools: { Bash: 1 }, toolErrors: 1 });
});

test('lines in odd shapes', () => {
  // Spaces, BOM, CRLF and no newline at the end are records; blank lines are nothing; three lines are bad; a torn
  // last line is apart.
  const spaced = JSON.stringify(says('m1', 1, 1)).replaceAll('":', '" : ');
  put('p/a.jsonl', [`\uFEFF${spaced}\r`, '', '  ', '[1]', '7', '{"type":"assi'], '\n');
  put('p/b.jsonl', [says('m2', 1, 2)], '');
  put('p/c.jsonl', [says('m3', 1, 4), '{"type":"assistant","mess'], '');
  put('p/d.jsonl', [says(undefined, 1, 8)]);
  put('p/empty.jsonl', [], '');
  const counts = count();
  expect(counts).toMatchObject({ messages: 4, tokens: { output: 15 }, badLines: 3, tornTails: 1 });
  expect(counts.sessionIds).toEqual(['a', 'b', 'c', 'd', 'empty']);
});
