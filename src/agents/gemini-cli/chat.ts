// The reader of chats: lines of JSON that are replayed from the top. What has an id is a message, written again as a whole
// when more of it is known; `$set` overwrites what is said of the session, and may say its whole history again.
import { rank } from '../../model/index.ts';
import type { RecordReader, SourceFile } from '../../model/index.ts';
import { isObject, objects, text, time } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { readMessage } from './message.ts';
import { directoriesIn, findFolder } from './project-folder.ts';
import { freshState, oddity, placeOf, tell, whose } from './state.ts';
import type { Reading, ReaderState } from './state.ts';

/** What `$set` may hold. */
const known: ReadonlySet<string> = new Set([
  'directories',
  'kind',
  'lastUpdated',
  'memoryScratchpad',
  'messages',
  'projectHash',
  'sessionId',
  'startTime',
  'summary',
]);

export function chatReader(source: SourceFile, saved: unknown): RecordReader {
  const state: ReaderState = isObject(saved) ? (saved as unknown as ReaderState) : freshState();
  return {
    read(record, emit) {
      const reading: Reading = { record, source, state, emit };
      const r = record.value;
      if (isObject(r['$set'])) readChange(reading, r['$set']);
      else if (typeof r['$rewindTo'] === 'string') readRewind(reading, r['$rewindTo']);
      else if (typeof r['id'] === 'string') readMessage(reading, r, rank.transcript);
      else if (typeof r['sessionId'] === 'string') readHeader(reading, r);
      else oddity(reading, 'unknown-type', text(r['type']) ?? Object.keys(r)[0] ?? 'no type');
      tellActivity(reading);
    },
    state: () => state,
  };
}

/** The first line of a chat; again each time that it is resumed. */
function readHeader(reading: Reading, r: Json): void {
  const { state, source } = reading;
  state.session ??= text(r['sessionId']) || undefined;
  state.at = Math.max(state.at, time(r['lastUpdated']) ?? 0, time(r['startTime']) ?? 0);
  if (state.told['workspace'] === undefined) state.folderHash ??= text(r['projectHash']);
  const folder = text(r['projectRoot']);
  if (folder !== undefined) {
    tell(reading, 'workspace', folder);
    delete state.folderHash;
  }
  findFolder(reading, directoriesIn(r));
  if (source.kind !== 'subagent') tell(reading, 'title', text(r['summary'])?.trim(), 2);
  // Some versions write messages there, too.
  for (const message of objects(r['messages'])) readMessage(reading, message, rank.repeat);
  if (source.kind === 'subagent' && !state.begun) {
    state.begun = true;
    const place = placeOf(reading, { timestamp: r['startTime'] });
    reading.emit({ fact: 'run', run: place.run, place, startedAt: place.at });
  }
}

function readChange(reading: Reading, set: Json): void {
  const { state, source } = reading;
  for (const name of Object.keys(set)) if (!known.has(name)) oddity(reading, 'unknown-type', `$set.${name}`);
  state.at = Math.max(state.at, time(set['lastUpdated']) ?? 0);
  findFolder(reading, directoriesIn(set));
  // Of a subagent it is what it answered.
  if (source.kind !== 'subagent') tell(reading, 'title', text(set['summary'])?.trim(), 2);
  if (set['messages'] === undefined) return;
  if (!Array.isArray(set['messages'])) oddity(reading, 'wrong-shape', '$set.messages');
  // What is said again begins with the first prompt; the turn that is under way goes on behind it.
  const { turn } = state;
  delete state.turn;
  for (const message of objects(set['messages'])) readMessage(reading, message, rank.repeat);
  if (turn !== undefined) state.turn = turn;
}

/** The user went back to before that message. What was said after it was said all the same. */
function readRewind(reading: Reading, message: string): void {
  const place = placeOf(reading, {});
  reading.emit({
    fact: 'entry',
    key: `${message}|rewind`,
    kind: 'note',
    place,
    text: 'went back to before this message',
    detail: { rewoundTo: message },
  });
}

function tellActivity(reading: Reading): void {
  const { state, source, record, emit } = reading;
  if (state.session === undefined && source.session === undefined && state.at === 0) return;
  tell(reading, 'agent', source.agent);
  tell(reading, 'machine', source.machine);
  const { session } = whose(reading);
  emit({ fact: 'session', session, at: state.at, pos: record.pos, name: 'activity', value: '' });
}
