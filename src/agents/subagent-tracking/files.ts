// What stands beside the logs: snapshots of what a session knew, handoffs, and the list of approvals.
import { eventKey, sessionOfEvents, timeOfEvent } from '../../model/events/index.ts';
import type { EventOf } from '../../model/events/index.ts';
import type { RecordFact } from '../../model/index.ts';
import { number, object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { tellApproval } from './operations.ts';
import { introduce, oddity, placeIn } from './state.ts';
import type { Reading } from './state.ts';

type Told = Pick<RecordFact, 'key' | 'kind' | 'subject' | 'text' | 'data'>;

/** A record, which stands in the session's timeline where there is a session. */
function tell({ state, emit, record }: Reading, session: string | null, told: Told): void {
  emit({
    fact: 'record',
    at: state.at,
    pos: record.pos,
    session,
    run: null,
    operation: null,
    root: state.project ?? null,
    parent: null,
    by: null,
    ...told,
  });
}

/** A session that is told of only here. */
const sessionOf = (reading: Reading, told: unknown): string | undefined => {
  const given = text(told) || reading.source.session;
  return given === undefined ? undefined : sessionOfEvents(given);
};

export function contextOf(reading: Reading, snapshot: Json): void {
  const { state, emit } = reading;
  const about = object(snapshot['metadata']) ?? {};
  const session = sessionOf(reading, about['session_id']);
  if (session === undefined)
    return oddity(reading, 'wrong-shape', 'metadata.session_id of a snapshot is missing');
  state.at = timeOfEvent(about['timestamp']) ?? state.at;
  introduce(reading, session);
  const id = text(about['snapshot_id']) ?? 'snapshot';
  const key = eventKey(session, id, snapshot);
  const words = ['snapshot', id, text(about['trigger'])].filter(Boolean).join(' ');
  const files = object(snapshot['file_operations']) ?? {};
  const tokens = object(object(snapshot['session_state'])?.['token_usage']) ?? {};
  tell(reading, session, {
    key,
    kind: 'context',
    subject: 'update',
    text: words,
    data: {
      content: snapshot,
      fileCount: number(files['files_in_context_count']) ?? null,
      tokenEstimate: number(tokens['tokens_consumed']) ?? null,
    },
  });
  emit({ fact: 'entry', key, kind: 'note', place: placeIn(reading, session), text: words });
}

/** `at`: when its file was written, where it does not say so itself. */
export function noteOf(reading: Reading, handoff: Json, at: number | undefined): void {
  const session = sessionOf(reading, undefined);
  const words = text(handoff['text']);
  if (session === undefined || words === undefined) return oddity(reading, 'wrong-shape', 'handoff');
  const said = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:\d\d)?/.exec(words)?.[0];
  reading.state.at = timeOfEvent(said) ?? Math.max(0, at ?? 0);
  introduce(reading, session);
  const key = eventKey(session, 'handoff', handoff);
  tell(reading, session, {
    key,
    kind: 'note',
    subject: 'handoff',
    text: words,
    data: { file: handoff['file'] ?? null },
  });
  reading.emit({ fact: 'entry', key, kind: 'note', place: placeIn(reading, session), text: words });
}

const answers = { granted: 'approval.granted', denied: 'approval.denied' } as const;

/** Approvals that name no session are kept, and are of none. */
export function approvalOf(reading: Reading, approval: Json): void {
  const { state } = reading;
  const id = text(approval['approval_id']) ?? text(approval['id']);
  if (id === undefined) return oddity(reading, 'wrong-shape', 'approval.id is missing');
  const named = text(approval['session_id']);
  const session = named === undefined ? undefined : sessionOfEvents(named);
  state.at =
    timeOfEvent(approval['decided_at'] ?? approval['created_at'] ?? approval['timestamp']) ?? state.at;
  const status = text(approval['status']) ?? '';
  const data = { ...approval, approval_id: id };
  const words = ['approval', id, status, text(approval['tool']), text(approval['file_path'])]
    .filter(Boolean)
    .join(' ');
  const key = eventKey(session ?? '', id, approval);
  tell(reading, session ?? null, { key, kind: 'event', subject: 'approval', text: words, data });
  if (session === undefined) return;
  introduce(reading, session);
  const event = {
    event_type: Object.hasOwn(answers, status)
      ? answers[status as keyof typeof answers]
      : 'approval.required',
    approval_id: id,
    tool: text(approval['tool']),
    operation: text(approval['operation']),
    file_path: text(approval['file_path']),
    actor: text(approval['actor']),
  };
  tellApproval(reading, placeIn(reading, session), event as EventOf<'approval.granted'>);
}
