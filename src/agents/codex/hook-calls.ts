// The reader of hook calls. Of a command's end they do not say how it went; they say when it was, what was asked of the
// user, and that a session began and ended. Commands are called `Bash` here, whatever tool the model called.
import { rank } from '../../model/index.ts';
import type { Emit, Place, RecordReader, SourceFile } from '../../model/index.ts';
import { hashOf, isObject, number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { targetOf, typeOf } from './tools.ts';

interface HookState {
  /** Calls begun, by a hash of what they are: permission requests do not name the call. */
  begun: Record<string, string>;
  /** Calls that the user was asked about. */
  asked: Record<string, true>;
}

interface HookCall {
  readonly payload: Json;
  readonly process: number | undefined;
  readonly place: Place;
  readonly source: SourceFile;
  readonly state: HookState;
  readonly emit: Emit;
}

const maxRemembered = 128;

export function hookReader(source: SourceFile, saved: unknown): RecordReader {
  const state: HookState = isObject(saved) ? (saved as unknown as HookState) : { begun: {}, asked: {} };
  return {
    read({ value, pos, line }, emit) {
      const payload = object(value['payload']);
      // `notify` says of a turn that has ended what `Stop` says, in words of its own.
      const isNotice = payload?.['type'] === 'agent-turn-complete';
      const event = isNotice ? 'Stop' : text(payload?.['hook_event_name']);
      const session = text(payload?.[isNotice ? 'thread-id' : 'session_id']);
      if (!payload || !event || !session) {
        emit({ fact: 'oddity', kind: 'wrong-shape', what: 'hook payload', pos, line });
        return;
      }
      const at = Math.max(0, number(value['time']) ?? 0);
      const run = text(payload['agent_id']) || session;
      const place: Place = { session, run, turn: undefined, at, pos, rank: rank.hook };
      const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
      if (reader) reader({ payload, process: number(value['ppid']), place, source, state, emit });
      else emit({ fact: 'oddity', kind: 'unknown-type', what: `hook ${event}`, pos, line });
    },
    state: () => state,
  };
}

const silent = (): void => {};

const readers: Readonly<Record<string, (call: HookCall) => void>> = {
  SessionStart: (call) => {
    tellSession(call);
    tell(call, 'started', text(call.payload['source']) ?? 'startup');
  },
  SessionEnd: (call) => {
    tell(call, 'ended', '');
    tell(call, 'endReason', text(call.payload['reason']) ?? 'other');
  },
  UserPromptSubmit: tellSession,
  PreToolUse: (call) => void begun(call),
  PostToolUse: (call) => {
    const { place, emit, state } = call;
    const key = begun(call);
    if (key === undefined) return;
    emit({ fact: 'result', key, place, status: 'pending', isError: false });
    const isFree = call.payload['permission_mode'] === 'bypassPermissions';
    const by = state.asked[key] ? 'user' : isFree ? 'mode' : undefined;
    if (by !== undefined) emit({ fact: 'approval', key, place, decision: 'approved', by });
    delete state.asked[key];
  },
  PermissionRequest: (call) => {
    const { payload, state } = call;
    const id = text(payload['tool_use_id']) ?? state.begun[hashOfCall(payload)];
    if (id === undefined) return;
    remember(state.asked, id, true);
    tell(call, 'asked', `permission ${id}`);
  },
  SubagentStart: ({ payload, place, emit }) => {
    if (place.run !== place.session)
      emit({ fact: 'run', run: place.run, place, type: text(payload['agent_type']), startedAt: place.at });
  },
  SubagentStop: ({ payload, place, emit }) => {
    const type = text(payload['agent_type']);
    if (place.run !== place.session)
      emit({ fact: 'run', run: place.run, place, type, status: 'completed', endedAt: place.at });
  },
  Stop: tellSession,
  // What they say stands in the rollout.
  Interrupt: silent,
  PostCompact: silent,
  PreCompact: silent,
  PreModelRequest: silent,
};

function begun(call: HookCall): string | undefined {
  const { payload, place, emit, state } = call;
  const key = text(payload['tool_use_id']);
  const name = text(payload['tool_name']);
  if (!key || name === undefined) return undefined;
  tellSession(call);
  remember(state.begun, hashOfCall(payload), key);
  const target = targetOf(name, payload['tool_input']);
  // The rollout has the tool's own name; of the two names the greater is kept, and `Bash` is the lesser.
  emit({ fact: 'call', key, place, name, type: typeOf(name), target, message: undefined });
  return key;
}

const hashOfCall = (payload: Json): string =>
  hashOf(
    `${text(payload['session_id']) ?? ''}\0${text(payload['tool_name']) ?? ''}\0${JSON.stringify(payload['tool_input'])}`,
  ).slice(0, 12);

function remember<T>(table: Record<string, T>, key: string, value: T): void {
  delete table[key];
  table[key] = value;
  const keys = Object.keys(table);
  for (const old of keys.slice(0, Math.max(0, keys.length - maxRemembered))) delete table[old];
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
  name: 'started' | 'ended' | 'endReason' | 'agent' | 'machine' | 'workspace' | 'process' | 'asked',
  value: string,
): void {
  emit({ fact: 'session', session, at, pos, name, value });
}
