// The check of events: what is valid in each of the seventeen types, and everything that is wrong at once.
import { expect, test } from 'vitest';
import { checkEvent, eventText, eventTypeNames, problemText } from './index.ts';

const base = {
  timestamp: '2026-03-04T05:06:07.089Z',
  session_id: 'session_20260304_050607',
  event_id: 'evt_001',
};
/** A valid event of each type, with no more than what is needed. */
const least: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  agent_invocation: { agent: 'a', invoked_by: 'user', reason: 'look' },
  tool_usage: { agent: 'a', tool: 'Read' },
  file_operation: { agent: 'a', operation: 'rename', file_path: 'x.ts' },
  decision: { agent: 'a', question: 'q', options: ['x', 'y'], selected: 'z', rationale: 'r' },
  error: { agent: 'a', error_type: 'E', error_message: 'm', context: {} },
  context_snapshot: {
    tokens_before: 1,
    tokens_after: 3,
    tokens_consumed: 2,
    tokens_remaining: 9,
    files_in_context: [],
    files_in_context_count: 0,
  },
  validation: { agent: 'a', validation_type: 'unit', checks: {}, result: 'pass' },
  'task.started': { task_id: 'T', task_name: 'n', stage: 's' },
  'task.stage_changed': { task_id: 'T', stage: 's' },
  'task.completed': { task_id: 'T', status: 'warning' },
  'test.run_started': { test_suite: 'unit' },
  'test.run_completed': { test_suite: 'unit', status: 'failed' },
  'session.summary': { summary_type: 'end', summary_text: 's' },
  'approval.required': {
    approval_id: 'appr_1',
    tool: 'bash',
    risk_score: 0.7,
    reasons: [],
    action: 'blocked',
  },
  'approval.granted': { approval_id: 'appr_1', status: 'granted' },
  'approval.denied': { approval_id: 'appr_1', status: 'denied' },
  requirement_reference: { agent: 'a', trigger: 't', requirement_ids: ['F1'] },
};
const given = (event_type: string, more: object = {}): Record<string, unknown> => ({
  event_type,
  ...base,
  ...least[event_type],
  ...more,
});
const read = (event_type: string, more: object = {}): Readonly<Record<string, unknown>> => {
  const { event, problems } = checkEvent(given(event_type, more));
  if (!event) throw new Error(problems.map(problemText).join('; '));
  return event;
};
const wrong = (event_type: string, more: object): string[] =>
  (checkEvent(given(event_type, more)).problems ?? []).map((one) => one.field);

test('there are seventeen types', () => {
  expect(eventTypeNames.toSorted()).toEqual(Object.keys(least).toSorted());
});

test.each(eventTypeNames)('%s: valid with what is needed, and told in words', (type) => {
  const { event } = checkEvent(given(type));
  expect(event).toMatchObject({ event_type: type, ...base, ...least[type] });
  expect(event && eventText(event)).toMatch(/\S/);
});

test.each(eventTypeNames)('%s: without any of what is needed, each field is named', (type) => {
  const { problems = [] } = checkEvent({ event_type: type });
  const needed = Object.keys(least[type] ?? {}).filter(
    (field) => !(type === 'context_snapshot' && field !== 'tokens_before' && field !== 'files_in_context'),
  );
  expect(problems.map((one) => one.field)).toEqual(
    expect.arrayContaining([
      ...needed.filter((f) => !(type === 'context_snapshot' && f === 'tokens_consumed')),
      ...Object.keys(base),
    ]),
  );
  expect(problems.every((one) => one.met === undefined)).toBe(true);
});

test.each(eventTypeNames)('%s: a field of another shape is named, with what stands there', (type) => {
  for (const field of Object.keys(least[type] ?? {})) {
    const { problems = [] } = checkEvent(given(type, { [field]: [[1]] }));
    expect(problems.map((one) => [one.field, one.met])).toContainEqual([field, '[[1]]']);
  }
});

test('all that is wrong is told at once, as what it is and what is wanted', () => {
  const { problems = [] } = checkEvent({
    ...given('decision'),
    confidence: 1.5,
    options: 'x',
    rationale: undefined,
  });
  expect(problems.map(problemText)).toEqual([
    'options is "x"; wanted is a list of strings',
    'rationale is missing; wanted is a string',
    'confidence is 1.5; wanted is a number from 0 to 1',
  ]);
});

test('words of a fixed list are taken as they are written only', () => {
  expect(wrong('agent_invocation', { status: 'Started' })).toEqual(['status']);
  expect(wrong('file_operation', { operation: 'write' })).toEqual(['operation']);
  expect(wrong('error', { severity: 'warning' })).toEqual(['severity']);
  expect(wrong('task.completed', { status: 'passed' })).toEqual(['status']);
  expect(wrong('test.run_completed', { status: 'success' })).toEqual(['status']);
  expect(wrong('session.summary', { summary_type: 'middle' })).toEqual(['summary_type']);
  expect(wrong('approval.required', { action: 'granted' })).toEqual(['action']);
  expect(wrong('approval.granted', { status: 'denied' })).toEqual(['status']);
  expect(wrong('approval.denied', { status: 'granted' })).toEqual(['status']);
});

