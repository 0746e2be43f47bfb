// The reader of what the plugin tells. It knows what the database does not: that a session's process is there, what was
// asked of the user and what he said, that a call is under way.
import { rank } from '../../model/index.ts';
import type { Emit, Place, RecordReader, SourceFile } from '../../model/index.ts';
import { number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { keyOfCall } from './tool-call.ts';
import type { ToolCall } from './tool-call.ts';
import { tellCall, tellResult } from './tool.ts';

interface HookCall {
  readonly payload: Json;
  readonly process: number | undefined;
  readonly place: Place;
  readonly source: SourceFile;
  readonly emit: Emit;
}

export function hookReader(source: SourceFile): RecordReader {
  return {
    read(record, emit) {
      const oddity = (kind: 'wrong-shape' | 'unknown-type', what: string): void =>
        emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
      const payload = object(record.value['payload']);
      const event = text(payload?.['hook_event_name']);
      const session = text(payload?.['session_id']);
      if (!payload || !event || !session) {
        oddity('wrong-shape', 'hook payload');
        return;
      }
      const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
      if (!reader) {
        oddity('unknown-type', `hook ${event}`);
        return;
      }
      const run = text(payload['agent_id']) || session;
      const at = Math.max(0, number(record.value['time']) ?? 0);
      const place: Place = { session, run, turn: undefined, at, pos: record.pos, rank: rank.hook };
      reader({ payload, process: number(record.value['ppid']), place, source, emit });
    },
    // What a call tells depends on nothing before it.
    state: () => null,
  };
}

const readers: Readonly<Record<string, (call: HookCall) => void>> = {
  SessionStart: (call) => {
    tellSession(call);
    tell(call, 'started', 'startup');
  },
  SessionEnd: (call) => {
    tellSession(call);
    tell(call, 'ended', '');
    tell(call, 'endReason', 'exit');
  },
  UserPromptSubmit: tellSession,
  Stop: tellSession,
  PreToolUse: (call) => {
    tellSession(call);
    const told = callOf(call.payload, 'running');
    if (told) tellCall(call, told, call.place);
  },
  PostToolUse: (call) => ended(call, 'completed'),
  PostToolUseFailure: (call) => ended(call, 'error'),
  PermissionReply: ({ payload, place, emit }) => {
    const key = keyOfCall(text(payload['tool_use_id']));
    const reply = text(payload['reply']);
    if (key === undefined || reply === undefined) return;
    const decision = reply === 'reject' ? 'denied' : 'approved';
    emit({ fact: 'approval', key, place, decision, by: 'user' });
  },
  SubagentStart: ({ payload, place, emit }) =>
    emit({
      fact: 'run',
      run: place.run,
      place,
      type: text(payload['agent_type']),
      parent: text(payload['parent_id']),
      startedAt: place.at,
    }),
  SubagentStop: ({ place, emit }) =>
    emit({ fact: 'run', run: place.run, place, status: 'completed', endedAt: place.at }),
};

function ended(call: HookCall, status: 'completed' | 'error'): void {
  tellSession(call);
  const told = callOf(call.payload, status);
  if (!told) return;
  tellCall(call, told, call.place);
  tellResult(call, told, call.place);
}

/** Undefined for calls whose ids mean nothing without their message: the database tells of these alone. */
function callOf(payload: Json, status: string): ToolCall | undefined {
  const key = keyOfCall(text(payload['tool_use_id']));
  if (key === undefined) return undefined;
  const response = object(payload['tool_response']);
  return {
    key,
    name: text(payload['tool']) ?? '',
    input: object(payload['tool_input']) ?? {},
    metadata: object(response?.['metadata']) ?? {},
    output: text(response?.['output']) ?? '',
    status,
    error: text(payload['error']),
    startedAt: undefined,
    endedAt: undefined,
  };
}

function tellSession(call: HookCall): void {
  tell(call, 'agent', call.source.agent);
  tell(call, 'machine', call.source.machine);
  const cwd = text(call.payload['cwd']);
  if (cwd) tell(call, 'workspace', cwd);
  if (call.process) tell(call, 'process', String(call.process));
}

function tell(
  { place: { session, at, pos }, emit }: HookCall,
  name: 'agent' | 'machine' | 'workspace' | 'process' | 'started' | 'ended' | 'endReason',
  value: string,
): void {
  emit({ fact: 'session', session, at, pos, name, value });
}
