// What single records tell that no golden session holds.
import { describe, expect, test } from 'vitest';
import type { Fact, SourceFile } from '../../model/index.ts';
import { exportLines } from './record-lines.ts';
import { openCode } from './index.ts';

type Json = Record<string, unknown>;
const source: SourceFile = {
  agent: 'opencode',
  kind: 'document',
  machine: 'm',
  path: 'x.json',
  session: 'ses_1',
  run: undefined,
};

function read(...messages: Json[]): Fact[] {
  const facts: Fact[] = [];
  const reader = openCode.reader(source, undefined);
  for (const [i, line] of [...exportLines({ info: { id: 'ses_1' }, messages })].entries())
    reader.read({ value: JSON.parse(line), pos: i, line: i + 1 }, (fact) => facts.push(fact));
  return facts;
}
const only = <K extends Fact['fact']>(facts: readonly Fact[], kind: K): Extract<Fact, { fact: K }>[] =>
  facts.filter((fact): fact is Extract<Fact, { fact: K }> => fact.fact === kind);

const answer = (parts: Json[], more: Json = {}): Json => ({
  info: { id: 'msg_2', role: 'assistant', parentID: 'msg_1', time: { created: 2000 }, tokens: {}, ...more },
  parts,
});
const prompt = (...parts: Json[]): Json => ({
  info: { id: 'msg_1', role: 'user', time: { created: 1000 } },
  parts,
});
const tool = (name: string, state: Json, callID = 'call_0123456789abcdef'): Json => ({
  type: 'tool',
  tool: name,
  callID,
  state: { status: 'completed', input: {}, metadata: {}, output: '', ...state },
});

describe('tokens', () => {
  const output = (tokens: Json): unknown => only(read(answer([], { tokens })), 'message')[0]?.tokens.output;

  test('reasoning is output, once, whether it stands inside of it or beside', () => {
    const counts = { input: 10, output: 5, reasoning: 3, cache: { read: 1, write: 1 } };
    expect(output({ ...counts, total: 17 })).toBe(5);
    expect(output({ ...counts, total: 20 })).toBe(8);
    expect(output(counts)).toBe(8);
  });

  test('a cost of 0 is none that is known', () => {
    const cost = (value: unknown) => only(read(answer([], { cost: value })), 'message')[0]?.reportedCost;
    expect([cost(0.0132960001), cost(0), cost('x')]).toEqual([13_296, undefined, undefined]);
  });

  test('counts of a response that has not ended are not final', () => {
    const final = (more: Json) => only(read(answer([], more)), 'message')[0]?.outputFinal;
    expect([final({}), final({ finish: 'stop' })]).toEqual([false, true]);
  });
});

