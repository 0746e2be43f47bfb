// Who is at work, as the records of sessions tell it: on which files and issue, and whom it waits for.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActiveReport } from '../index.ts';
import { testHome } from '../../test/support/home.ts';
import { testProject } from '../../test/support/project.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const one = '11111111-0000-4000-8000-000000000001';
const two = '22222222-0000-4000-8000-000000000002';
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();

/** The lines of a session, each a few seconds behind the one before. */
function said(session: string, ...records: readonly object[]): object[] {
  const told = { sessionId: session, cwd: '/work/shop', gitBranch: 'fix/ABC-12-cart', version: '2.1.329' };
  return records.map((record, i) => ({
    ...told,
    uuid: `${session}-${i}`,
    timestamp: ago(5 - i / 10),
    ...record,
  }));
}
const prompt = (text: string) => ({ type: 'user', message: { role: 'user', content: text } });
const assistant = (stop: string, ...content: readonly object[]) => ({
  type: 'assistant',
  message: {
    id: `m-${JSON.stringify(content).length}-${stop}`,
    role: 'assistant',
    model: 'claude-opus-5',
    stop_reason: stop,
    usage: { input_tokens: 1, output_tokens: 1 },
    content,
  },
});
const answer = (text: string) => assistant('end_turn', { type: 'text', text });
const call = (id: string, name: string, input: object) =>
  assistant('tool_use', { type: 'tool_use', id, name, input });
const result = (id: string, content = 'done') => ({
  type: 'user',
  message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content }] },
});

async function activeOf(sessions: Readonly<Record<string, readonly object[]>>): Promise<ActiveReport> {
  const home = testHome({ now: () => now });
  for (const [session, lines] of Object.entries(sessions)) home.write(`p/${session}.jsonl`, lines);
  const clew = home.open();
  await clew.import();
  return clew.active();
}
const waitingOf = async (...records: readonly object[]) =>
  (await activeOf({ [one]: said(one, ...records) })).agents[0]?.waiting;

describe('it waits', () => {
  test('for the model, when it has been told something', async () => {
    expect(await waitingOf(prompt('go'))).toMatchObject({ on: 'model', since: ago(5) });
    expect(await waitingOf(prompt('go'), call('t1', 'Bash', { command: 'ls' }), result('t1'))).toMatchObject({
      on: 'model',
    });
  });

  test('for a tool that has no result', async () => {
    expect(await waitingOf(prompt('go'), call('t1', 'Bash', { command: 'npm test' }))).toEqual({
      on: 'tool',
      what: 'Bash',
      operation: 't1',
      tool: 'Bash',
      target: 'npm test',
      since: ago(4.9),
    });
  });

  test('for its user, when it has answered', async () => {
    expect(await waitingOf(prompt('go'), answer('Done.'))).toMatchObject({ on: 'user', what: 'prompt' });
  });

  test('for the answer to its question, or the approval of its plan', async () => {
    const questions = [{ question: 'Which?', options: [] }];
    expect(await waitingOf(prompt('go'), call('t1', 'AskUserQuestion', { questions }))).toMatchObject({
      on: 'user',
      what: 'question',
      operation: 't1',
    });
    expect(await waitingOf(prompt('go'), call('t1', 'ExitPlanMode', { plan: 'first' }))).toMatchObject({
      on: 'user',
      what: 'plan',
    });
    expect(
      await waitingOf(prompt('go'), call('t1', 'ExitPlanMode', { plan: 'first' }), result('t1')),
    ).toMatchObject({ on: 'model' });
  });

  test('for nothing that a former turn left open', async () => {
    expect(
      await waitingOf(
        prompt('go'),
        call('t1', 'Bash', { command: 'sleep 99' }),
        prompt('again'),
        answer('Yes.'),
      ),
    ).toMatchObject({ on: 'user', what: 'prompt' });
  });

  test('for leave to make a call, as hooks tell', async () => {
    const project = testProject();
    const tool = { tool_name: 'Bash', tool_input: { command: 'rm -r x' } };
    project.hook('UserPromptSubmit', { prompt: 'go' });
    project.hook('PreToolUse', { ...tool, tool_use_id: 't1' });
    project.hook('PermissionRequest', tool);
    await project.clew.import();
    expect(project.clew.active().agents).toMatchObject([
      { root: project.root, waiting: { on: 'user', what: 'permission', operation: 't1', target: 'rm -r x' } },
    ]);
    project.hook('PostToolUse', { ...tool, tool_use_id: 't1', tool_response: {} });
    await project.clew.import();
    expect(project.clew.active().agents).toMatchObject([{ waiting: { on: 'model' } }]);
  });
});

