// Events that are operations: the use of a tool, what was done to a file, and what was asked to be allowed.
import path from 'node:path';
import type { EventOf } from '../../model/events/index.ts';
import type { OperationType, Place } from '../../model/index.ts';
import { hashOf, text } from '../shared/shapes.ts';
import type { Reading } from './state.ts';

const types: readonly (readonly [type: OperationType, words: RegExp])[] = [
  ['execute', /bash|shell|exec|terminal|command|^run/],
  ['query', /grep|glob|search|find|query|fetch|web|sql/],
  ['write', /write|edit|create|modify|delete|rename|patch|replace/],
  ['read', /read|view|open|list|^ls$|cat/],
];

const typeOf = (tool: string, operation = ''): OperationType =>
  [tool, operation].flatMap(
    (word) => types.find(([, words]) => words.test(word.toLowerCase()))?.[0] ?? [],
  )[0] ?? 'other';

const targets = [
  'command',
  'file_path',
  'path',
  'pattern',
  'query',
  'url',
  'target',
  'description',
  'prompt',
];

function targetOf(event: EventOf<'tool_usage'>): string {
  const parameters: Readonly<Record<string, unknown>> = event.parameters ?? {};
  for (const name of targets) {
    const value = text(parameters[name]);
    if (value) return value;
  }
  return event.operation ?? event.result_summary ?? '';
}

export function tellTool({ emit }: Reading, place: Place, key: string, event: EventOf<'tool_usage'>): void {
  const { tool, operation, success = true, duration_ms, error_message } = event;
  emit({
    fact: 'call',
    key,
    place,
    name: tool,
    type: typeOf(tool, operation),
    target: targetOf(event),
    message: undefined,
    ...(operation && { description: operation }),
  });
  emit({
    fact: 'result',
    key,
    place,
    status: success ? 'success' : 'failed',
    isError: !success,
    ...(error_message && { error: error_message }),
    ...(duration_ms !== undefined && duration_ms >= 0 && { durationMs: duration_ms }),
  });
}

const kinds = { create: 'create', modify: 'update', delete: 'delete', rename: 'update' } as const;

export function tellFile(
  { emit, state }: Reading,
  place: Place,
  key: string,
  event: EventOf<'file_operation'>,
): void {
  const { operation, file_path, diff = '', lines_changed = 0 } = event;
  const target = state.project === undefined ? file_path : path.posix.resolve(state.project, file_path);
  const type = operation === 'read' ? 'read' : 'write';
  emit({ fact: 'call', key, place, name: operation, type, target, message: undefined });
  emit({ fact: 'result', key, place, status: 'success', isError: false });
  if (operation === 'read') return;
  const lines = diff.split('\n');
  const counted = (sign: string): number =>
    lines.filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
  const all = Math.max(0, lines_changed);
  emit({
    fact: 'change',
    operation: key,
    place,
    path: target,
    kind: kinds[operation],
    // Of a change without its diff it is not told how many of its lines were added.
    added: diff === '' && operation === 'create' ? all : counted('+'),
    removed: diff === '' && operation === 'delete' ? all : counted('-'),
    diff,
    partial: diff === '',
  });
}

type Approval = EventOf<'approval.required'> | EventOf<'approval.granted'> | EventOf<'approval.denied'>;

/** What is to be allowed is an operation of its own: which call it is of is not told. */
export function tellApproval({ emit }: Reading, place: Place, event: Approval): void {
  const { approval_id, tool = '', operation, file_path } = event;
  const key = approvalKey(place.session, approval_id);
  emit({
    fact: 'call',
    key,
    place,
    name: tool,
    type: typeOf(tool, operation),
    target: file_path ?? operation ?? '',
    message: undefined,
    ...(operation && { description: operation }),
  });
  if (event.event_type === 'approval.required') return;
  const decision = event.event_type === 'approval.granted' ? 'approved' : 'denied';
  emit({ fact: 'approval', key, place, decision, by: event.actor ?? 'unknown' });
  // Nothing tells otherwise of what was allowed, and it does not wait any more.
  emit({ fact: 'result', key, place, status: decision === 'denied' ? 'blocked' : 'success', isError: false });
}

const approvalKey = (session: string, id: string): string => `${id}|${hashOf(session).slice(0, 16)}`;
