// System records: compactions, retries of the API, and what the client says to the user.
import { number, object, text } from '../shared/shapes.ts';
import { placeOf } from './state.ts';
import { oddity } from './reading.ts';
import type { Reading } from './reading.ts';

/** Known, and nothing to tell. */
const silent: ReadonlySet<string> = new Set([
  'turn_duration',
  'stop_hook_summary',
  'bridge_status',
  'scheduled_task_fire',
  'thinking',
]);

export function readSystem(reading: Reading): void {
  const { record, source, state, emit } = reading;
  const r = record.value;
  const place = placeOf(record, source, state);
  const key = text(r['uuid']) ?? `${place.session}:${place.pos}`;
  const subtype = text(r['subtype']) ?? '';
  if (subtype === 'compact_boundary') {
    const told = object(r['compactMetadata']);
    const before = number(told?.['preTokens']);
    const after = number(told?.['postTokens']);
    const detail = {
      trigger: text(told?.['trigger']),
      preTokens: before,
      postTokens: after,
      durationMs: number(told?.['durationMs']),
    };
    emit({
      fact: 'entry',
      key,
      kind: 'compaction',
      place,
      text: text(r['content']) ?? 'Conversation compacted',
      detail,
    });
  } else if (subtype === 'microcompact_boundary') {
    const told = object(r['microcompactMetadata']);
    const detail = {
      microcompaction: true,
      preTokens: number(told?.['preTokens']),
      tokensSaved: number(told?.['tokensSaved']),
    };
    emit({
      fact: 'entry',
      key,
      kind: 'note',
      place,
      text: text(r['content']) ?? 'Context microcompacted',
      detail,
    });
  } else if (subtype === 'api_error') {
    const error = object(r['error']);
    const words = text(error?.['formatted']) ?? text(error?.['message']) ?? 'API error';
    const detail = {
      status: number(error?.['status']),
      attempt: number(r['retryAttempt']),
      of: number(r['maxRetries']),
      inMs: number(r['retryInMs']),
    };
    emit({ fact: 'entry', key, kind: 'retry', place, text: words, detail });
  } else if (['local_command', 'informational', 'away_summary'].includes(subtype)) {
    const words = (text(r['content']) ?? '').replaceAll(/<\/?local-command-std(?:out|err)>/g, '').trim();
    if (words) emit({ fact: 'entry', key, kind: 'note', place, text: words });
  } else if (!silent.has(subtype)) oddity(reading, 'unknown-type', `system/${subtype}`);
}
