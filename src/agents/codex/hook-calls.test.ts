// Hook calls beside the rollout: one call told on both channels is one operation. Made by running 0.169.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Fact } from '../../model/index.ts';
import { codex } from './index.ts';

const golden = path.join(import.meta.dirname, 'golden', '0.169.0');
const source = { agent: 'codex', machine: 'm', session: undefined, run: undefined } as const;

function read(kind: 'hooks' | 'transcript', file: string, lines: readonly string[]): Fact[] {
  const facts: Fact[] = [];
  const reader = codex.reader({ ...source, kind, path: file }, undefined);
  for (const [i, line] of lines.entries())
    reader.read({ value: JSON.parse(line) as Record<string, unknown>, pos: i, line: i + 1 }, (fact) =>
      facts.push(fact),
    );
  return facts;
}

const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean);
const keys = (facts: readonly Fact[], kind: 'call' | 'run'): Set<string> =>
  new Set(facts.flatMap((fact) => (fact.fact === kind ? [fact.fact === 'run' ? fact.run : fact.key] : [])));

const hooks = read('hooks', 'hooks', linesOf(path.join(golden, 'hooks.jsonl')));
const root = { path: golden, machine: 'm', origin: 'test' };
const rollouts = [...codex.discover(root, () => {})].flatMap((one) =>
  read('transcript', one.path, linesOf(one.path)),
);

test('calls, sessions and subagents have the names that the rollouts give them', () => {
  expect(keys(hooks, 'call').size).toBeGreaterThan(10);
  expect([...keys(hooks, 'call')].filter((key) => !keys(rollouts, 'call').has(key))).toEqual([]);
  expect([...keys(hooks, 'run')].filter((key) => !keys(rollouts, 'run').has(key))).toEqual([]);
  const sessions = (facts: readonly Fact[]): Set<string> =>
    new Set(
      facts.flatMap((fact) =>
        fact.fact === 'call' ? [`${fact.key} ${fact.place.session} ${fact.place.run}`] : [],
      ),
    );
  expect([...sessions(hooks)].filter((one) => !sessions(rollouts).has(one))).toEqual([]);
});

test('of a call that ended hooks do not say how', () => {
  const told = hooks.filter((fact) => fact.fact === 'result');
  expect(new Set(told.map((fact) => fact.status))).toEqual(new Set(['pending']));
});

test('a notice says of whom it is', () => {
  const payload = { type: 'agent-turn-complete', 'thread-id': 't1', 'turn-id': 'u', cwd: '/w' };
  const facts = read('hooks', 'hooks', [JSON.stringify({ time: 5, payload })]);
  expect(facts).toContainEqual(expect.objectContaining({ session: 't1', name: 'workspace', value: '/w' }));
});

test('a call that was asked for, and ran, was approved', () => {
  const call = { session_id: 's', tool_name: 'Bash', tool_input: { command: 'rm a' } };
  const payloads = [
    { ...call, hook_event_name: 'PreToolUse', tool_use_id: 'c' },
    { ...call, hook_event_name: 'PermissionRequest' },
    { ...call, hook_event_name: 'PostToolUse', tool_use_id: 'c' },
  ];
  const facts = read(
    'hooks',
    'hooks',
    payloads.map((payload) => JSON.stringify({ time: 5, payload })),
  );
  expect(facts).toContainEqual(
    expect.objectContaining({ fact: 'approval', key: 'c', decision: 'approved', by: 'user' }),
  );
});