describe('calls', () => {
  const outcome = (name: string, state: Json) => only(read(answer([tool(name, state)])), 'result')[0];

  test('what became of them', () => {
    expect(outcome('bash', { metadata: { exit: 0 } })?.status).toBe('success');
    expect(outcome('bash', { metadata: { exit: 2 }, output: 'no' })).toMatchObject({
      status: 'failed',
      error: 'no',
    });
    expect(outcome('bash', { metadata: { exit: null } })?.status).toBe('failed');
    expect(outcome('read', { status: 'error', error: 'Tool execution aborted' })?.status).toBe('interrupted');
    expect(outcome('read', { status: 'running' })).toBeUndefined();
  });

  test('ids that are numbers of calls mean something in their message only', () => {
    const facts = read(answer([tool('read', {}, 'call_1')]), {
      ...answer([tool('read', {}, 'call_1')]),
      info: { id: 'msg_4', role: 'assistant', time: { created: 4000 }, tokens: {} },
    });
    expect(new Set(only(facts, 'call').map((one) => one.key)).size).toBe(2);
  });

  test('changes of edits of several files, before and after there were patches', () => {
    const change = (name: string, metadata: Json) => only(read(answer([tool(name, { metadata })])), 'change');
    const patch = 'Index: a\n===\n--- a\n+++ a\n@@ -1 +1,2 @@\n-x\n+y\n+z\n';
    expect(
      change('apply_patch', {
        files: [
          { filePath: '/p/a', type: 'add', patch },
          { filePath: '/p/b', movePath: '/p/c', type: 'move', diff: patch },
          { filePath: '/p/d', type: 'delete', deletions: 4 },
        ],
      }).map(({ path, kind, added, removed, partial }) => [path, kind, added, removed, partial]),
    ).toEqual([
      ['/p/a', 'create', 2, 1, false],
      ['/p/c', 'update', 2, 1, false],
      ['/p/d', 'delete', 0, 4, true],
    ]);
    expect(change('write', { filepath: '/p/a', exists: true })).toMatchObject([
      { kind: 'update', partial: true },
    ]);
  });

  test('a commit that a command made', () => {
    const made = {
      input: { command: 'git commit -m x' },
      metadata: { exit: 0 },
      output: '[main 1a2b3c4] x\n 1 file changed',
    };
    const facts = only(read(answer([tool('bash', made)])), 'entry');
    expect(facts.map((one) => [one.kind, one.text])).toEqual([['commit', '1a2b3c4 x']]);
  });

  test('whole contents of files, where a record holds them', () => {
    const contents = (name: string, state: Json) =>
      openCode.contents({ type: 'part', part: tool(name, state) });
    const filediff = { file: '/p/a', before: 'x', after: 'y' };
    expect(contents('edit', { metadata: { filediff } })).toEqual([{ path: '/p/a', before: 'x', after: 'y' }]);
    expect(contents('edit', { metadata: { filediff: { file: '/p/a', patch: '@@' } } })).toEqual([]);
    expect(contents('write', { input: { content: 'z' }, metadata: { filepath: '/p/a' } })).toEqual([
      { path: '/p/a', before: null, after: 'z' },
    ]);
  });

  test('a file that a step changed is the one command’s; of two, nobody knows whose', () => {
    const bash = (id: string): Json => tool('bash', { metadata: { exit: 0 } }, `call_0123456789abcd${id}`);
    const patch = { type: 'patch', files: ['/p/a'] };
    expect(only(read(answer([bash('1'), patch])), 'change')).toMatchObject([{ path: '/p/a', partial: true }]);
    expect(only(read(answer([bash('1'), bash('2'), patch])), 'change')).toEqual([]);
    expect(only(read(answer([bash('1'), tool('task', {}), patch])), 'change')).toEqual([]);
  });
});

describe('what users do', () => {
  const kinds = (facts: readonly Fact[]) => only(facts, 'entry').map((one) => [one.kind, one.text]);

  test('prompts, files, commands and shell lines', () => {
    expect(
      kinds(
        read(
          prompt(
            { type: 'text', text: 'look' },
            { type: 'file', mime: 'image/png', filename: 'a.png', url: 'data:image/png;base64,AAAA' },
            { type: 'text', text: 'file words', synthetic: true },
          ),
        ),
      ),
    ).toEqual([
      ['prompt', 'look'],
      ['attachment', 'image/png, a.png'],
      ['note', 'file words'],
    ]);
    const shell = { type: 'text', text: 'The following tool was executed by the user', synthetic: true };
    expect(kinds(read(prompt(shell)))).toEqual([['shell', '']]);
    const subtask = { type: 'subtask', command: 'review', description: 'the branch', prompt: 'Review it.' };
    expect(kinds(read(prompt(subtask)))).toEqual([['command', '/review the branch']]);
  });

  test('a question, and what was chosen', () => {
    const state = {
      input: { questions: [{ question: 'Which?', options: [{ label: 'A' }, { label: 'B' }] }] },
      metadata: { answers: [['B']] },
    };
    const [decision] = only(read(answer([tool('question', state)])), 'entry');
    expect(decision).toMatchObject({ kind: 'decision', text: 'Which? → B' });
  });

  test('an answer that was stopped, and one that failed', () => {
    const end = (error: Json) => kinds(read(answer([], { error })));
    expect(end({ name: 'MessageAbortedError', data: {} })).toEqual([['interruption', 'MessageAbortedError']]);
    expect(end({ name: 'APIError', data: { message: 'no' } })).toEqual([['api_error', 'no']]);
  });

  test('of a prompt’s summary only names and counts are kept', () => {
    const diffs = [{ file: 'a', patch: 'long', before: 'x', after: 'y', additions: 1 }];
    const info = { id: 'msg_1', role: 'user', time: { created: 1 }, summary: { diffs } };
    const [, line] = [...exportLines({ info: { id: 'ses_1' }, messages: [{ info, parts: [] }] })];
    expect(JSON.parse(line!).info.summary.diffs).toEqual([{ file: 'a', additions: 1 }]);
  });
});
