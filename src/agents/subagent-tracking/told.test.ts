// What lines of the event bus, nested lines and those of the variant are among the seventeen types.
import { expect, test } from 'vitest';
import { busNames } from './bus.ts';
import { toldBy } from './told.ts';
import type { Told } from './told.ts';

const session = 'session_20260203_120000';
const read = (line: Readonly<Record<string, unknown>>): Told =>
  toldBy(
    { timestamp: '2026-02-03T12:00:00.250000+00:00', session_id: session, ...line },
    session,
    () => undefined,
  );
const event = (line: Readonly<Record<string, unknown>>): unknown => {
  const told = read(line);
  return 'event' in told ? told.event : told;
};

const agent = 'scout';
test.each([
  [
    'agent.invoked',
    { agent, invoked_by: 'user', reason: 'look around' },
    'agent_invocation',
    { status: 'started', reason: 'look around' },
  ],
  [
    'agent.completed',
    { agent, duration_ms: 9, tokens_used: 5, exit_code: 0 },
    'agent_invocation',
    { status: 'completed', tokens_consumed: 5, reason: 'unknown' },
  ],
  [
    'agent.failed',
    { agent, error_type: 'E', error_msg: 'm' },
    'agent_invocation',
    { status: 'failed', result: { error_type: 'E', error_message: 'm' } },
  ],
  [
    'agent.failed',
    { agent, error_type: 'E', error_msg: 'm', severity: 'low' },
    'error',
    { error_message: 'm', severity: 'low' },
  ],
  [
    'agent.failed',
    {
      agent,
      error_type: 'E',
      validation_task: 't',
      validation_type: 'unit',
      validation_checks: {},
      validation_result: 'FAIL',
    },
    'validation',
    { result: 'fail', task: 't' },
  ],
  [
    'agent.timeout',
    { agent, timeout_ms: 10, elapsed_ms: 11 },
    'agent_invocation',
    { status: 'failed', reason: 'timeout', duration_ms: 11 },
  ],
  [
    'agent.handoff',
    { from_agent: 'a', to_agent: 'b', context_summary: 'go on with the table' },
    'agent_invocation',
    { agent: 'b', invoked_by: 'a', reason: 'go on with the table' },
  ],
  [
    'tool.used',
    { agent, tool: 'Bash', success: false, args: { command: 'ls' } },
    'tool_usage',
    { success: false, parameters: { command: 'ls' } },
  ],
  [
    'tool.used',
    { agent, tool: 'FileOp', success: true, args: { operation: 'delete', file_path: 'x' } },
    'file_operation',
    { operation: 'delete', file_path: 'x' },
  ],
  ['tool.used', { agent, tool: 'FileOp', success: true }, 'tool_usage', { tool: 'FileOp' }],
  [
    'tool.used',
    { agent, tool: 'ContextSnapshot', success: true, args: { tokens_before: 5 } },
    'context_snapshot',
    { tokens_after: 5 },
  ],
  [
    'tool.error',
    { agent, tool: 'Bash', error_type: 'E' },
    'tool_usage',
    { success: false, error_message: 'E' },
  ],
  ['tool.performance', { tool: 'Bash', duration_ms: 4 }, 'tool_usage', { agent: 'unknown', duration_ms: 4 }],
  [
    'tool.quota_exceeded',
    { tool: 'Web', quota_type: 'requests', limit: 1, current: 2 },
    'error',
    { error_message: 'Web: requests 2 of 1' },
  ],
  [
    'session.token_warning',
    { tokens_used: 7, tokens_limit: 9 },
    'context_snapshot',
    { tokens_before: 7, tokens_remaining: 2, tokens_total_budget: 9 },
  ],
  [
    'workflow.started',
    { workflow_id: 'w' },
    'task.started',
    { task_id: 'w', task_name: 'w', stage: 'workflow' },
  ],
  ['workflow.completed', { workflow_id: 'w' }, 'task.completed', { task_id: 'w', status: 'success' }],
  ['reference_check.triggered', { trigger: 't' }, 'requirement_reference', { requirement_ids: [] }],
  [
    'reference_check.completed',
    { trigger: 't', requirement_ids: ['F1'] },
    'requirement_reference',
    { requirement_ids: ['F1'] },
  ],
])('%s %j is %s', (event_type, line, type, fields) => {
  expect(event({ event_type, ...line })).toMatchObject({
    event_type: type,
    bus_event_type: event_type,
    ...fields,
  });
});

