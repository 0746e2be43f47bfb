// The types of the activity log's events, and their fields: docs/events.md. Fields that are not named here are kept as they are.
import { beginning, between, flag, needed, number, object, oneOf, or, text, texts, whole } from './field.ts';
import type { Field } from './field.ts';
import { timestamp } from './time.ts';
import { checks, verdict } from './verdict.ts';

export type Fields = Readonly<Record<string, Field>>;

/** Of every event. */
export const baseFields = {
  timestamp: needed(timestamp),
  session_id: needed(beginning('session_')),
  event_id: needed(beginning('evt_')),
  parent_event_id: text,
} as const satisfies Fields;

const answer = {
  approval_id: needed(text),
  actor: text,
  reason: text,
  tool: text,
  operation: text,
  file_path: text,
  risk_score: number,
  reasons: texts,
  summary: text,
  decided_at: text,
};

export const eventTypes = {
  agent_invocation: {
    agent: needed(text),
    invoked_by: needed(text),
    reason: needed(text),
    status: or(oneOf('started', 'completed', 'failed'), 'started'),
    context: object,
    result: object,
    duration_ms: whole,
    tokens_consumed: whole,
  },
  tool_usage: {
    agent: needed(text),
    tool: needed(text),
    operation: text,
    parameters: object,
    success: or(flag, true),
    duration_ms: whole,
    error_message: text,
    result_summary: text,
  },
  file_operation: {
    agent: needed(text),
    operation: needed(oneOf('create', 'modify', 'delete', 'rename', 'read')),
    file_path: needed(text),
    lines_changed: whole,
    diff: text,
    git_hash_before: text,
    git_hash_after: text,
    file_size_bytes: whole,
    language: text,
  },
  decision: {
    agent: needed(text),
    question: needed(text),
    options: needed(texts),
    selected: needed(text),
    rationale: needed(text),
    confidence: between(0, 1),
    alternative_considered: text,
  },
  error: {
    agent: needed(text),
    error_type: needed(text),
    error_message: needed(text),
    context: needed(object),
    severity: or(oneOf('low', 'medium', 'high', 'critical'), 'medium'),
    stack_trace: text,
    attempted_fix: text,
    fix_successful: flag,
    recovery_time_ms: whole,
  },
  context_snapshot: {
    tokens_before: needed(whole),
    tokens_after: needed(whole),
    tokens_consumed: needed(whole),
    tokens_remaining: needed(whole),
    tokens_total_budget: or(whole, 200_000),
    files_in_context: needed(texts),
    files_in_context_count: needed(whole),
    memory_mb: number,
    agent: text,
    trigger: text,
  },
  validation: {
    agent: needed(text),
    task: or(text, ''),
    validation_type: needed(text),
    checks: needed(checks),
    result: needed(verdict),
    failures: texts,
    warnings: texts,
    metrics: object,
  },
  'task.started': {
    task_id: needed(text),
    task_name: needed(text),
    stage: needed(text),
    summary: text,
    eta_minutes: number,
    owner: text,
  },
  'task.stage_changed': {
    task_id: needed(text),
    stage: needed(text),
    task_name: text,
    previous_stage: text,
    summary: text,
    progress_pct: number,
  },
  'task.completed': {
    task_id: needed(text),
    status: needed(oneOf('success', 'failed', 'warning')),
    task_name: text,
    summary: text,
    duration_ms: whole,
  },
  'test.run_started': { test_suite: needed(text), task_id: text, command: text },
  'test.run_completed': {
    test_suite: needed(text),
    status: needed(oneOf('passed', 'failed', 'warning')),
    task_id: text,
    duration_ms: whole,
    passed: whole,
    failed: whole,
    summary: text,
  },
  'session.summary': {
    summary_type: needed(oneOf('start', 'end')),
    summary_text: needed(text),
    summary_data: object,
  },
  'approval.required': {
    approval_id: needed(text),
    tool: needed(text),
    risk_score: needed(number),
    reasons: needed(texts),
    action: needed(oneOf('required', 'blocked')),
    operation: text,
    file_path: text,
    agent: text,
    profile: text,
    requires_network: flag,
    requires_bash: flag,
    modifies_tests: flag,
    summary: text,
  },
  'approval.granted': { ...answer, status: needed(oneOf('granted')) },
  'approval.denied': { ...answer, status: needed(oneOf('denied')) },
  requirement_reference: {
    agent: needed(text),
    trigger: needed(text),
    requirement_ids: needed(texts),
    context: text,
  },
} as const satisfies Readonly<Record<string, Fields>>;

export type EventType = keyof typeof eventTypes;
export const eventTypeNames = Object.keys(eventTypes) as EventType[];
export const isEventType = (value: unknown): value is EventType =>
  typeof value === 'string' && Object.hasOwn(eventTypes, value);

type Value<F> = F extends Field<infer T> ? T : never;
type NeededOf<F> = { [K in keyof F]: F[K] extends Field<unknown, true> ? K : never }[keyof F];
type ValuesOf<F> = { readonly [K in NeededOf<F>]: Value<F[K]> } & {
  readonly [K in Exclude<keyof F, NeededOf<F>>]?: Value<F[K]>;
};
type Base = ValuesOf<typeof baseFields>;

/** An event of one type, valid. */
export type EventOf<T extends EventType> = { readonly event_type: T } & Base &
  ValuesOf<(typeof eventTypes)[T]>;
export type ActivityEvent = { [T in EventType]: EventOf<T> }[EventType];
