// An event in a line or a few: what timelines show, and what is searched.
import type { ActivityEvent } from './types.ts';

/** Words, with what is absent left out. */
const words = (...parts: readonly (string | number | undefined | false)[]): string =>
  parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ');
const below = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n');

export function eventText(e: ActivityEvent): string {
  switch (e.event_type) {
    case 'agent_invocation':
      return `${e.agent} ${e.status ?? ''} (by ${e.invoked_by}): ${e.reason}`;
    case 'tool_usage':
      return below(
        words(e.tool, e.operation, e.success === false && 'failed'),
        e.error_message ?? e.result_summary,
      );
    case 'file_operation':
      return words(e.operation, e.file_path);
    case 'decision':
      return below(`${e.question} → ${e.selected}`, e.rationale);
    case 'error':
      return below(`${e.error_type}: ${e.error_message}`, e.attempted_fix && `tried: ${e.attempted_fix}`);
    case 'context_snapshot':
      return `context: ${e.tokens_after} tokens, ${e.files_in_context_count} files`;
    case 'validation':
      return below(
        words(e.validation_type, e.task && `of ${e.task}:`, e.result),
        ...(e.failures ?? []),
        ...(e.warnings ?? []),
      );
    case 'task.started':
      return below(`task ${e.task_id} started: ${e.task_name} (${e.stage})`, e.summary);
    case 'task.stage_changed':
      return below(words('task', e.task_id, e.task_name, '→', e.stage), e.summary);
    case 'task.completed':
      return below(words('task', e.task_id, e.task_name, `is over: ${e.status}`), e.summary);
    case 'test.run_started':
      return words('tests', e.test_suite, 'started', e.command && `(${e.command})`);
    case 'test.run_completed':
      return below(
        words(
          `tests ${e.test_suite}: ${e.status}`,
          e.passed !== undefined && `${e.passed} passed`,
          e.failed !== undefined && `${e.failed} failed`,
        ),
        e.summary,
      );
    case 'session.summary':
      return e.summary_text;
    case 'approval.required':
      return words(
        e.action === 'blocked' ? 'blocked:' : 'approval required:',
        e.tool,
        e.operation,
        e.file_path,
      );
    case 'approval.granted':
    case 'approval.denied':
      return below(
        words(`${e.status}:`, e.tool, e.operation, e.file_path, e.actor && `by ${e.actor}`),
        e.reason,
      );
    case 'requirement_reference':
      return words('requirements', e.requirement_ids.join(', '), `(${e.trigger})`, e.context);
  }
}
