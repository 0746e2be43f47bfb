// Events: what was shown to the user. Prompts stand here alone; commands, patches and subagents are told with more than
// their calls' outputs have.
import { list, number, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { textOf } from './parts.ts';
import { readSettings } from './meta.ts';
import { durationOf, readCommand, readPatch } from './results.ts';
import { beginScope, isMain, keyOf, oddity, tell } from './state.ts';
import type { Reading } from './state.ts';
import { readTokenCount } from './usage.ts';

type Reader = (reading: Reading, payload: Json) => void;
const silent: Reader = () => {};

const readers: Readonly<Record<string, Reader>> = {
  token_count: readTokenCount,
  user_message: (reading, p) => readPrompt(reading, text(p['message']) ?? '', imagesOf(p)),
  item_completed: readItem,
  exec_command_end: (reading, p) => readCommand(reading, p, text(p['call_id'])),
  patch_apply_end: (reading, p) => readPatch(reading, p, text(p['call_id'])),
  mcp_tool_call_end: readMcp,
  task_started: (reading, p) => beginScope(reading.state, text(p['turn_id']) || reading.state.scope),
  task_complete: readTaskEnd,
  turn_aborted: readAbort,
  thread_settings_applied: readSettings,
  thread_name_updated: (reading, p) => {
    if (isMain(reading.place)) tell(reading, 'title', p['thread_name']);
  },
  collab_agent_spawn_end: (reading, p) => readSpawn(reading, text(p['call_id']), text(p['new_thread_id']), p),
  sub_agent_activity: readActivity,
  error: (reading, p) => readError(reading, text(p['message']) ?? 'error', p['codex_error_info']),
  stream_error: (reading, p) => readError(reading, text(p['message']) ?? 'stream error', undefined),
  plan_update: silent,
  // Told by response items, or by the record that it comes with.
  agent_message: silent,
  agent_reasoning: silent,
  agent_reasoning_raw_content: silent,
  agent_reasoning_section_break: silent,
  collab_agent_interaction_end: silent,
  collab_close_end: silent,
  collab_resume_end: silent,
  collab_waiting_end: silent,
  context_compacted: silent,
  entered_review_mode: silent,
  exited_review_mode: silent,
  exec_command_begin: silent,
  exec_command_output_delta: silent,
  patch_apply_begin: silent,
  mcp_tool_call_begin: silent,
  item_started: silent,
  thread_rolled_back: silent,
  turn_diff: silent,
  undo_completed: silent,
  view_image_tool_call: silent,
  warning: silent,
  web_search_end: silent,
};

export function readEvent(reading: Reading, payload: Json): void {
  const type = text(payload['type']) ?? 'no type';
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (reader) reader(reading, payload);
  else oddity(reading, 'unknown-type', `event_msg/${type}`);
}

const items: Readonly<Record<string, Reader>> = {
  UserMessage: (reading, item) => readPrompt(reading, textOf(item['content']), imagesIn(item['content'])),
  CommandExecution: (reading, item) => readCommand(reading, item, text(item['id'])),
  FileChange: (reading, item) => readPatch(reading, item, text(item['id'])),
  CollabAgentToolCall: (reading, item) => {
    const [spawned] = list(item['receiver_thread_ids']).map(text);
    if (item['tool'] === 'spawn_agent') readSpawn(reading, text(item['id']), spawned, item);
  },
  SubAgentActivity: (reading, item) =>
    readActivity(reading, { ...item, event_id: item['id'], agent_thread_id: item['agent_thread_id'] }),
  Plan: (reading, item) => {
    const words = text(item['text']) ?? textOf(item['content']);
    const { state, place, emit } = reading;
    if (words) emit({ fact: 'entry', key: keyOf(state, 'plan', words), kind: 'plan', place, text: words });
  },
  McpToolCall: (reading, item) => readMcp(reading, { ...item, call_id: item['id'] }),
};

function readItem(reading: Reading, payload: Json): void {
  const item = object(payload['item']);
  const type = text(item?.['type']) ?? '';
  // The others are told by response items.
  if (item && Object.hasOwn(items, type)) items[type]?.(reading, item);
  else if (!item) oddity(reading, 'wrong-shape', 'item_completed.item');
}

/** In a copied head stand the prompts of the thread that it was copied from. */
function readPrompt({ state, place, emit }: Reading, words: string, images: readonly string[]): void {
  const isOwn = isMain(place) || state.head !== undefined;
  const key = keyOf(state, 'prompt', words);
  if (isMain(place)) state.turn = key;
  const at = isMain(place) ? { ...place, turn: key } : place;
  emit({ fact: 'entry', key, kind: isOwn ? 'prompt' : 'agent_prompt', place: at, text: words });
  for (const [n, image] of images.entries())
    emit({ fact: 'entry', key: `${key}|media${n}`, kind: 'attachment', place: at, text: image });
}

const imagesOf = (payload: Json): string[] => [
  ...list(payload['images']).map(() => 'image'),
  ...list(payload['local_images']).map((one) => `image ${text(one) ?? ''}`.trim()),
];

const imagesIn = (content: unknown): string[] =>
  objects(content).flatMap((part) => {
    const type = text(part['type']) ?? '';
    return /image/i.test(type) ? [`image ${text(part['path']) ?? ''}`.trim()] : [];
  });

function readMcp({ state, place, emit }: Reading, payload: Json): void {
  const key = text(payload['call_id']);
  // Those of a script have no calls of their own.
  if (key === undefined || state.calls[key] === undefined) return;
  const result = object(payload['result']);
  const failed = result?.['Err'] !== undefined || object(result?.['Ok'])?.['isError'] === true;
  emit({
    fact: 'result',
    key,
    place,
    status: failed ? 'failed' : 'success',
    isError: false,
    durationMs: durationOf(payload['duration']),
  });
}

function readSpawn({ place, emit }: Reading, call: string | undefined, run: string | undefined, told: Json) {
  if (!call || !run) return;
  emit({ fact: 'result', key: call, place, status: 'pending', isError: false, spawned: run });
  emit({
    fact: 'run',
    run,
    place,
    operation: call,
    type: text(told['new_agent_role']),
    model: text(told['model']),
  });
}

function readActivity(reading: Reading, told: Json): void {
  const { place, emit } = reading;
  const run = text(told['agent_thread_id']);
  if (!run) return;
  if (told['kind'] === 'started') readSpawn(reading, text(told['event_id']), run, told);
  else if (told['kind'] === 'completed' || told['kind'] === 'interrupted')
    emit({ fact: 'run', run, place, status: text(told['kind']), endedAt: place.at });
}

function readTaskEnd(reading: Reading, payload: Json): void {
  const { state, place, emit } = reading;
  const error = object(payload['error']);
  if (error) readError(reading, text(error['message']) ?? 'error', error['codex_error_info']);
  if (!isMain(place) && state.head === undefined)
    emit({ fact: 'run', run: place.run, place, status: error ? 'failed' : 'completed', endedAt: place.at });
}

function readError({ state, place, emit }: Reading, words: string, info: unknown): void {
  const about = object(object(info) && Object.values(object(info) ?? {})[0]);
  const status = number(about?.['http_status_code']);
  const detail = status === undefined ? undefined : { status };
  emit({ fact: 'entry', key: keyOf(state, 'error', words), kind: 'api_error', place, text: words, detail });
}

/** A head may end with one that the client made up. */
function readAbort({ state, place, emit }: Reading, payload: Json): void {
  if (state.head !== undefined) return;
  const reason = text(payload['reason']) ?? 'interrupted';
  const key = `${state.scope}|aborted`;
  emit({ fact: 'entry', key, kind: 'interruption', place, text: reason });
  if (!isMain(place)) emit({ fact: 'run', run: place.run, place, status: reason, endedAt: place.at });
}

/** From here on the model's history is `replacement_history`. */
export function readCompaction({ state, place, emit }: Reading, payload: Json): void {
  const words = text(payload['message']) || 'Conversation compacted';
  const window = number(payload['window_number']) ?? number(payload['window_id']);
  const key = keyOf(state, 'compaction', words);
  const detail = window === undefined ? undefined : { window };
  emit({ fact: 'entry', key, kind: 'compaction', place, text: words, detail });
}
