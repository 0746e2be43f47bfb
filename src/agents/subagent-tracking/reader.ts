// The reader of all of subAgentTracking's files: lines of logs, and lines that documents.ts has made of the others.
import { eventKey, sessionOfEvents, timeOfEvent } from '../../model/events/index.ts';
import type { RecordFact, RecordReader, SourceFile } from '../../model/index.ts';
import { isObject, number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { tellEnd, tellEvent } from './events.ts';
import { approvalOf, contextOf, noteOf } from './files.ts';
import { agentName, introduce, oddity, placeIn, savedState, say, stateOf } from './state.ts';
import type { Reading } from './state.ts';
import { toldBy } from './told.ts';

export function readerOf(source: SourceFile, saved: unknown): RecordReader {
  const state = stateOf(saved);
  return {
    read(record, emit) {
      const reading: Reading = { record, source, state, emit };
      const own = object(record.value['clew']);
      if (own) readOwn(reading, own);
      else readLine(reading, record.value);
    },
    state: () => savedState(state),
  };
}

/** What documents.ts has to say. */
function readOwn(reading: Reading, own: Json): void {
  const { state } = reading;
  if (typeof own['project'] === 'string') state.project = own['project'];
  else if ('torn' in own) oddity(reading, 'bad-line', 'a line whose writer died');
  else if ('lost' in own) oddity(reading, 'bad-line', 'gzip that cannot be read');
  else if ('unsure' in own)
    oddity(reading, 'bad-line', 'gzip of several writers, which may be read in several ways');
  else if ('stray' in own) oddity(reading, 'bad-line', `${String(own['stray'])}, which is no log`);
  else if (isObject(own['state'])) contextOf(reading, own['state']);
  else if (isObject(own['handoff'])) noteOf(reading, own['handoff'], number(own['at']));
  else if (isObject(own['approval'])) approvalOf(reading, own['approval']);
  else oddity(reading, 'wrong-shape', 'clew');
}

function readLine(reading: Reading, line: Json): void {
  const { state, source } = reading;
  const told = toldBy(line, source.session, (session, agent) =>
    state.agents.get(agentName(sessionOfEvents(session), agent)),
  );
  if ('unknown' in told) oddity(reading, 'unknown-type', told.unknown);
  else if ('wrong' in told) for (const what of told.wrong) oddity(reading, 'wrong-shape', what);
  else if ('event' in told) tellEvent(reading, told.event, told.isEcho);
  else tellOther(reading, told.other, told.line, sessionOfEvents(told.session), told.metric);
}

/** What only the event bus has a name for. */
function tellOther(
  reading: Reading,
  name: string,
  line: Json,
  session: string,
  metric: string | undefined,
): void {
  const { state, emit, record } = reading;
  state.at = timeOfEvent(line['timestamp']) ?? state.at;
  introduce(reading, session);
  const key = eventKey(session, text(line['event_id']) ?? '', line);
  const words = wordsOf(name, line);
  const base = {
    fact: 'record',
    at: state.at,
    pos: record.pos,
    session,
    run: null,
    operation: null,
    root: state.project ?? null,
    by: text(line['agent']) ?? null,
  } as const satisfies Partial<RecordFact>;
  emit({ ...base, key, kind: 'event', subject: name, parent: null, text: words, data: line });
  emit({ fact: 'entry', key, kind: 'note', place: placeIn(reading, session), text: words });
  if (name === 'session.started') say(reading, session, 'started', '');
  if (name === 'session.ended')
    tellEnd(reading, session, text(line['exit_reason']) ?? 'completed', number(line['total_cost']));
  const value = metric === undefined ? undefined : number(line[metric]);
  if (metric === undefined || value === undefined) return;
  const { timestamp: _, session_id: __, trace_id: ___, event_id: ____, ...metadata } = line;
  emit({
    ...base,
    key: `${key}|metric`,
    kind: 'metric',
    subject: metric === 'spent' ? 'budget_spent' : metric,
    parent: key,
    text: '',
    data: { value, metadata },
  });
}

const quiet: ReadonlySet<string> = new Set(['event_type', 'timestamp', 'session_id', 'event_id', 'trace_id']);
const wordsOf = (name: string, line: Json): string =>
  [
    name,
    ...Object.entries(line).flatMap(([field, value]) =>
      quiet.has(field) || typeof value === 'object' ? [] : [`${field} ${shown(value).slice(0, 200)}`],
    ),
  ].join(', ');

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
