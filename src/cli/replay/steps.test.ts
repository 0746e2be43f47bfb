// Sessions as steps: turns, subagents, and which checkpoint belongs to which step.
import { describe, expect, test } from 'vitest';
import type { CheckpointRow } from '../../index.ts';
import { at, entry, operation } from './fixture.ts';
import { findStep, stepsOf } from './steps.ts';

const checkpoint = (id: string, minute: number, fields: Partial<CheckpointRow> = {}): CheckpointRow => ({
  id,
  at: at(minute),
  root: '/w',
  trigger: 'UserPromptSubmit',
  session: 's',
  run: null,
  turn: null,
  operation: null,
  tree: 'tree',
  head: null,
  branch: null,
  tokens: null,
  changed: 0,
  late: false,
  why: null,
  message: null,
  ...fields,
});

test('count turns, and name the subagent', () => {
  const run = { id: 'a1', type: 'Explore', description: 'the clock', children: [] } as never;
  const steps = stepsOf(
    [
      entry('before'),
      entry('p1', { kind: 'prompt', turn: 'p1' }),
      entry('sub', { run: 'a1', depth: 1, turn: 'p1' }),
      entry('p2', { kind: 'prompt', turn: 'p2' }),
    ],
    [run],
    [],
  );
  expect(steps.map((one) => [one.number, one.turn, one.beginsTurn, one.subagent])).toEqual([
    [1, 0, false, null],
    [2, 1, true, null],
    [3, 1, false, 'Explore: the clock'],
    [4, 2, true, null],
  ]);
});

describe('the checkpoint of a step', () => {
  const entries = [
    entry('hello', { at: at(0) }),
    entry('p', { at: at(2) }),
    entry('o1', { at: at(4), operation: operation('o1') }),
    entry('o2', { at: at(5), operation: operation('o2') }),
    entry('unknown time', { at: null }),
    entry('end', { at: at(9) }),
  ];
  const of = (checkpoints: readonly CheckpointRow[]): (string | null)[] =>
    stepsOf(entries, [], checkpoints).map((one) => one.checkpoint);

  test('is the last before the next step, in whatever order they come', () => {
    expect(of([checkpoint('c2', 3), checkpoint('c1', 1), checkpoint('c3', 8)])).toEqual([
      'c1',
      'c2',
      'c2',
      'c3',
      'c3',
      'c3',
    ]);
  });

  test('is that after the call for an operation, though others ran meanwhile', () => {
    const after = (id: string, minute: number): CheckpointRow =>
      checkpoint(`after ${id}`, minute, { trigger: 'PostToolUse', operation: id });
    expect(of([checkpoint('c', 3), after('o1', 7), after('o2', 6)])).toEqual([
      null,
      'c',
      'after o1',
      'after o2',
      'after o1',
      'after o1',
    ]);
  });

  test('is never one that holds no files', () => {
    expect(of([checkpoint('c', 0), checkpoint('none', 1, { tree: null })])[0]).toBe('c');
  });
});

test('findStep looks for all words in texts, targets, errors and diffs, on from a step and around the end', () => {
  const counts = { added: 1, removed: 0, partial: false, undoOperationId: null };
  const change = { path: '/w/clock.ts', kind: 'update', ...counts } as const;
  const steps = stepsOf(
    [
      entry('Fix the CLOCK'),
      entry('x', { operation: operation('x', { error: 'ECONNREFUSED' }) }),
      entry('y', { operation: operation('y', { changes: [{ ...change, diff: '+const tick' }] }) }),
    ],
    [],
    [],
  );
  expect(findStep(steps, 'clock', 1)).toBe(2);
  expect(findStep(steps, 'the clock', 1)).toBe(0);
  expect(findStep(steps, 'econn', 0)).toBe(1);
  expect(findStep(steps, 'TICK clock', 0)).toBe(2);
  expect(findStep(steps, 'nowhere', 0)).toBe(-1);
  expect(findStep(steps, ' ', 0)).toBe(-1);
});
