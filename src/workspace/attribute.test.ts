// Whose a step is, where the hooks alone do not tell: killed sessions, late checkpoints, calls without names.
import { describe, expect, test } from 'vitest';
import { stepsOf } from './attribute.ts';
import type { StoredCheckpoint } from '../store/index.ts';
import type { BackgroundTask } from './background.ts';
import type { TimedCall } from './calls-by-time.ts';
import type { Unheard } from './unheard.ts';

const point = (at: number, trigger: string, more: Partial<StoredCheckpoint> = {}): StoredCheckpoint => ({
  id: `c${at}`,
  at,
  root: '/p',
  trigger,
  session: 's',
  run: null,
  operation: null,
  tree: `tree ${at}`,
  head: null,
  branch: null,
  late: 0,
  why: null,
  message: null,
  inner: null,
  left_out: null,
  ...more,
});
const call = (id: string, at: number, ended: number, more: Partial<TimedCall> = {}): TimedCall => ({
  id,
  session: 's',
  at,
  ended,
  spawning: false,
  ...more,
});

/** Each step as `time by operations`. */
function told(
  all: readonly StoredCheckpoint[],
  more: {
    unnamed?: TimedCall[];
    named?: TimedCall[];
    process?: 'running' | 'gone' | 'silent';
    ended?: [string, number][];
    background?: BackgroundTask[];
    unheard?: Unheard;
  } = {},
): string[] {
  const known = {
    spawning: new Set<string>(),
    ended: new Map(more.ended ?? []),
    unnamed: more.unnamed ?? [],
    named: more.named ?? [],
    background: more.background ?? [],
    unheard: more.unheard ?? { calls: [], isAtWork: () => false },
    processOf: () => more.process,
  };
  return stepsOf(all, known).map((one) => `${one.to.at} ${one.by} ${one.operations.join(' ')}`.trim());
}

describe('a call whose end nobody saw', () => {
  const killed = [
    point(1, 'PreToolUse', { operation: 'a' }),
    point(5, 'SessionStart', { session: 'other' }),
    point(6, 'PreToolUse', { session: 'other', operation: 'b' }),
    point(7, 'PostToolUse', { session: 'other', operation: 'b' }),
  ];

  test('of a session that is gone: its doing or the user’s, and over with the next session', () => {
    const expected = ['5 unknown a', '6 user', '7 operation b'];
    expect(told(killed, { process: 'gone' })).toEqual(expected);
    expect(told(killed, { process: 'silent' })).toEqual(expected);
  });

  test('of a session that runs: is at work', () => {
    expect(told(killed, { process: 'running' })).toEqual(['5 operation a', '6 operation a', '7 shared a b']);
  });

  test('of a session that may run: may be at work', () => {
    expect(told(killed)).toEqual(['5 unknown a', '6 unknown a', '7 shared a b']);
  });

  test('that was interrupted: its doing or the user’s, until the next prompt', () => {
    const all = [point(1, 'PreToolUse', { operation: 'a' }), point(9, 'UserPromptSubmit'), point(12, 'Stop')];
    expect(told(all, { ended: [['a', 3]], process: 'running' })).toEqual(['9 unknown a', '12 user']);
    expect(told(all, { process: 'running' })).toEqual(['9 unknown a', '12 user']);
  });

  test('that failed without a hook: its doing, at the next event of the agent', () => {
    const all = [point(1, 'PreToolUse', { operation: 'a' }), point(9, 'PreToolUse', { operation: 'b' })];
    expect(told(all, { ended: [['a', 3]] })).toEqual(['9 operation a']);
  });
});

describe('a checkpoint that came late', () => {
  test('before a call may hold what the call did', () => {
    const late = point(4, 'PreToolUse', { operation: 'a', late: 1 });
    const end = point(8, 'PostToolUse', { operation: 'a' });
    expect(told([point(1, 'UserPromptSubmit'), late, end])).toEqual(['4 unknown a', '8 operation a']);
  });

  const named = [call('a', 2, 4), call('b', 5, 9)];

  test('behind a call may hold what the next one did', () => {
    const all = [
      point(3, 'PreToolUse', { operation: 'a' }),
      point(7, 'PostToolUse', { operation: 'a', late: 1 }),
      point(8, 'PreToolUse', { operation: 'b', tree: null }),
      point(10, 'PostToolUse', { operation: 'b' }),
    ];
    expect(told(all, { named })).toEqual(['7 shared a b', '10 shared a b']);
  });

  test('at a prompt is not the user’s alone where the agent was at work by then', () => {
    const all = [point(1, 'Stop'), point(6, 'UserPromptSubmit', { late: 1 })];
    expect(told(all, { named })).toEqual(['6 unknown a b']);
    expect(told(all, { named: [call('later', 7, 9)] })).toEqual(['6 user']);
    expect(told(all, { named: [call('before', 0, 1)] })).toEqual(['6 user']);
  });

  test('in a session that names no calls: those that had begun by the record', () => {
    const all = [
      point(1, 'UserPromptSubmit'),
      point(8, 'PreToolUse', { late: 1 }),
      point(12, 'PreToolUse', { late: 1 }),
      point(14, 'PostToolUse'),
    ];
    const unnamed = [call('a', 3, 5), call('b', 6, 13)];
    expect(told(all, { unnamed })).toEqual(['8 unknown a b', '12 shared a b', '14 operation b']);
  });
});

