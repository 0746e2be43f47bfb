// What the user decided in a chat: answers to questions, and what became of a plan.
import { expect, test } from 'vitest';
import type { Fact } from '../../model/index.ts';
import { geminiCli } from './index.ts';

/** The decision that a call with these words for an answer tells of. */
function decision(name: string, args: object, output: string): unknown {
  const facts: Fact[] = [];
  const source = {
    agent: 'gemini-cli',
    kind: 'transcript',
    machine: 'm',
    path: '/c/chats/session-x.jsonl',
  } as const;
  const reader = geminiCli.reader({ ...source, session: 's', run: undefined }, undefined);
  const result = [{ functionResponse: { id: 'c', name, response: { output } } }];
  const toolCalls = [{ id: 'c', name, args, status: 'success', result }];
  const value = { id: 'm', timestamp: '2026-03-01T12:00:00Z', type: 'gemini', content: '', toolCalls };
  reader.read({ value, pos: 0, line: 1 }, (fact) => facts.push(fact));
  const found = facts.find((fact) => fact.fact === 'entry' && fact.kind === 'decision');
  return found?.fact === 'entry' ? found.detail : undefined;
}

test('an answer stands with its question and the options', () => {
  const questions = [{ question: 'Which?', type: 'choice', options: [{ label: 'a' }, { label: 'b' }] }];
  expect(decision('ask_user', { questions }, '{"answers":{"0":"b"}}')).toEqual({
    asked: [{ question: 'Which?', options: ['a', 'b'], selected: 'b' }],
  });
});

test('a plan is approved, or rejected with a reason', () => {
  const plan = { plan_path: '/w/plan.md' };
  expect(
    decision('exit_plan_mode', plan, 'Plan approved. Switching to Auto-Edit mode.\n\nIt is at /w/plan.md'),
  ).toEqual({
    question: 'plan',
    selected: 'approved',
  });
  expect(
    decision(
      'exit_plan_mode',
      plan,
      'Plan rejected. User feedback: too long\n\nThe plan is stored at: /w/plan.md',
    ),
  ).toEqual({ question: 'plan', selected: 'rejected', reason: 'too long' });
  expect(decision('exit_plan_mode', plan, 'The plan file is not there.')).toBeUndefined();
});
