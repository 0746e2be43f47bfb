// The records that say what a thread is: session_meta, of which only the first names the file's thread, and turn_context.
import type { Emit } from '../../model/index.ts';
import { number, object, text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { beginScope, isMain, placeOf, tell } from './state.ts';
import type { Reading } from './state.ts';

export function readMeta(reading: Reading, meta: Json): void {
  const { state } = reading;
  const id = text(meta['id']);
  if (id === undefined) return;
  if (state.thread === undefined) begin(reading, meta, id);
  else if (id !== state.thread) beginHead(reading, id);
}

function begin({ record, source, state, emit }: Reading, meta: Json, id: string): void {
  state.thread = id;
  const spawn = object(object(object(meta['source'])?.['subagent'])?.['thread_spawn']);
  const parent = text(meta['parent_thread_id']) ?? text(spawn?.['parent_thread_id']);
  const root = text(meta['session_id']) ?? parent ?? id;
  state.session = root || id;
  const cwd = text(meta['cwd']);
  if (cwd !== undefined) state.cwd = cwd;
  beginScope(state, id);
  const reading: Reading = { record, source, state, emit, place: placeOf(record, source, state) };
  tell(reading, 'version', meta['cli_version']);
  if (!isMain(reading.place)) {
    emitRun(reading, meta, spawn, parent);
    const until = number(meta['subagent_history_start_ordinal']);
    if (until !== undefined) state.until = until;
    return;
  }
  tell(reading, 'workspace', meta['cwd']);
  tell(reading, 'branch', object(meta['git'])?.['branch']);
  tell(reading, 'entrypoint', text(meta['source']) ?? meta['originator']);
  const forkedFrom = text(meta['forked_from_id']);
  const began = time(meta['timestamp']);
  if (forkedFrom && began !== undefined) state.forked = { thread: forkedFrom, at: began };
  tell(reading, 'forkedFrom', forkedFrom);
}

function emitRun({ place, emit }: Reading, meta: Json, spawn: Json | undefined, parent: string | undefined) {
  const kind = object(meta['source'])?.['subagent'];
  emit({
    fact: 'run',
    run: place.run,
    place,
    type: text(spawn?.['agent_role']) ?? text(kind),
    description: text(meta['agent_path']) ?? text(spawn?.['agent_nickname']),
    parent: parent === place.session ? undefined : parent,
    startedAt: place.at,
  } satisfies Parameters<Emit>[0]);
}

/** What follows was copied from another thread, until the head ends; where that one has a head too, from the last named. */
function beginHead(reading: Reading, id: string): void {
  const { state, place } = reading;
  if (state.isOwn) return;
  if (!state.head && isMain(place)) tell(reading, 'forkedFrom', id);
  state.head = { thread: id, last: place.at };
  beginScope(state, id);
}

export function readTurnContext(reading: Reading, context: Json): void {
  const { state } = reading;
  const turn = text(context['turn_id']);
  if (turn) beginScope(state, turn);
  const cwd = text(context['cwd']);
  const model = text(context['model']);
  if (model !== undefined) state.model = model;
  if (cwd !== undefined) state.cwd = cwd;
  const policy = text(context['approval_policy']);
  if (policy !== undefined) state.policy = policy;
  if (!isMain(reading.place)) return;
  tell(reading, 'permissionMode', policy);
}

/** Where responses are served at another price. */
export function readSettings({ state }: Reading, payload: Json): void {
  const tier = text(object(payload['thread_settings'])?.['service_tier']);
  if (tier === undefined || tier === 'default' || tier === 'auto') delete state.tier;
  else state.tier = tier;
}
