// The journal's lines: `{id, time, record: {kind, …}}`, as docs/journal.md describes them.
import { rank, recordKinds, sessionValues } from '../../model/index.ts';
import type { Emit, EntryKind, PlacedRecord, Recorded, RecordKind, SessionFact } from '../../model/index.ts';

type Json = Record<string, unknown>;
type SessionValue = SessionFact['name'];

/** What stands in the session's timeline, and as what. */
const entryKindOf: Partial<Record<RecordKind, EntryKind>> = {
  session: 'note',
  interaction: 'note',
  context: 'note',
  work: 'note',
  work_status: 'note',
  work_done: 'note',
  event: 'note',
  note: 'note',
  skill: 'skill',
  decision: 'decision',
  commit_link: 'commit',
};

/** What is said about a session later, such as a note, does not make it last until then. */
const prolonging: ReadonlySet<RecordKind> = new Set(['session', 'interaction', 'context', 'event']);

/** Of events that are more than notes. */
const entryKindOfEvent: Readonly<Record<string, EntryKind>> = {
  decision: 'decision',
  error: 'error',
  'approval.required': 'permission',
  'approval.granted': 'permission',
  'approval.denied': 'permission',
};

export function readRecorded({ value, pos, line }: PlacedRecord, told: Json, emit: Emit): void {
  const kind = recordKinds.find((one) => one === told['kind']);
  const key = text(value['id']);
  if (kind === undefined || key === null) {
    emit({ fact: 'oddity', kind: 'wrong-shape', what: 'record of an unknown kind', pos, line });
    return;
  }
  const at = typeof value['time'] === 'number' ? value['time'] : 0;
  const record: Recorded = {
    kind,
    session: text(told['session']),
    run: text(told['run']),
    operation: text(told['operation']),
    root: text(told['root']),
    subject: text(told['subject']),
    parent: text(told['parent']),
    by: text(told['by']),
    text: text(told['text']) ?? '',
    data: told['data'] ?? null,
  };
  emit({ fact: 'record', key, at, pos, ...record });
  const { session } = record;
  if (session === null) return;
  const say = (name: SessionValue, said: string, weight?: number): void =>
    emit({
      fact: 'session',
      session,
      at,
      pos,
      name,
      value: said,
      ...(weight !== undefined && { weight }),
    });
  if (prolonging.has(kind)) say('activity', '');
  // What an agent itself wrote weighs more.
  for (const [name, said] of valuesOf(told['values'])) say(name, said, name === 'title' ? -1 : 0);
  const inside = kind === 'session' ? text((record.data as Json | null)?.['agentSession']) : null;
  if (inside !== null)
    emit({ fact: 'session', session: inside, at, pos, name: 'recordedAs', value: session });
  const entryKind = (kind === 'event' && entryKindOfEvent[record.subject ?? '']) || entryKindOf[kind];
  // A commit that the agent's own shell made stands in the timeline already.
  const { madeBy } = (record.data ?? {}) as Json;
  if (entryKind === undefined || (kind === 'commit_link' && madeBy !== undefined)) return;
  const place = { session, run: record.run ?? session, turn: undefined, at, pos, rank: rank.hook };
  const detail = {
    record: kind,
    ...(record.subject !== null && { subject: record.subject }),
    ...(entryKind === 'decision' && decisionIn(record.data)),
  };
  emit({ fact: 'entry', key, kind: entryKind, place, text: shownText(record), detail });
}

/** Of what is nothing but a step the text says which. */
function shownText({ kind, subject, text: said, data }: Recorded): string {
  const { status, selected } = (data ?? {}) as Json;
  if (kind === 'decision') return `${said} → ${text(selected) ?? '(no answer)'}`;
  if (kind === 'skill') return subject ?? '';
  const steps: Partial<Record<RecordKind, string>> = {
    session: `session ${subject}`,
    interaction: `${subject}`,
    work: `work on ${subject} begun`,
    work_status: `work on ${subject} is ${text(status)}`,
    work_done: `work on ${subject} done`,
  };
  return [steps[kind], said].filter(Boolean).join(': ');
}

/** As questions that agents put to their users are told. */
function decisionIn(data: unknown): object {
  const { question, options, selected, rationale } = (data ?? {}) as Json;
  const asked = {
    question: text(question) ?? '',
    options: Array.isArray(options) ? options.filter((one) => typeof one === 'string') : [],
    selected: text(selected),
  };
  return { asked: [asked], reason: text(rationale) ?? undefined };
}

function valuesOf(told: unknown): [SessionValue, string][] {
  if (typeof told !== 'object' || told === null) return [];
  return Object.entries(told).flatMap(([name, said]) => {
    const known = sessionValues.find((one) => one === name);
    return known !== undefined && typeof said === 'string' ? [[known, said]] : [];
  });
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
