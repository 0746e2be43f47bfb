// Records without a part in the conversation: titles, modes, links, snapshots, the client's own books.
import { text } from '../shared/shapes.ts';
import { readTaskEnd } from './background.ts';
import { placeOf } from './state.ts';
import type { Reading } from './reading.ts';

/** Record types that are known; the function tells what is worth telling. */
export const bookkeeping: Readonly<Record<string, ((reading: Reading) => void) | undefined>> = {
  'agent-color': undefined,
  'agent-name': (reading) => title(reading, 'agentName', 2),
  'agent-setting': undefined,
  'ai-title': (reading) => title(reading, 'aiTitle', 2),
  'api-request': undefined,
  'api-request-blob': undefined,
  'api-request-shape': undefined,
  'atis-latch': undefined,
  'attribution-snapshot': undefined,
  'bridge-session': undefined,
  'content-replacement': undefined,
  'cost-state': costState,
  'custom-title': (reading) => title(reading, 'customTitle', 3),
  'file-history-delta': undefined,
  'file-history-snapshot': undefined,
  'last-prompt': undefined,
  mode: undefined,
  'permission-mode': undefined,
  'pr-link': pullRequest,
  'queue-operation': ({ record, source, state, emit }) =>
    readTaskEnd(text(record.value['content']), placeOf(record, source, state), emit),
  relocated: undefined,
  summary,
  'tools-used': undefined,
  'worktree-state': undefined,
};

export function readBookkeeping(reading: Reading): void {
  bookkeeping[text(reading.record.value['type']) ?? '']?.(reading);
}

function title({ record, source, state, emit }: Reading, field: string, weight: number): void {
  const value = text(record.value[field])?.trim();
  const { session, at, pos } = placeOf(record, source, state);
  if (value) emit({ fact: 'session', session, at, pos, name: 'title', value, weight });
}

/** A summary may be of another session; it is this one's only if it names the record that has just been read. */
function summary(reading: Reading): void {
  const { record, state } = reading;
  if (record.value['leafUuid'] !== undefined && record.value['leafUuid'] === state.lastUuid)
    title(reading, 'summary', 1);
}

function costState({ record, source, state, emit }: Reading): void {
  const { session, at, pos } = placeOf(record, source, state);
  emit({ fact: 'session', session, at, pos, name: 'costState', value: JSON.stringify(record.value) });
  const dollars = record.value['totalCostUSD'];
  if (typeof dollars === 'number' && dollars >= 0)
    emit({
      fact: 'session',
      session,
      at,
      pos,
      name: 'reportedCost',
      value: String(Math.round(dollars * 1e6)),
    });
}

function pullRequest({ record, source, state, emit }: Reading): void {
  const r = record.value;
  const place = placeOf(record, source, state);
  const url = text(r['prUrl']);
  if (url === undefined) return;
  const detail = { number: r['prNumber'], repository: r['prRepository'] };
  emit({ fact: 'entry', key: `${place.session}|pr|${url}`, kind: 'pull_request', place, text: url, detail });
}

/** The document beside a subagent's transcript. */
export function readAgentMeta({ record, source, emit }: Reading): void {
  const r = record.value;
  const run = source.run;
  if (run === undefined || source.session === undefined) return;
  const place = { session: source.session, run, turn: undefined, at: 0, pos: record.pos, rank: 0 as const };
  const words = (name: string): string | undefined => text(r[name]);
  const status = r['finished'] === true ? 'completed' : undefined;
  emit({
    fact: 'run',
    run,
    place,
    type: words('agentType'),
    description: words('description'),
    model: words('model'),
    operation: words('toolUseId'),
    parent: words('parentAgentId'),
    status,
  });
}