test('an unknown type is told with those that there are', () => {
  const [problem] = checkEvent(given('decisions')).problems ?? [];
  expect(problem).toMatchObject({ field: 'event_type', met: '"decisions"' });
  expect(problem?.wanted).toContain('task.stage_changed');
});

test('ids begin as they must; times have a time of day', () => {
  expect(wrong('tool_usage', { session_id: 'mine' })).toEqual(['session_id']);
  expect(wrong('tool_usage', { event_id: '001' })).toEqual(['event_id']);
  for (const timestamp of ['2026-03-04', '10:00:00', 'yesterday', 1_700_000_000, '2026-13-04T00:00:00Z'])
    expect(wrong('tool_usage', { timestamp })).toEqual(['timestamp']);
  for (const timestamp of ['2026-03-04 05:06:07', '2026-03-04T05:06:07.123456+00:00', '2026-03-04T05:06'])
    expect(read('tool_usage', { timestamp })['timestamp']).toBe(timestamp);
});

test('numbers and truths may stand in strings; fractions are no whole numbers', () => {
  expect(read('tool_usage', { duration_ms: '5', success: 'no' })).toMatchObject({
    duration_ms: 5,
    success: false,
  });
  expect(read('tool_usage', { duration_ms: 5.0, success: 1 })).toMatchObject({
    duration_ms: 5,
    success: true,
  });
  expect(wrong('tool_usage', { duration_ms: 5.5, success: 'perhaps' })).toEqual(['success', 'duration_ms']);
  expect(wrong('tool_usage', { duration_ms: '' })).toEqual(['duration_ms']);
  expect(read('decision', { confidence: '0.25' })['confidence']).toBe(0.25);
});

test('strings are stripped, nulls left out, defaults put in, further fields kept', () => {
  const event = read('error', {
    agent: '  a\n',
    stack_trace: null,
    severity: null,
    shift: { night: true },
    tag: null,
  });
  expect(event).toMatchObject({ agent: 'a', severity: 'medium', shift: { night: true } });
  expect(Object.keys(event)).not.toContain('stack_trace');
  expect(Object.keys(event)).not.toContain('tag');
  expect(read('agent_invocation')['status']).toBe('started');
  expect(read('tool_usage')['success']).toBe(true);
  expect(read('validation')['task']).toBe('');
});

test('the message of an error may be called message', () => {
  const { error_message: _, ...rest } = given('error');
  expect(checkEvent({ ...rest, message: 'short' }).event).toMatchObject({ error_message: 'short' });
});

test.each([
  ['pass', ['PASS', 'passed', ' Success ', 'successful', 'ok', 'TRUE', '1', 'yes', true, 1]],
  ['fail', ['Fail', 'FAILED', 'failure', 'error', 'false', '0', 'NO', false, 0]],
  ['warning', ['warn', 'WARNING', 'warnings', 'alert', 'Caution']],
  ['skipped', ['skip', 'SKIPPED', 'skipping', 'na', 'N/A', 'none', 'unknown', null]],
])('words for %s', (verdict, words) => {
  for (const result of words) {
    expect(read('validation', { result })['result']).toBe(verdict);
    expect(read('validation', { checks: { x: result } })['checks']).toEqual({ x: verdict });
  }
});

test('a word that means none of them is wrong, and no skipped check', () => {
  expect(wrong('validation', { result: 'meh' })).toEqual(['result']);
  expect(wrong('validation', { checks: { a: 'pass', b: 'meh' } })).toEqual(['checks']);
  expect(wrong('validation', { checks: ['meh'] })).toEqual(['checks']);
  expect(wrong('validation', { checks: [{ name: 'a' }] })).toEqual(['checks']);
});

test('checks may be a list', () => {
  const checks = [{ name: 'types', pass: true }, { name: 'lint', status: 'WARN' }, 'fail', { pass: false }];
  expect(read('validation', { checks })['checks']).toEqual({
    types: 'pass',
    lint: 'warning',
    check_2: 'fail',
    check_3: 'fail',
  });
});

test('what follows from the other numbers of a context need not be said', () => {
  const said = { tokens_before: 41_000, tokens_consumed: 5000, files_in_context: ['a', 'b'] };
  expect(checkEvent({ event_type: 'context_snapshot', ...base, ...said }).event).toMatchObject({
    tokens_after: 46_000,
    tokens_remaining: 154_000,
    tokens_total_budget: 200_000,
    files_in_context_count: 2,
  });
  const legacy = { snapshot: { tokens_used: 7 }, tokens_total_budget: 5, files_in_context: [] };
  expect(checkEvent({ event_type: 'context_snapshot', ...base, ...legacy }).event).toMatchObject({
    tokens_before: 7,
    tokens_consumed: 0,
    tokens_after: 7,
    tokens_remaining: 0,
  });
});