const write = (id: string, file: string) => [
  call(id, 'Write', { file_path: file, content: 'x\n' }),
  { ...result(id), toolUseResult: { type: 'create', filePath: file, content: 'x\n', structuredPatch: [] } },
];

test('says where each is, on what, and since when', async () => {
  const { agents, warnings } = await activeOf({
    [one]: said(one, prompt('mend the cart'), ...write('t1', '/work/shop/cart.ts')),
  });
  expect(agents).toMatchObject([
    {
      session: one,
      agent: 'claude-code',
      title: 'mend the cart',
      root: '/work/shop',
      branch: 'fix/ABC-12-cart',
      issue: 'ABC-12',
      issueFrom: 'branch',
      startedAt: ago(5),
      quietSince: ago(4.8),
      files: [{ path: '/work/shop/cart.ts', at: ago(4.9), pending: false }],
    },
  ]);
  expect(warnings).toEqual([]);
});

test('warns of two that change the same file, and of two in the same worktree', async () => {
  const { warnings } = await activeOf({
    [one]: said(one, prompt('one'), ...write('t1', '/work/shop/cart.ts'), ...write('t2', '/work/shop/a.ts')),
    [two]: said(two, prompt('two'), ...write('t3', '/work/shop/cart.ts')),
  });
  expect(warnings).toEqual([
    { kind: 'file', path: '/work/shop/cart.ts', sessions: [one, two] },
    { kind: 'worktree', path: '/work/shop', sessions: [one, two] },
  ]);
});

test('warns before the file is changed: of one that waits for leave to change what another changed', async () => {
  const [file, other] = ['/work/shop/cart.ts', '/work/shop/a.ts'];
  const { agents, warnings } = await activeOf({
    [one]: said(one, prompt('one'), ...write('t1', file)),
    [two]: said(two, prompt('two'), ...write('t2', other), call('t3', 'Edit', { file_path: file })),
  });
  expect(agents.find((agent) => agent.session === two)?.files).toMatchObject([
    { path: file, pending: true },
    { path: other, pending: false },
  ]);
  expect(warnings).toContainEqual({ kind: 'file', path: file, sessions: [two, one] });
});

test('those that are over, or have been quiet, are not at work', async () => {
  const old = said(one, prompt('long ago')).map((line) => ({ ...line, timestamp: ago(60) }));
  expect((await activeOf({ [one]: old })).agents).toEqual([]);
});

test(
  'work that was begun names the issue before the branch does, until it is done',
  { timeout: 60_000 },
  async () => {
    const project = testProject();
    const { clew } = project;
    await clew.takeCheckpoint();
    project.hook('UserPromptSubmit', { prompt: 'go' });
    project.bash('t1', 'echo 1 > made-by-a-command');
    await clew.import();
    const work = await clew.startWork('bd-7');
    expect(clew.active().agents).toMatchObject([
      {
        issue: 'bd-7',
        issueFrom: 'work',
        files: [{ path: path.join(project.root, 'made-by-a-command') }],
      },
    ]);
    await clew.finishWork(work.id);
    expect(clew.active().agents).toMatchObject([{ issue: null, issueFrom: null }]);
  },
);

test('what its user told it last names the issue, where that is one that is known', async () => {
  const home = testHome({ now: () => now });
  const asked = ['do bd-7', 'is it like utf-8, or bd-7 and bd-8?', 'go on'].map(prompt);
  home.write(`p/${one}.jsonl`, said(one, ...asked));
  const clew = home.open();
  await clew.import();
  const issue = () => clew.active().agents.map((agent) => [agent.issue, agent.issueFrom]);
  expect(issue()).toEqual([['ABC-12', 'branch']]);
  await clew.startWork('bd-7');
  await clew.startWork('bd-8');
  expect(issue()).toEqual([['bd-7', 'prompt']]);
});
