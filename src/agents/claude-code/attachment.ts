// Attachments: what the client put before the model. What a person would look for is told; listings of tools, skills
// and reminders stay in the stream.
import { readTaskEnd } from './background.ts';
import { list, object, text } from '../shared/shapes.ts';
import { placeOf } from './state.ts';
import { oddity } from './reading.ts';
import type { Reading } from './reading.ts';

/** Known, and nothing to tell. */
const silent: ReadonlySet<string> = new Set([
  'agent_listing_delta',
  'async_hook_response',
  'auto_mode',
  'auto_mode_exit',
  'budget_usd',
  'command_permissions',
  'compact_file_reference',
  'context_efficiency',
  'critical_system_reminder',
  'date',
  'date_change',
  'deferred_tools_delta',
  'deferred_tools_record',
  'environment',
  'hook_additional_context',
  'hook_cancelled',
  'hook_non_blocking_error',
  'hook_success',
  'hook_system_message',
  'instructions',
  'invoked_skills',
  'mcp_instructions_delta',
  'model',
  'nested_memory',
  'output_style',
  'plan_mode',
  'plan_mode_exit',
  'plan_mode_reentry',
  'prompt_snapshot',
  'remote_session_change',
  'session_context',
  'silent_turn_reminder',
  'skill_listing',
  'task_reminder',
  'task_status',
  'todo_reminder',
  'total_tokens_reminder',
  'ultra_effort_enter',
  'ultra_effort_exit',
  'workflow_keyword_request',
]);

export function readAttachment(reading: Reading): void {
  const { record, source, state, emit } = reading;
  const attachment = object(record.value['attachment']);
  const type = text(attachment?.['type']) ?? '';
  const place = placeOf(record, source, state);
  const key = text(record.value['uuid']) ?? `${place.session}:${place.pos}`;
  const file = text(attachment?.['filename']) ?? text(attachment?.['path']) ?? '';
  if (type === 'file' || type === 'directory' || type === 'edited_text_file' || type === 'pdf_reference') {
    emit({
      fact: 'entry',
      key,
      kind: 'attachment',
      place,
      text: `${type.replaceAll('_', ' ')} ${file}`.trim(),
      detail: { type, path: file },
    });
  } else if (type === 'diagnostics') {
    const files = list(attachment?.['files']).flatMap((one) => text(object(one)?.['uri']) ?? []);
    emit({
      fact: 'entry',
      key,
      kind: 'attachment',
      place,
      text: `diagnostics ${files.join(' ')}`,
      detail: { type, files },
    });
  } else if (type === 'queued_command') {
    const words = text(attachment?.['prompt']) ?? '';
    readTaskEnd(words, place, emit);
    if (words && !words.startsWith('<task-notification>'))
      emit({ fact: 'entry', key, kind: 'note', place, text: words, detail: { queued: true } });
  } else if (!silent.has(type)) oddity(reading, 'unknown-type', `attachment/${type}`);
}
