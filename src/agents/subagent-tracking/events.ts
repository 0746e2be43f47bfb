// What an event is in clew's words: each is a record, and, as far as it is one, an entry, an operation, a run.
import { eventKey, eventText, sessionOfEvents, timeOfEvent } from '../../model/events/index.ts';
import type { ActivityEvent, EventOf } from '../../model/events/index.ts';
import type { EntryKind } from '../../model/index.ts';
import { number } from '../shared/shapes.ts';
import { tellApproval, tellFile, tellTool } from './operations.ts';
import { agentName, introduce, noteAgent, placeIn, say } from './state.ts';
import type { Reading } from './state.ts';

/** `isEcho`: another event tells of the same call. */
export function tellEvent(reading: Reading, event: ActivityEvent, isEcho: boolean): void {
  const { state, emit, record } = reading;
  state.at = timeOfEvent(event.timestamp) ?? state.at;
  const session = sessionOfEvents(event.session_id);
  const key = eventKey(session, event.event_id, event);
  introduce(reading, session);
  const agent = 'agent' in event ? event.agent : undefined;
  if (event.event_type === 'agent_invocation') tellRun(reading, session, key, event);
  const run = (agent !== undefined && state.agents.get(agentName(session, agent))?.run) || session;
  const place = placeIn(reading, session, run);
  const text = eventText(event);
  const entry = (kind: EntryKind, detail?: unknown): void =>
    emit({ fact: 'entry', key, kind, place, text, ...(detail !== undefined && { detail }) });
  let operation: string | null = null;
  switch (event.event_type) {
    case 'agent_invocation':
      entry(event.status === 'started' ? 'agent_prompt' : 'note');
      break;
    case 'tool_usage':
      if (isEcho) entry('note');
      else tellTool(reading, place, (operation = key), event);
      break;
    case 'file_operation':
      tellFile(reading, place, (operation = key), event);
      break;
    case 'decision': {
      const { question, options, selected, rationale } = event;
      entry('decision', { asked: [{ question, options, selected }], reason: rationale });
      break;
    }
    case 'error':
      entry('error');
      break;
    case 'approval.required':
    case 'approval.granted':
    case 'approval.denied':
      tellApproval(reading, place, event);
      entry('permission');
      break;
    default:
      entry('note');
  }
  if (event.event_type === 'session.summary') tellSummary(reading, session, event);
  if (event.event_type === 'context_snapshot') tellContext(reading, session, key, event);
  const { parent_event_id: parentId } = event;
  const parent = parentId === undefined ? null : (state.known.find(session, parentId) ?? parentId);
  state.known.note(session, event.event_id, key);
  emit({
    fact: 'record',
    key,
    at: state.at,
    pos: record.pos,
    kind: 'event',
    session,
    run: run === session ? null : run,
    operation,
    root: state.project ?? null,
    subject: event.event_type,
    parent,
    by: agent ?? null,
    text,
    data: event,
  });
}

/** Begin and end of a run may be two events; which belong together only the agent's name tells. */
function tellRun(reading: Reading, session: string, key: string, event: EventOf<'agent_invocation'>): void {
  const { state, emit } = reading;
  const { agent, invoked_by, reason, status = 'started', duration_ms = 0 } = event;
  const name = agentName(session, agent);
  const before = state.agents.get(name);
  const isOver = status !== 'started';
  const run =
    isOver && before?.isOpen ? before.run : `${agent.slice(0, 80)}|${key.slice(key.lastIndexOf('|') + 1)}`;
  const parent = state.agents.get(agentName(session, invoked_by))?.run;
  noteAgent(state, name, { run, isOpen: !isOver, invokedBy: invoked_by, reason });
  const startedAt = isOver ? Math.max(0, state.at - Math.max(0, duration_ms)) : state.at;
  emit({
    fact: 'run',
    run,
    place: placeIn(reading, session, run),
    type: agent,
    description: reason,
    status,
    startedAt: run === before?.run ? 0 : startedAt,
    ...(isOver && { endedAt: state.at }),
    ...(parent !== undefined && parent !== run && { parent }),
  });
  if (state.titled) return;
  state.titled = true;
  say(reading, session, 'title', titleOf(reason), -1);
}

const titleOf = (words: string): string => (words.trim().split('\n')[0] ?? '').slice(0, 120);

function tellSummary(reading: Reading, session: string, event: EventOf<'session.summary'>): void {
  say(reading, session, 'title', titleOf(event.summary_text));
  if (event.summary_type === 'start') say(reading, session, 'started', '');
  else tellEnd(reading, session, 'completed', number((event.summary_data ?? {})['cost_total']));
}

/** `cost`: dollars, as it was booked. */
export function tellEnd(reading: Reading, session: string, reason: string, cost: number | undefined): void {
  say(reading, session, 'ended', '');
  say(reading, session, 'endReason', reason);
  if (cost !== undefined && cost >= 0) say(reading, session, 'reportedCost', String(Math.round(cost * 1e6)));
}

function tellContext(
  { emit, state, record }: Reading,
  session: string,
  key: string,
  event: EventOf<'context_snapshot'>,
): void {
  emit({
    fact: 'record',
    key: `${key}|context`,
    at: state.at,
    pos: record.pos,
    kind: 'context',
    session,
    run: null,
    operation: null,
    root: state.project ?? null,
    subject: 'update',
    parent: key,
    by: event.agent ?? null,
    text: event.trigger ?? '',
    data: {
      content: { files: event.files_in_context },
      fileCount: event.files_in_context_count,
      tokenEstimate: event.tokens_after,
    },
  });
}
