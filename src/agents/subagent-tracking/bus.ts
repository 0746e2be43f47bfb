// The names that the event bus has for what happens: what a line of each must hold, and which of the seventeen types it is. What
// is none of them is kept under its own name.
import { text, object } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { unknown, withoutAbsent } from './flat.ts';

/** What is remembered of an agent at work, of which later lines tell no more than its name. */
export interface Invoked {
  readonly invokedBy: string;
  readonly reason: string;
}

export interface BusName {
  readonly needed: readonly string[];
  /** The event as one of the seventeen types; left out where it is none. */
  readonly event?: (line: Json, invoked: Invoked | undefined) => Json;
  /** A second telling of what another line tells. */
  readonly isEcho?: true;
  /** The field that is a number of the session's. */
  readonly metric?: string;
}

const invocation = (line: Json, invoked: Invoked | undefined, told: Json): Json => ({
  ...line,
  event_type: 'agent_invocation',
  invoked_by: line['invoked_by'] ?? invoked?.invokedBy ?? unknown,
  reason: line['reason'] ?? invoked?.reason ?? unknown,
  ...told,
});

/** Fields `<prefix>question` as `question`. */
function unprefixed(line: Json, prefix: string, event_type: string): Json {
  const entries = Object.entries(line).map(([name, value]) => [
    name.startsWith(prefix) ? name.slice(prefix.length) : name,
    value,
  ]);
  return { ...Object.fromEntries(entries), event_type };
}

const decision = (line: Json): Json => {
  const { alternative, ...rest } = unprefixed(line, 'decision_', 'decision');
  return { ...rest, alternative_considered: alternative };
};
const validation = (line: Json): Json => {
  const { type, ...rest } = unprefixed(line, 'validation_', 'validation');
  return { ...rest, validation_type: type };
};

const used = (line: Json): Json => {
  const { args, ...rest } = line;
  return { ...rest, event_type: 'tool_usage', agent: line['agent'] ?? unknown, parameters: object(args) };
};

function tool(line: Json): Json {
  const args = object(line['args']) ?? {};
  const inner = { ...line, ...args, args: undefined };
  if (line['tool'] === 'FileOp' && text(args['file_path']) && text(args['operation']))
    return { ...inner, event_type: 'file_operation' };
  if (line['tool'] === 'ContextSnapshot' && args['tokens_before'] !== undefined)
    return { ...inner, event_type: 'context_snapshot', files_in_context: args['files_in_context'] ?? [] };
  return used(line);
}

function failed(line: Json, invoked: Invoked | undefined): Json {
  if (line['validation_task'] !== undefined) return validation(line);
  const message = line['error_msg'] ?? line['error_type'];
  if (line['severity'] !== undefined || line['context'] !== undefined)
    return { ...line, event_type: 'error', error_message: message, context: object(line['context']) ?? {} };
  return invocation(line, invoked, {
    status: 'failed',
    result: { error_type: line['error_type'], error_message: message },
  });
}

const reference = (line: Json): Json => ({
  ...line,
  event_type: 'requirement_reference',
  agent: line['agent'] ?? unknown,
  requirement_ids: line['requirement_ids'] ?? [],
});

const workflow = (line: Json, told: Json): Json => ({
  ...line,
  task_id: line['workflow_id'],
  task_name: text(object(line['metadata'])?.['name']),
  ...told,
});

const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

export const busNames: Readonly<Record<string, BusName>> = {
  'agent.invoked': {
    needed: ['agent', 'invoked_by', 'reason'],
    event: (line, invoked) =>
      line['decision_question'] === undefined
        ? invocation(line, invoked, { status: 'started' })
        : decision(line),
  },
  'agent.completed': {
    needed: ['agent', 'duration_ms'],
    event: (line, invoked) =>
      line['validation_task'] === undefined
        ? invocation(line, invoked, { status: 'completed', tokens_consumed: line['tokens_used'] })
        : validation(line),
  },
  'agent.failed': { needed: ['agent', 'error_type'], event: failed },
  'agent.timeout': {
    needed: ['agent', 'timeout_ms'],
    event: (line, invoked) =>
      invocation(line, invoked, { status: 'failed', reason: 'timeout', duration_ms: line['elapsed_ms'] }),
  },
  'agent.handoff': {
    needed: ['from_agent', 'to_agent', 'context_summary'],
    event: (line) =>
      invocation(line, undefined, {
        agent: line['to_agent'],
        invoked_by: line['from_agent'],
        reason: line['context_summary'],
      }),
  },
  'tool.used': { needed: ['agent', 'tool', 'success'], event: tool },
  'tool.error': {
    needed: ['agent', 'tool', 'error_type'],
    event: (line) => ({
      ...used(line),
      success: false,
      error_message: line['error_msg'] ?? line['error_type'],
    }),
  },
  'tool.performance': { needed: ['tool', 'duration_ms'], event: used, isEcho: true },
  'tool.quota_exceeded': {
    needed: ['tool', 'quota_type', 'limit', 'current'],
    event: (line) => ({
      ...line,
      event_type: 'error',
      agent: line['agent'] ?? unknown,
      error_type: 'quota_exceeded',
      error_message: `${String(line['tool'])}: ${String(line['quota_type'])} ${String(line['current'])} of ${String(line['limit'])}`,
      context: {},
    }),
  },
  'snapshot.created': { needed: ['snapshot_id', 'trigger'] },
  'snapshot.restored': { needed: ['snapshot_id', 'restore_strategy'] },
  'snapshot.failed': { needed: ['trigger', 'error_msg'] },
  'snapshot.cleanup': { needed: ['deleted_count'] },
  'session.started': { needed: [] },
  'session.ended': { needed: [] },
  'session.token_warning': {
    needed: ['tokens_used', 'tokens_limit'],
    event: (line) => ({
      ...line,
      event_type: 'context_snapshot',
      tokens_before: line['tokens_used'],
      tokens_total_budget: line['tokens_limit'],
      tokens_remaining: Math.max(0, number(line['tokens_limit']) - number(line['tokens_used'])),
      files_in_context: [],
    }),
  },
  'session.handoff_required': { needed: ['reason'] },
  'cost.tracked': { needed: ['model', 'cost_usd'], metric: 'cost_usd' },
  'cost.budget_warning': { needed: ['budget_type', 'spent', 'limit'], metric: 'spent' },
  'cost.optimization_opportunity': {
    needed: ['recommendation', 'potential_savings'],
    metric: 'potential_savings',
  },
  'workflow.started': {
    needed: ['workflow_id'],
    event: (line) => ({
      task_name: line['workflow_id'],
      ...withoutAbsent(workflow(line, { event_type: 'task.started', stage: 'workflow' })),
    }),
  },
  'workflow.completed': {
    needed: ['workflow_id'],
    event: (line) => workflow(line, { event_type: 'task.completed', status: 'success' }),
  },
  'reference_check.triggered': { needed: ['trigger'], event: reference },
  'reference_check.completed': { needed: ['trigger'], event: reference },
};

/** The line as an event, its own name kept. */
export const busEvent = (
  name: string,
  of: BusName,
  line: Json,
  invoked: Invoked | undefined,
): Json | undefined =>
  of.event && withoutAbsent({ ...of.event(withoutAbsent(line), invoked), bus_event_type: name });
