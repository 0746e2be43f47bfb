// Progress records (2.1.12 to 2.1.81). Those of agents repeat a subagent's messages in its parent's file; where the
// subagent's own file is gone they are the only trace of it.
import { rank } from '../../model/index.ts';
import { readResponse } from './assistant.ts';
import { object, text, time } from '../shared/shapes.ts';
import { placeOf } from './state.ts';
import { oddity } from './reading.ts';
import type { Reading } from './reading.ts';
import { readUserRecord } from './user.ts';

/** Known, and nothing to tell. */
const silent: ReadonlySet<string> = new Set([
  'bash_progress',
  'hook_progress',
  'mcp_progress',
  'powershell_progress',
  'query_update',
  'search_results_received',
  'skill_progress',
  'waiting_for_task',
]);

export function readProgress(reading: Reading): void {
  const { record, source, state, emit } = reading;
  const data = object(record.value['data']);
  const type = text(data?.['type']) ?? '';
  if (type !== 'agent_progress') {
    if (!silent.has(type)) oddity(reading, 'unknown-type', `progress/${type}`);
    return;
  }
  const inner = object(data?.['message']);
  const run = text(data?.['agentId']);
  if (!inner || run === undefined) {
    oddity(reading, 'wrong-shape', 'progress.data');
    return;
  }
  const outer = placeOf(record, source, state, rank.echo);
  const place = { ...outer, run, turn: undefined, at: time(inner['timestamp']) ?? outer.at };
  emit({
    fact: 'run',
    run,
    place,
    operation: text(record.value['parentToolUseID']),
    startedAt: place.at,
    endedAt: place.at,
  });
  if (inner['type'] === 'assistant') readResponse(reading, inner, place);
  else if (inner['type'] === 'user') readUserRecord(reading, inner, place);
}
