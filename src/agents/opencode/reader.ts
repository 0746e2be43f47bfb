// The reader of a session, in whichever of its forms: hands each record to what knows its type.
import type { RecordReader, SourceFile } from '../../model/index.ts';
import { isObject, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { readMessage } from './message.ts';
import { readPart } from './part.ts';
import { freshState, isMain, oddity, placeOf, runOf, sessionOf, timeOf } from './state.ts';
import type { Reading, ReaderState } from './state.ts';

const readers: Readonly<Record<string, (reading: Reading) => void>> = {
  session: readSession,
  message: readMessage,
  part: readPart,
};

export function sessionReader(source: SourceFile, saved: unknown): RecordReader {
  const state: ReaderState = isObject(saved) ? (saved as unknown as ReaderState) : freshState();
  return {
    read(record, emit) {
      const reading = { record, source, state, emit };
      tell(reading, 'agent', source.agent);
      tell(reading, 'machine', source.machine);
      const type = text(record.value['type']) ?? 'no type';
      const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
      if (reader) reader(reading);
      else oddity(reading, 'unknown-type', type);
    },
    state: () => state,
  };
}

function readSession(reading: Reading): void {
  const { record, source, state, emit } = reading;
  const info = object(record.value['info']);
  if (!info) {
    oddity(reading, 'wrong-shape', 'session.info');
    return;
  }
  const time = object(info['time']);
  const created = timeOf(time?.['created']);
  const updated = timeOf(time?.['updated']);
  state.at = Math.max(state.at, created ?? 0);
  const session = sessionOf(source);
  for (const at of [created, updated])
    if (at !== undefined)
      emit({ fact: 'session', session, at, pos: record.pos, name: 'activity', value: '' });
  tell(reading, 'workspace', info['directory'], created);
  if (isMain(source)) {
    tell(reading, 'title', titleOf(info), updated);
    tell(reading, 'version', info['version'], created);
    return;
  }
  emit({
    fact: 'run',
    run: runOf(source),
    place: placeOf(reading, created),
    parent: text(info['parentID']),
    type: text(info['agent']),
    description: text(info['title']),
    startedAt: created,
  });
}

/** OpenCode names a session by its time until it has words of its own. */
const titleOf = (info: Json): string | undefined => {
  const title = text(info['title']);
  return title?.startsWith('New session - ') ? undefined : title;
};

function tell(
  { record, source, state, emit }: Reading,
  name: 'agent' | 'machine' | 'workspace' | 'title' | 'version',
  value: unknown,
  at = state.at,
): void {
  if (typeof value !== 'string' || value === '' || state.told[name] === value) return;
  state.told[name] = value;
  emit({ fact: 'session', session: sessionOf(source), at, pos: record.pos, name, value });
}
