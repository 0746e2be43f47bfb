// The reader of a session's log: hands each event to what knows its type.
import type { RecordReader, SourceFile } from '../../model/index.ts';
import { isObject, object, text } from '../shared/shapes.ts';
import { readEnd, readPermission, readStart, readSubagent } from './calls.ts';
import {
  readAbort,
  readAnswer,
  readCompaction,
  readNote,
  readPrompt,
  readSkill,
} from './conversation-events.ts';
import { freshState, oddity, placeOf, tell } from './state.ts';
import type { Reading, ReaderState } from './state.ts';
import { readMetrics } from './usage.ts';

/** Event types that are known; the function tells what is worth telling. */
const events: Readonly<Record<string, ((reading: Reading) => void) | undefined>> = {
  abort: readAbort,
  'assistant.message': readAnswer,
  'assistant.turn_end': undefined,
  'assistant.turn_start': undefined,
  'hook.end': undefined,
  'hook.start': undefined,
  'permission.completed': readPermission,
  'permission.requested': undefined,
  'session.compaction_complete': readCompaction,
  'session.compaction_start': undefined,
  'session.error': (reading) => readNote(reading, 'api_error', 'message'),
  'session.info': (reading) => readNote(reading, 'note', 'message'),
  'session.mode_changed': (reading) => tell(reading, 'permissionMode', text(reading.data['newMode'])),
  'session.model_change': (reading) => useModel(reading, 'newModel'),
  'session.permissions_changed': undefined,
  'session.plan_changed': undefined,
  'session.resume': (reading) => readStarted(reading, 'resume'),
  'session.shutdown': readShutdown,
  'session.start': (reading) => readStarted(reading, 'startup'),
  'session.task_complete': (reading) => readNote(reading, 'note', 'summary'),
  'session.title_changed': (reading) => tell(reading, 'title', text(reading.data['title'])),
  'session.usage_checkpoint': readBill,
  'session.warning': (reading) => readNote(reading, 'note', 'message'),
  'session.workspace_file_changed': undefined,
  'skill.invoked': readSkill,
  'subagent.completed': (reading) => readSubagent(reading, true),
  'subagent.started': (reading) => readSubagent(reading, false),
  'system.message': undefined,
  'system.notification': (reading) => readPrompt(reading, 'notification'),
  'tool.execution_complete': readEnd,
  'tool.execution_start': readStart,
  'user.message': (reading) => readPrompt(reading),
};

export function eventReader(source: SourceFile, saved: unknown): RecordReader {
  const state: ReaderState = isObject(saved) ? (saved as unknown as ReaderState) : freshState();
  return {
    read(record, emit) {
      const type = text(record.value['type']);
      const data = object(record.value['data']);
      const reading: Reading = { record, data: data ?? {}, source, state, emit };
      const { session, at, pos } = placeOf(reading);
      emit({ fact: 'session', session, at, pos, name: 'activity', value: '' });
      tell(reading, 'agent', source.agent);
      tell(reading, 'machine', source.machine);
      if (type === undefined || !Object.hasOwn(events, type))
        oddity(reading, 'unknown-type', type ?? 'no type');
      else if (!data) oddity(reading, 'wrong-shape', `${type}.data`);
      else events[type]?.(reading);
    },
    state: () => state,
  };
}

function readStarted(reading: Reading, how: string): void {
  const { data, emit } = reading;
  const { session, at, pos } = placeOf(reading);
  emit({ fact: 'session', session, at, pos, name: 'started', value: how });
  const where = object(data['context']);
  tell(reading, 'version', text(data['copilotVersion']));
  tell(reading, 'workspace', text(where?.['cwd']));
  tell(reading, 'branch', text(where?.['branch']));
  useModel(reading, 'selectedModel');
}

/** Messages of older versions do not name their model. */
function useModel({ data, state }: Reading, field: string): void {
  const model = text(data[field]);
  if (model) state.model = model;
}

function readShutdown(reading: Reading): void {
  const { data, emit } = reading;
  const { session, at, pos } = placeOf(reading);
  emit({ fact: 'session', session, at, pos, name: 'ended', value: '' });
  const reason = text(data['shutdownType']) ?? 'other';
  emit({ fact: 'session', session, at, pos, name: 'endReason', value: reason });
  readMetrics(reading, data['modelMetrics']);
  readBill(reading);
}

/** Premium requests and AI units are what is paid for; they are kept as the agent wrote them. */
function readBill(reading: Reading): void {
  tell(reading, 'costState', JSON.stringify(reading.data));
}
