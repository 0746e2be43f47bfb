// The reader of rollouts: hands each record to what knows its type, and knows how long the copied head lasts.
import type { Emit, PlacedRecord, RecordReader, SourceFile } from '../../model/index.ts';
import { isObject, number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { readCompaction, readEvent } from './events.ts';
import { readResponseItem } from './items.ts';
import { readMeta, readTurnContext } from './meta.ts';
import { beginScope, freshState, oddity, placeOf, tell } from './state.ts';
import type { Reading, ReaderState } from './state.ts';
import { readUsageRecord } from './usage.ts';

const readers: Readonly<Record<string, (reading: Reading, payload: Json) => void>> = {
  session_meta: readMeta,
  turn_context: readTurnContext,
  response_item: readResponseItem,
  event_msg: readEvent,
  token_usage_record: readUsageRecord,
  compacted: readCompaction,
  // What was put before the model, and who woke whom: it stays in the stream.
  world_state: () => {},
  inter_agent_communication_metadata: () => {},
};

export function rolloutReader(source: SourceFile, saved: unknown): RecordReader {
  const state: ReaderState = isObject(saved) ? (saved as unknown as ReaderState) : freshState();
  return {
    read(record, emit) {
      readRecord(record, source, state, emit);
    },
    state: () => state,
  };
}

function readRecord(record: PlacedRecord, source: SourceFile, state: ReaderState, emit: Emit): void {
  const type = text(record.value['type']) ?? 'no type';
  const payload = object(record.value['payload']);
  const place = placeOf(record, source, state);
  endHead(state, record, place.at);
  const reading: Reading = { record, source, state, emit, place };
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!reader) oddity(reading, 'unknown-type', type);
  else if (!payload) oddity(reading, 'wrong-shape', `${type}.payload`);
  else reader(reading, payload);
  // Known only once the first record has been read.
  const { session, at, pos } = placeOf(record, source, state);
  emit({ fact: 'session', session, at, pos, name: 'activity', value: '' });
  const told = { ...reading, place: { ...place, session } };
  tell(told, 'agent', source.agent);
  tell(told, 'machine', source.machine);
}

/** Copied records are written in one go; what follows them comes from the network, or from a person. */
const maxPause = 100;

function endHead(state: ReaderState, { value }: PlacedRecord, at: number): void {
  const { head, until, forked } = state;
  if (forked) readOld(state, forked, at);
  if (!head) return;
  const ordinal = number(value['ordinal']);
  const isOver = until !== undefined && ordinal !== undefined ? ordinal >= until : at - head.last > maxPause;
  head.last = at;
  if (!isOver) return;
  delete state.head;
  state.isOwn = true;
  if (state.scope === head.thread) beginScope(state, state.thread ?? '');
}

/** A cut copy keeps the times of what it has copied, so that all of it is older than the thread. */
function readOld(state: ReaderState, forked: NonNullable<ReaderState['forked']>, at: number): void {
  const own = state.thread ?? '';
  if (at < forked.at) {
    if (state.scope === own) beginScope(state, forked.thread);
    return;
  }
  delete state.forked;
  if (state.scope === forked.thread) beginScope(state, own);
}
