// clew event and clew events on the command line: fields as flags, JSON, lines on stdin; ids out, mistakes named.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { program } from '../../../test/support/program.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'clew-event-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function clew(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    env: { PATH: process.env['PATH'], HOME: home, CLEW_HOME: path.join(home, 'clew'), ...env },
    cwd: home,
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stderr, lines: stdout.split('\n').filter(Boolean) };
}
interface Listed {
  readonly id: string;
  readonly session: string;
  readonly parent: string | null;
  readonly event: Readonly<Record<string, unknown>>;
}
const listed = (...flags: string[]): Listed[] =>
  JSON.parse(clew(['events', '--json', ...flags]).lines.join('')) as Listed[];

test('fields are flags: lists are repeated, objects are JSON, booleans may stand alone', () => {
  const decision = ['--agent', 'a', '--question', 'q?', '--options', 'x', '--options=y', '--selected', 'x'];
  const { lines, status } = clew([
    'event',
    'decision',
    ...decision,
    '--rationale=because',
    '--confidence',
    '0.5',
  ]);
  expect(status).toBe(0);
  const error = [
    '--agent',
    'a',
    '--error-type',
    'E',
    '--error-message',
    '-1 is none',
    '--context',
    '{"line": 3}',
  ];
  clew(['event', 'error', ...error, '--fix-successful', '--parent', lines[0] ?? '']);
  const [second, first] = listed();
  expect(first).toMatchObject({
    id: lines[0],
    event: { options: ['x', 'y'], confidence: 0.5, rationale: 'because' },
  });
  expect(second).toMatchObject({
    parent: lines[0],
    event: { error_message: '-1 is none', context: { line: 3 }, fix_successful: true },
  });
});

test('JSON may bring all, or what flags do not; flags win', () => {
  const json = '{"task_id": "T-1", "task_name": "n", "stage": "s", "shift": "night"}';
  clew(['event', 'task.started', '--json', json, '--stage', 'plan', '--session', 'session_x1']);
  clew(['event', '--json', '{"event_type": "test.run_started", "test_suite": "unit"}'], {
    env: { CLEW_SESSION_ID: 'session_x2' },
  });
  expect(listed('--session', 'session_x1')).toMatchObject([{ event: { stage: 'plan', shift: 'night' } }]);
  expect(listed('--type', 'test.run_started')).toMatchObject([{ session: 'session_x2' }]);
  expect(listed('--limit', '1')).toHaveLength(1);
});

test('lines on stdin: ids of what is kept, the others named by their line', () => {
  const input = [
    '{"event_type":"test.run_started","test_suite":"unit"}',
    '',
    'nope',
    '[]',
    '{"event_type":"tool_usage"}',
  ];
  const { status, lines, stderr } = clew(['event'], { input: input.join('\n') });
  expect(status).toBe(1);
  expect(lines).toHaveLength(1);
  expect(stderr.split('\n').slice(0, 4)).toEqual([
    'line 3: no JSON',
    'line 4: no JSON object',
    'line 5: tool_usage: agent is missing; wanted is a string',
    'line 5: tool_usage: tool is missing; wanted is a string',
  ]);
  expect(listed().map((one) => one.id)).toEqual(lines);
});

test.each([
  [['decisio'], 'did you mean decision?'],
  [['decision', '--rational', 'x'], 'did you mean --rationale?'],
  [['decision', '--agent'], 'needs a value'],
  [['decision', 'word'], 'one word too many'],
  [['error', '--context', '{'], 'is no JSON'],
  [['--json', '7'], 'no JSON object'],
])('what is not understood: %j', (args, words) => {
  const { status, stderr } = clew(['event', ...args]);
  expect(status).toBe(2);
  // Also where `--json` is given: here that is what is read.
  expect(stderr).toMatch(/^clew: /);
  expect(stderr).toContain(words);
});

test('an event that is wrong is not recorded', () => {
  const { status, stderr, lines } = clew(['event', 'task.completed', '--task-id', 'T', '--status', 'done']);
  expect([status, lines]).toEqual([1, []]);
  expect(stderr).toContain('status is "done"; wanted is success or failed or warning');
  expect(listed()).toEqual([]);
});

test('the fields of a type are told', () => {
  expect(clew(['event', 'file_operation', '--help']).lines.join('\n')).toMatch(
    /--file-path +a string \(needed\)/,
  );
});
