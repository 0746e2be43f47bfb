// Questions put to the user, and who allowed a call: in the words of Codex's own source, as no recorded session has such a question.
import { expect, test } from 'vitest';
import type { Fact } from '../../model/index.ts';
import { codex } from './index.ts';

const source = {
  agent: 'codex',
  kind: 'transcript',
  machine: 'm',
  path: '/x',
  session: undefined,
  run: undefined,
} as const;

function read(...lines: readonly { type: string; payload: object }[]): Fact[] {
  const facts: Fact[] = [];
  const reader = codex.reader(source, undefined);
  for (const [i, line] of lines.entries())
    reader.read({ value: { timestamp: '2026-03-01T12:00:00Z', ...line }, pos: i, line: i + 1 }, (fact) =>
      facts.push(fact),
    );
  return facts;
}
const meta = { type: 'session_meta', payload: { id: 's', cwd: '/w', cli_version: '0.169.0' } };
const call = (name: string, input: object): { type: string; payload: object } => ({
  type: 'response_item',
  payload: { type: 'function_call', name, call_id: 'c', arguments: JSON.stringify(input) },
});
const output = (words: string): { type: string; payload: object } => ({
  type: 'response_item',
  payload: { type: 'function_call_output', call_id: 'c', output: words },
});
const context = (approval_policy: string): { type: string; payload: object } => ({
  type: 'turn_context',
  payload: { turn_id: 't', cwd: '/w', approval_policy },
});

const questions = [
  { id: 'q1', header: 'H', question: 'Which?', options: [{ label: 'a' }, { label: 'b' }] },
  { id: 'q2', header: 'H', question: 'Why?' },
];

test('answers are told with their questions and options', () => {
  const answers = { q1: { answers: ['a', 'user_note: soon'] } };
  const facts = read(meta, call('request_user_input', { questions }), output(JSON.stringify({ answers })));
  expect(facts.find((fact) => fact.fact === 'entry' && fact.kind === 'decision')).toMatchObject({
    key: 'c|decision',
    text: 'Which? → a, user_note: soon\nWhy? → (no answer)',
    detail: {
      asked: [
        { question: 'Which?', options: ['a', 'b'], selected: 'a, user_note: soon' },
        { question: 'Why?', options: [], selected: null },
      ],
    },
  });
  expect(facts.find((fact) => fact.fact === 'call')).toMatchObject({ target: 'Which?\nWhy?' });
});

test.each([
  ['never', ['approved by mode']],
  ['on-request', []],
])('where the policy is %s, a command that ran was %j', (policy, told) => {
  const facts = read(
    meta,
    context(policy),
    call('shell', { command: ['ls'] }),
    output('Exit code: 0\nOutput:\nx'),
  );
  expect(
    facts.flatMap((fact) => (fact.fact === 'approval' ? [`${fact.decision} by ${fact.by}`] : [])),
  ).toEqual(told);
});
