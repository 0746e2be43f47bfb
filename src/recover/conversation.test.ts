// Sessions branched in time: found in the index, read from the stream, and written as new ones, with the original as it was.
import { readFileSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testHome } from '../../test/support/home.ts';
import type { TestHome } from '../../test/support/home.ts';
import { indexFile, openIndex } from '../store/index.ts';
import { listStreams } from '../stream/index.ts';
import { cutConversation } from './conversation.ts';
import type { BranchPoint, CutSession } from './conversation.ts';

const original = '77777777-7777-4777-8777-777777777777';
const fork = '88888888-8888-4888-8888-888888888888';

const record = (n: number, type: string, message: object, more: object = {}): object => ({
  type,
  uuid: `u${n}`,
  parentUuid: n === 1 ? null : `u${n - 1}`,
  sessionId: original,
  cwd: '/work',
  version: '2.1.329',
  isSidechain: false,
  timestamp: new Date(Date.UTC(2026, 9, 1, 12, n)).toISOString(),
  message,
  ...more,
});
const prompt = (n: number, content: string): object => record(n, 'user', { role: 'user', content });
const answer = (n: number, content: object): object =>
  record(n, 'assistant', {
    id: `m${n}`,
    role: 'assistant',
    model: 'claude-opus-5',
    stop_reason: 'end_turn',
    usage: { input_tokens: 1, output_tokens: 10 },
    content: [content],
  });
const result = (n: number, id: string): object =>
  record(n, 'user', { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'ok' }] });

const story = [
  prompt(1, 'one'),
  answer(2, { type: 'tool_use', id: 't1', name: 'Read', input: { file_path: '/p' } }),
  result(3, 't1'),
  answer(4, { type: 'text', text: 'first' }),
  prompt(5, 'two'),
  answer(6, { type: 'text', text: 'second' }),
  prompt(7, 'three'),
  answer(8, { type: 'text', text: 'third' }),
];
const minute = (n: number): number => Date.UTC(2026, 9, 1, 12, n);

async function imported(home: TestHome): Promise<(after: BranchPoint, session?: string) => CutSession> {
  const clew = home.open();
  await clew.import();
  clew.close();
  const { db } = openIndex(indexFile(home.context.clewHome), 0);
  onTestFinished(() => void db.close());
  return (after, session = original) => {
    const cut = cutConversation(db, home.context, { session, after, folder: home.context.cwd });
    if (!cut) throw new Error('was not cut');
    return cut;
  };
}

const uuids = (cut: CutSession): string =>
  readFileSync(cut.file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { uuid: string }).uuid)
    .join(' ');

test('to the end of a turn, behind an entry, to a time', async () => {
  const home = testHome();
  const file = home.write(`p/${original}.jsonl`, story);
  const before = readFileSync(file);
  const cut = await imported(home);
  expect(uuids(cut({ turn: 'u1' }))).toBe('u1 u2 u3 u4');
  expect(uuids(cut({ turn: 'u5' }))).toBe('u1 u2 u3 u4 u5 u6');
  expect(uuids(cut({ turn: 'u7' }))).toBe('u1 u2 u3 u4 u5 u6 u7 u8');
  expect(uuids(cut({ entry: 't1' }))).toBe('u1 u2 u3');
  expect(uuids(cut({ at: minute(5) + 1 }))).toBe('u1 u2 u3 u4');
  const last = cut({ at: minute(6) });
  expect(uuids(last)).toBe('u1 u2 u3 u4 u5 u6');
  expect(last).toMatchObject({ records: 6, at: minute(6), command: ['claude', '--resume', last.session] });
  expect(path.basename(last.file)).toBe(`${last.session}.jsonl`);
  expect(readdirSync(path.dirname(last.file)).filter((name) => !name.endsWith('.jsonl'))).toEqual([]);
  expect(statSync(last.file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file)).toEqual(before);
});

test('from the stream, when the agent has deleted its own file', async () => {
  const home = testHome();
  const file = home.write(`p/${original}.jsonl`, story);
  const cut = await imported(home);
  rmSync(file);
  expect(uuids(cut({ turn: 'u5' }))).toBe('u1 u2 u3 u4 u5 u6');
});

test('what was copied counts once, and the branch names the original, which goes on', async () => {
  const home = testHome();
  home.write(`p/${original}.jsonl`, story.slice(0, 6));
  const cut = await imported(home);
  const branch = cut({ turn: 'u1' });
  home.write(`p/${original}.jsonl`, story);
  const clew = home.open();
  await clew.import();
  const rows = Object.fromEntries(clew.sessions().map((row) => [row.id, row]));
  expect(rows[original]).toMatchObject({ messages: 4, operations: 1, turns: 3, parentSessionId: null });
  expect(rows[branch.session]).toMatchObject({
    messages: 0,
    operations: 0,
    turns: 0,
    parentSessionId: original,
  });
});

test('a branch can be branched, also where it is only a copy', async () => {
  const home = testHome();
  home.write(`p/${original}.jsonl`, story);
  home.write(
    `p/${fork}.jsonl`,
    story.map((line) => ({ ...line, sessionId: fork, requestSessionId: original })),
  );
  const cut = await imported(home);
  expect(uuids(cut({ turn: 'u5' }, fork))).toBe('u1 u2 u3 u4 u5 u6');
  expect(uuids(cut({ entry: 't1' }, fork))).toBe('u1 u2 u3');
});

test('an entry of a subagent: the main conversation as it was then', async () => {
  const home = testHome();
  const task = (answers: readonly object[]): object[] => [
    ...story.slice(0, 4),
    prompt(5, 'two'),
    answer(6, { type: 'tool_use', id: 't2', name: 'Agent', input: { prompt: 'look' } }),
    ...answers,
  ];
  home.write(`p/${original}.jsonl`, task([result(9, 't2')]));
  const inside = { agentId: 'a1', isSidechain: true };
  home.write(`p/${original}/subagents/agent-a1.jsonl`, [
    { ...prompt(1, 'look'), uuid: 's1', timestamp: new Date(minute(7)).toISOString(), ...inside },
    { ...answer(8, { type: 'text', text: 'seen' }), uuid: 's2', parentUuid: 's1', ...inside },
  ]);
  const cut = await imported(home);
  expect(uuids(cut({ entry: 's1' }))).toBe('u1 u2 u3 u4');
});

test('what cannot be done is said', async () => {
  const home = testHome();
  home.write(`p/${original}.jsonl`, story);
  const cut = await imported(home);
  const { db } = openIndex(indexFile(home.context.clewHome), 0);
  onTestFinished(() => void db.close());
  const request = { session: original, after: { turn: 'u1' }, folder: path.join(home.context.cwd, 'absent') };
  expect(() => cutConversation(db, home.context, request)).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT' }),
  );
  expect(() => cut({ turn: 'nothing' })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  expect(() => cut({ at: 1 })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  expect(cutConversation(db, home.context, { ...request, session: fork })).toBeUndefined();
  const streams = path.join(home.context.clewHome, 'streams');
  const [stream = ''] = listStreams(streams);
  truncateSync(path.join(streams, stream), 10);
  expect(() => cut({ turn: 'u1' })).toThrow(expect.objectContaining({ code: 'STREAM_DAMAGED' }));
  const projects = path.join(home.context.home, '.claude', 'projects');
  expect(readdirSync(projects)).toEqual(['p']);
});
