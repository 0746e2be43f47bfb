import { describe, expect, test } from 'vitest';
import { call, only, read, result, user } from './fixture.ts';
import type { Json } from '../shared/shapes.ts';

const withoutHoles = (detail: unknown): unknown => JSON.parse(JSON.stringify(detail ?? null)) as unknown;

const entries = (kind: string, ...records: Json[]) =>
  only(read(...records), 'entry')
    .filter((one) => one.kind === kind)
    .map(({ key, text, detail }) => ({ key, text, detail: withoutHoles(detail) }));

describe('what an agent wanted and did not get is not told as if it had', () => {
  const missing = (id: string): Json => result(id, 'Error: No such tool available', {}, true);

  test.each<[string, string, Json]>([
    ['todo', 'TodoWrite', { todos: [{ content: 'One', status: 'pending' }] }],
    ['todo', 'TaskCreate', { subject: 'One' }],
    ['skill', 'Skill', { skill: 'greet' }],
    ['decision', 'ExitPlanMode', { plan: '# Plan' }],
    ['decision', 'AskUserQuestion', { questions: [{ question: 'Which?', options: [] }] }],
  ])('%s by %s', (kind, tool, input) => {
    expect(entries(kind, call('t', tool, input), missing('t'))).toEqual([]);
  });
});

test('a todo list is told as it was taken', () => {
  const todos = [
    { content: 'One', status: 'completed', activeForm: 'Oneing' },
    { content: 'Two', status: 'in_progress' },
  ];
  expect(
    entries(
      'todo',
      call('t', 'TodoWrite', { todos }),
      result('t', 'ok', { toolUseResult: { oldTodos: [], newTodos: todos } }),
    ),
  ).toMatchObject([{ key: 't|todo', text: 'completed: One\nin_progress: Two' }]);
});

test('a task has the number that it was given', () => {
  const made = [
    call('t', 'TaskCreate', { subject: 'One' }),
    result('t', 'ok', { toolUseResult: { task: { id: '7', subject: 'One' } } }),
  ];
  const done = [
    call('s', 'TaskUpdate', { taskId: '7', status: 'completed' }),
    result('s', 'ok', { toolUseResult: { success: true, taskId: '7' } }),
  ];
  expect(entries('todo', ...made, ...done)).toEqual([
    { key: 't|todo', text: 'created: One', detail: { task: { subject: 'One', taskId: '7' } } },
    { key: 's|todo', text: '7 completed', detail: { task: { taskId: '7', status: 'completed' } } },
  ]);
});

describe('a skill', () => {
  const text = 'Base directory for this skill: /home/u/.claude/skills/greet\n\nSay hello.';

  test('that the agent loaded has its size as soon as its text comes', () => {
    const records = [
      call('t', 'Skill', { skill: 'tools:greet', args: 'bob' }),
      result('t', 'Launching skill: greet'),
      user(text, { isMeta: true, sourceToolUseID: 't' }),
    ];
    expect(entries('skill', ...records).at(-1)).toEqual({
      key: 't|skill',
      text: 'tools:greet',
      detail: { by: 'agent', args: 'bob', chars: text.length },
    });
  });

  test('that the user called is known by its text', () => {
    expect(
      entries('skill', user('<command-name>/greet</command-name>'), user(text, { isMeta: true })),
    ).toEqual([{ key: 'u1|skill', text: 'greet', detail: { by: 'user', chars: text.length } }]);
  });
});

describe('a decision', () => {
  const plan = call('t', 'ExitPlanMode', { plan: '# Plan' });
  const refusal =
    "The user doesn't want to proceed with this tool use. To tell you how to proceed, the user said:\nfirst the tests";

  test('on a plan is told with the reason that the user gave', () => {
    expect(entries('decision', plan, result('t', 'User has approved your plan.'))).toMatchObject([
      { text: 'plan approved' },
    ]);
    expect(entries('decision', plan, result('t', refusal, {}, true))).toMatchObject([
      { text: 'plan rejected', detail: { reason: 'first the tests' } },
    ]);
    expect(entries('plan', plan)).toMatchObject([{ text: '# Plan' }]);
  });

  test('on questions is told with the options and what was taken', () => {
    const questions = [{ question: 'Which colour?', options: [{ label: 'Red' }, { label: 'Blue' }] }];
    const ask = call('t', 'AskUserQuestion', { questions });
    expect(
      entries(
        'decision',
        ask,
        result('t', 'ok', { toolUseResult: { questions, answers: { 'Which colour?': 'Red' } } }),
      ),
    ).toEqual([
      {
        key: 't|decision',
        text: 'Which colour? → Red',
        detail: { asked: [{ question: 'Which colour?', options: ['Red', 'Blue'], selected: 'Red' }] },
      },
    ]);
    expect(entries('decision', ask, result('t', refusal, {}, true))).toMatchObject([
      { text: 'Which colour? → (no answer)', detail: { reason: 'first the tests' } },
    ]);
  });
});
