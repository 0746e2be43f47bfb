// The reader of hook calls. Hooks know what transcripts do not: how long a call took without the permission prompt,
// what was asked of the user, which calls ran side by side, that a session began and ended.
import { createHash } from 'node:crypto';
import { rank } from '../../model/index.ts';
import type { Emit, Place, RecordReader, SourceFile } from '../../model/index.ts';
import { readTask, readTaskEnd } from './background.ts';
import { readChanges } from './changes.ts';
import { readAsk } from '../shared/asks.ts';
import { readCommits } from '../shared/commits.ts';
import { allowedByMode, denierByWords } from './permission.ts';
import { errorOf } from './result.ts';
import { contentText, isObject, number, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { remember } from './state.ts';
import { asks, descriptionOf, targetOf, typeOf } from './tools.ts';

interface HookState {
  /** Calls begun, by a hash of what they are: permission requests do not name the call. */
  begun: Record<string, string>;
  /** Calls that the user was asked about. */
  asked: Record<string, string>;
}

const maxRemembered = 128;

/** Events that tell nothing beyond what the transcript has. */
const silent: ReadonlySet<string> = new Set([
  'ConfigChange',
  'CwdChanged',
  'DirectoryAdded',
  'Elicitation',
  'ElicitationResult',
  'InstructionsLoaded',
  'Notification',
  'PostCompact',
  'PostModelSwitch',
  'PreCompact',
  'PreModelSwitch',
  'Setup',
  'Stop',
  'StopFailure',
  'TaskCompleted',
  'TaskCreated',
  'TeammateIdle',
  'UserPromptExpansion',
]);

interface HookCall {
  readonly event: string;
  readonly payload: Json;
  /** The process that called it. */
  readonly process: number | undefined;
  readonly place: Place;
  readonly source: SourceFile;
  readonly state: HookState;
  readonly emit: Emit;
}

export function hookReader(source: SourceFile, saved: unknown): RecordReader {
  const state: HookState = isObject(saved) ? (saved as unknown as HookState) : { begun: {}, asked: {} };
  return {
    read(record, emit) {
      const payload = object(record.value['payload']);
      const event = text(payload?.['hook_event_name']);
      const session = text(payload?.['session_id']);
      if (!payload || event === undefined || session === undefined) {
        emit({
          fact: 'oddity',
          kind: 'wrong-shape',
          what: 'hook payload',
          pos: record.pos,
          line: record.line,
        });
        return;
      }
      const at = number(record.value['time']) ?? 0;
      const run = text(payload['agent_id']) ?? session;
      const place: Place = { session, run, turn: undefined, at, pos: record.pos, rank: rank.hook };
      const reader = readers[event];
      if (reader)
        reader({ event, payload, process: number(record.value['ppid']), place, source, state, emit });
      else if (!silent.has(event))
        emit({
          fact: 'oddity',
          kind: 'unknown-type',
          what: `hook ${event}`,
          pos: record.pos,
          line: record.line,
        });
    },
    state: () => state,
  };
}

const readers: Readonly<Record<string, (call: HookCall) => void>> = {
  // A SessionStart may carry an id that no later event has, so a session is known by what happens in it.
  SessionStart: ({ payload, place, emit }) =>
    tell(place, emit, 'started', text(payload['source']) ?? 'startup'),
  SessionEnd: ({ payload, place, emit }) => {
    const reason = text(payload['reason']) ?? 'other';
    tell(place, emit, 'ended', '');
    tell(place, emit, 'endReason', reason);
  },
  UserPromptSubmit: (call) => {
    tellSession(call);
    readTaskEnd(text(call.payload['prompt']), call.place, call.emit);
  },
  PreToolUse: (call) => begun(call, call.payload),
  PostToolUse: (call) => {
    begun(call, call.payload);
    ended(call, 'success');
  },
  PostToolUseFailure: (call) => {
    begun(call, call.payload);
    ended(call, call.payload['is_interrupt'] === true ? 'interrupted' : 'failed');
  },
  PostToolBatch: (call) => readBatch(call),
  PermissionRequest: ({ payload, state, place, emit }) => {
    const key = keyOf(payload);
    const id = state.begun[key];
    if (id === undefined) return;
    remember(state.asked, id, key, maxRemembered);
    // A question is told by the call itself: the user is asked for no leave to be asked.
    if (!Object.hasOwn(asks, text(payload['tool_name']) ?? ''))
      tell(place, emit, 'asked', `permission ${id}`);
  },
  // Fires where auto mode's classifier says no.
  PermissionDenied: ({ payload, place, emit }) => {
    const key = text(payload['tool_use_id']);
    if (key === undefined) return;
    emit({ fact: 'approval', key, place, decision: 'denied', by: 'classifier' });
    emit({ fact: 'result', key, place, status: 'blocked', isError: false, error: text(payload['reason']) });
  },
  SubagentStart: ({ payload, place, emit }) => {
    const run = text(payload['agent_id']);
    if (run)
      emit({ fact: 'run', run, place, type: text(payload['agent_type']) || undefined, startedAt: place.at });
  },
  SubagentStop: ({ payload, place, emit }) => {
    const run = text(payload['agent_id']);
    // A compaction stops a subagent that never was: it has no type.
    if (run && payload['agent_type'] !== '')
      emit({
        fact: 'run',
        run,
        place,
        type: text(payload['agent_type']),
        status: 'completed',
        endedAt: place.at,
      });
  },
};

function begun(call: HookCall, payload: Json): string | undefined {
  const { place, emit, state } = call;
  const key = text(payload['tool_use_id']);
  const name = text(payload['tool_name']);
  if (key === undefined || name === undefined) return undefined;
  tellSession(call);
  const input = object(payload['tool_input']) ?? {};
  emit({
    fact: 'call',
    key,
    place,
    name,
    type: typeOf(name),
    target: targetOf(name, input),
    message: undefined,
    description: descriptionOf(name, input),
  });
  readAsk(asks, name, key, place, emit);
  remember(state.begun, keyOf(payload), key, maxRemembered);
  return key;
}

function ended(
  { payload, place, emit, state }: HookCall,
  status: 'success' | 'failed' | 'interrupted',
): void {
  const key = text(payload['tool_use_id']);
  if (key === undefined) return;
  const told = object(payload['tool_response']);
  const spawned = text(told?.['agentId']);
  const error = status === 'success' ? undefined : errorOf(text(payload['error']) ?? '');
  emit({
    fact: 'result',
    key,
    place,
    status,
    isError: status !== 'success',
    error,
    durationMs: number(payload['duration_ms']),
    spawned,
  });
  readTask(key, told, place, emit);
  if (spawned !== undefined) emit({ fact: 'run', run: spawned, place, operation: key });
  if (told && status === 'success') readEffects(key, payload, told, place, emit);
  const allowed = allowedByMode(text(payload['permission_mode']), text(payload['tool_name']) ?? '');
  const by = state.asked[key] === undefined ? (allowed ? 'mode' : undefined) : 'user';
  if (by !== undefined) emit({ fact: 'approval', key, place, decision: 'approved', by });
  delete state.asked[key];
}

/** Where no transcript is kept, hooks alone know what was changed. */
function readEffects(key: string, payload: Json, told: Json, place: Place, emit: Emit): void {
  const name = text(payload['tool_name']) ?? '';
  const input = object(payload['tool_input']) ?? {};
  readChanges(key, { name, input }, told, place, emit);
  if (name === 'Bash')
    readCommits(key, text(input['command']) ?? '', text(told['stdout']) ?? '', told, place, emit);
}

/** Calls that failed validation, or were denied, are seen here alone; all calls of one batch ran side by side. */
function readBatch(call: HookCall): void {
  const calls = objects(call.payload['tool_calls']);
  const batch = calls.length > 1 ? text(calls[0]?.['tool_use_id']) : undefined;
  for (const one of calls) {
    const key = begun(call, one);
    if (key === undefined) continue;
    const response = one['tool_response'];
    const words = typeof response === 'string' ? response : contentText(response);
    const by = denierByWords(words);
    const failed = by === undefined && words.startsWith('<tool_use_error>');
    if (by !== undefined) call.emit({ fact: 'approval', key, place: call.place, decision: 'denied', by });
    if (!failed && by === undefined && batch === undefined) continue;
    // For calls that ran, PostToolUse or its failure has told the status.
    const status = failed ? 'failed' : by === undefined ? 'pending' : 'blocked';
    const isError = status !== 'pending';
    call.emit({
      fact: 'result',
      key,
      place: call.place,
      status,
      isError,
      error: isError ? errorOf(words) : undefined,
      batch,
    });
  }
}

const keyOf = (payload: Json): string =>
  createHash('sha1')
    .update(
      `${text(payload['session_id']) ?? ''}\0${text(payload['tool_name']) ?? ''}\0${JSON.stringify(payload['tool_input'])}`,
    )
    .digest('hex')
    .slice(0, 12);

function tellSession({ payload, process, place, source, emit }: HookCall): void {
  tell(place, emit, 'agent', source.agent);
  tell(place, emit, 'machine', source.machine);
  const cwd = text(payload['cwd']);
  if (cwd) tell(place, emit, 'workspace', cwd);
  if (process) tell(place, emit, 'process', String(process));
}

function tell(
  { session, at, pos }: Place,
  emit: Emit,
  name: 'started' | 'ended' | 'endReason' | 'agent' | 'machine' | 'workspace' | 'process' | 'asked',
  value: string,
): void {
  emit({ fact: 'session', session, at, pos, name, value });
}
