// The reader of transcripts, of sessions and of subagents: hands each record to what knows its type.
import type { Emit, PlacedRecord, RecordReader, SourceFile } from '../../model/index.ts';
import { readAssistant } from './assistant.ts';
import { readAttachment } from './attachment.ts';
import { bookkeeping, readBookkeeping } from './bookkeeping.ts';
import { readProgress } from './progress.ts';
import { oddity } from './reading.ts';
import type { Reading } from './reading.ts';
import { isObject, text } from '../shared/shapes.ts';
import { freshState, placeOf } from './state.ts';
import type { ReaderState } from './state.ts';
import { readSystem } from './system.ts';
import { readUser } from './user.ts';

const readers: Readonly<Record<string, (reading: Reading) => void>> = {
  user: readUser,
  assistant: readAssistant,
  system: readSystem,
  attachment: readAttachment,
  progress: readProgress,
};

export function transcriptReader(source: SourceFile, saved: unknown): RecordReader {
  const state: ReaderState = isObject(saved) ? (saved as unknown as ReaderState) : freshState();
  /** Sibling agent files say only inside which session they belong to. */
  const sessionInside = source.session === undefined;

  function read(record: PlacedRecord, emit: Emit): void {
    const type = text(record.value['type']);
    const reading = { record, source, state, emit };
    tellSession(reading);
    const reader =
      type === undefined ? undefined : (readers[type] ?? (type in bookkeeping ? readBookkeeping : undefined));
    if (reader) reader(reading);
    else oddity(reading, 'unknown-type', type ?? 'no type');
    state.lastUuid = text(record.value['uuid']) ?? state.lastUuid;
  }

  return {
    read(record, emit) {
      if (sessionInside && state.session === undefined) {
        const held = state.held;
        if (!held) {
          state.held = { value: record.value, pos: record.pos, line: record.line };
          return;
        }
        const session = text(record.value['sessionId']) ?? text(held.value['sessionId']);
        if (session === undefined) return;
        state.session = session;
        delete state.held;
        read({ ...held, value: { ...held.value, sessionId: session } }, emit);
      }
      read(record, emit);
    },
    state: () => state,
  };
}

/** Tells what a record's envelope says of its session, where it is new. */
function tellSession(reading: Reading): void {
  const { record, source, state, emit } = reading;
  const r = record.value;
  const { session, run, at, pos } = placeOf(record, source, state);
  emit({ fact: 'session', session, at, pos, name: 'activity', value: '' });
  state.version = text(r['version']) ?? state.version;
  const tell = (
    name:
      | 'agent'
      | 'machine'
      | 'workspace'
      | 'branch'
      | 'version'
      | 'entrypoint'
      | 'permissionMode'
      | 'forkedFrom',
    value: unknown,
  ): void => {
    if (typeof value !== 'string' || value === '' || state.told[name] === value) return;
    state.told[name] = value;
    emit({ fact: 'session', session, at, pos, name, value });
  };
  tell('agent', source.agent);
  tell('machine', source.machine);
  if (run !== session) return;
  tell('workspace', r['cwd']);
  tell('branch', r['gitBranch']);
  tell('version', r['version']);
  tell('entrypoint', r['entrypoint']);
  tell('permissionMode', r['permissionMode']);
  // What a fork copied names the session that it comes from: since 2.1.329 beside the fork's own id, in 2.0.77 in its place.
  for (const other of [r['requestSessionId'], r['sessionId']])
    if (other !== session) tell('forkedFrom', other);
}
