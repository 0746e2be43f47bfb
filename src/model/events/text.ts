// An event in a line or a few: what timelines show, and what is searched.
import type { ActivityEvent, EventOf, EventType } from './types.ts';

/** Words, with what is absent left out. */
const words = (...parts: readonly (string | number | undefined | false)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ');
const below = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n');

type Tellers = { readonly [T in EventType]: (event: EventOf<T>) => string };

const taskText = (e: EventOf<'task.stage_changed'> | EventOf<'task.completed'>, what: string): string =>
  below(words('task', e.task_id, e.task_name, what), e.summary);
const answerText = (e: EventOf<'approval.granted'> | EventOf<'approval.denied'>): string =>
  below(words(`${e.status}:`, e.tool, e.operation, e.file_path, e.actor && `by ${e.actor}`), e.reason);

const tellers: Tellers = {
  agent_invocation: (e) => `${e.agent} ${e.status ?? ''} (by ${e.invoked_by}): ${e.reason}`,
  tool_usage: (e) =>
    below(words(e.tool, e.operation, e.success === false && 'failed'), e.error_message ?? e.result_summary),
  file_operation: (e) => words(e.operation, e.file_path),
  decision: (e) => below(`${e.question} → ${e.selected}`, e.rationale),
  error: (e) => below(`${e.error_type}: ${e.error_message}`, e.attempted_fix && `tried: ${e.attempted_fix}`),
  context_snapshot: (e) => `context: ${e.tokens_after} tokens, ${e.files_in_context_count} files`,
  validation: (e) =>
    below(
      words(e.validation_type, e.task && `of ${e.task}:`, e.result),
      ...(e.failures ?? []),
      ...(e.warnings ?? []),
    ),
  'task.started': (e) => below(`task ${e.task_id} started: ${e.task_name} (${e.stage})`, e.summary),
  'task.stage_changed': (e) => taskText(e, `→ ${e.stage}`),
  'task.completed': (e) => taskText(e, `is over: ${e.status}`),
  'test.run_started': (e) => words('tests', e.test_suite, 'started', e.command && `(${e.command})`),
  'test.run_completed': (e) =>
    below(
      words(
        `tests ${e.test_suite}: ${e.status}`,
        e.passed !== undefined && `${e.passed} passed`,
        e.failed !== undefined && `${e.failed} failed`,
      ),
      e.summary,
    ),
  'session.summary': (e) => e.summary_text,
  'approval.required': (e) =>
    words(e.action === 'blocked' ? 'blocked:' : 'approval required:', e.tool, e.operation, e.file_path),
  'approval.granted': answerText,
  'approval.denied': answerText,
  requirement_reference: (e) =>
    words('requirements', e.requirement_ids.join(', '), `(${e.trigger})`, e.context),
};

export const eventText = (event: ActivityEvent): string =>
  (tellers[event.event_type] as (event: ActivityEvent) => string)(event);