describe('calls that no hook names', () => {
  test('are found by time; what comes between them is the user’s', () => {
    const all = [
      point(1, 'UserPromptSubmit'),
      point(12, 'PreToolUse'),
      point(22, 'PostToolUse'),
      point(40, 'UserPromptSubmit'),
      point(52, 'PreToolUse'), // fails, so there is no PostToolUse
      point(72, 'PreToolUse'),
      point(79, 'PostToolUse'),
    ];
    const unnamed = [call('a', 10, 20), call('b', 50, 60), call('c', 70, 78)];
    expect(told(all, { unnamed })).toEqual([
      '12 user',
      '22 operation a',
      '40 user',
      '52 user',
      '72 operation b',
      '79 operation c',
    ]);
  });

  test('asked for together and done in turn: each its own', () => {
    const turn = (at: number) => [point(at, 'PreToolUse'), point(at + 5, 'PostToolUse')];
    const all = [point(1, 'UserPromptSubmit'), ...turn(12), ...turn(20), ...turn(30)];
    const unnamed = [call('a', 10, 16), call('b', 10, 24), call('c', 11, 34)];
    const found = told(all, { unnamed }).filter((one) => /^(17|25|35) /.test(one));
    expect(found).toEqual(['17 operation a', '25 operation b', '35 operation c']);
  });

  test('at work at the same time: shared', () => {
    const agent = { spawning: true };
    const unnamed = [call('x', 2, 60, agent), call('y', 2, 61, agent), call('a', 10, 30), call('b', 11, 40)];
    const all = [
      point(1, 'UserPromptSubmit'),
      point(3, 'PreToolUse'),
      point(4, 'PreToolUse'),
      point(12, 'PreToolUse'),
      point(13, 'PreToolUse'),
      point(32, 'PostToolUse'),
      point(41, 'PostToolUse'),
    ];
    expect(told(all, { unnamed }).slice(-2)).toEqual(['32 shared a b', '41 operation b']);
  });

  test('and that no transcript tells of: unknown, not the user’s', () => {
    const all = [point(1, 'UserPromptSubmit'), point(12, 'PreToolUse'), point(22, 'PostToolUse')];
    expect(told(all)).toEqual(['12 user', '22 unknown']);
  });
});

describe('a call that goes on in the background', () => {
  const task = (ended = Infinity): { background: BackgroundTask[]; process: 'running' } => ({
    background: [{ operation: 'bg', session: 's', at: 20, ended }],
    process: 'running',
  });
  const all = [
    point(10, 'PreToolUse', { operation: 'bg' }),
    point(20, 'PostToolUse', { operation: 'bg' }),
    point(30, 'PreToolUse', { operation: 'a' }),
    point(40, 'PostToolUse', { operation: 'a' }),
    point(50, 'Stop'),
    point(60, 'UserPromptSubmit'),
    point(70, 'Stop'),
  ];

  test('shares what is done beside it, and is not told of alone what the user may have done', () => {
    expect(told(all, task(55))).toEqual([
      '20 operation bg',
      '30 unknown bg',
      '40 shared a bg',
      '50 unknown bg',
      '60 unknown bg',
      '70 user',
    ]);
  });

  test('until its end, if that is known; otherwise until what came after its session’s', () => {
    expect(told(all, task()).at(-1)).toBe('70 unknown bg');
    const other = { session: 'other' };
    const ended = [...all, point(80, 'SessionEnd'), point(90, 'Stop', other), point(95, 'Stop', other)];
    expect(told(ended, task()).slice(-3)).toEqual(['80 unknown bg', '90 unknown bg', '95 user']);
  });

  test('of a session that was killed: until the next that was seen', () => {
    const later = [...all, point(80, 'manual', { session: null }), point(90, 'manual', { session: null })];
    expect(told(later, { ...task(), process: 'gone' }).slice(-2)).toEqual(['80 unknown bg', '90 user']);
  });

  test('and that no hook names: the same', () => {
    const calls = [
      point(1, 'UserPromptSubmit'),
      point(12, 'PreToolUse'),
      point(22, 'PostToolUse'),
      point(32, 'PreToolUse'),
      point(42, 'PostToolUse'),
      point(52, 'Stop'),
    ];
    const unnamed = [call('bg', 10, 20), call('a', 30, 40)];
    expect(told(calls, { ...task(45), unnamed }).slice(1)).toEqual([
      '22 operation bg',
      '32 unknown bg',
      '42 shared a bg',
      '52 unknown bg',
    ]);
  });
});