test('a decision that was disguised as an invocation', () => {
  const line = {
    agent,
    invoked_by: 'user',
    reason: 'which table',
    decision_question: 'q',
    decision_options: ['x'],
  };
  const rest = {
    decision_selected: 'x',
    decision_rationale: 'r',
    decision_confidence: '0.5',
    decision_alternative: 'y',
  };
  expect(event({ event_type: 'agent.invoked', ...line, ...rest })).toMatchObject({
    event_type: 'decision',
    selected: 'x',
    confidence: 0.5,
    alternative_considered: 'y',
  });
});

test('names that are none of the seventeen types are kept, with a number where they tell one', () => {
  const others = Object.entries(busNames).filter(([, { event: made }]) => !made);
  expect(others.map(([name]) => name)).toHaveLength(10);
  for (const [event_type, { needed, metric }] of others) {
    const line = Object.fromEntries(needed.map((field) => [field, 1]));
    expect(read({ event_type, ...line })).toMatchObject({ other: event_type, session, metric });
  }
});

test('of every name, what a line must hold and does not is told', () => {
  const demanding = Object.entries(busNames).filter(([, { needed }]) => needed.length > 0);
  expect(demanding.map(([event_type]) => read({ event_type }))).toEqual(
    demanding.map(([name, { needed }]) => ({ wrong: needed.map((field) => `${name}.${field} is missing`) })),
  );
});

test('a field of the bus that holds what it should not is told', () => {
  expect(read({ event_type: 'agent.completed', agent: 5, duration_ms: 'long' })).toEqual({
    wrong: ['agent.completed.agent is not a string', 'agent.completed.duration_ms is not a whole number'],
  });
});

test('types that bus and logger share need no id there, and have one in a log', () => {
  const line = { event_type: 'test.run_started', test_suite: 'unit' };
  expect(event({ ...line, trace_id: 'trace-00001' })).toMatchObject({
    event_id: expect.stringMatching(/^evt_\w{12}$/),
  });
  expect(read(line)).toEqual({ wrong: ['test.run_started.event_id is missing'] });
});

test('a line without its session is of that of its file', () => {
  expect(
    event({ session_id: undefined, event_type: 'tool.performance', tool: 'x', duration_ms: 1 }),
  ).toMatchObject({
    session_id: session,
  });
});

test('nested lines: details in an object under the name of the type', () => {
  const id = { event_id: 'evt_001' };
  expect(
    event({
      ...id,
      event_type: 'decision',
      decision: { question: 'q', options: [{ choice: 'x', confidence: 0.4 }], selected: 'x', rationale: 'r' },
    }),
  ).toMatchObject({ options: ['x'], confidence: 0.4, agent: 'unknown' });
  expect(
    event({ ...id, event_type: 'error', error: { type: 'E', message: 'm', severity: 'warning' } }),
  ).toMatchObject({
    severity: 'medium',
    severity_given: 'warning',
    context: {},
  });
  expect(read({ ...id, event_type: 'error', error: { type: 'E', severity: 'dire' } })).toEqual({
    wrong: ['error.error_message is missing', 'error.severity is not low or medium or high or critical'],
  });
});

test('the writers who say type, and a confidence in words', () => {
  const line = { agent, question: 'q', options: ['x'], selected: 'x', rationale: 'r', confidence: 'high' };
  const read = event({ type: 'decision', event_id: 'evt_001', ...line });
  expect(read).toMatchObject({ event_type: 'decision', confidence_in_words: 'high' });
  expect(read).not.toHaveProperty('confidence');
});
