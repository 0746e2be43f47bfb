// The reader of hook calls. They name no tool call; but they know that a session began and ended, where, and in which
// process, and what the user was asked for.
import { readPermission } from './permissions.ts';
import type { Permissions } from './permissions.ts';
import { isObject, number, object, text } from '../shared/shapes.ts';
import type { Emit, RecordReader, SessionFact, SourceFile } from '../../model/index.ts';

/** Events by which a session is known to be at work. */
const working: ReadonlySet<string> = new Set(['BeforeAgent', 'AfterAgent', 'BeforeTool', 'AfterTool']);
/** Events that tell of the user's leave. */
const asking: ReadonlySet<string> = new Set(['BeforeTool', 'Notification', 'AfterTool']);
/** Events that tell nothing beyond that. */
const silent: ReadonlySet<string> = new Set([
  'AfterModel',
  'BeforeModel',
  'BeforeToolSelection',
  'PreCompress',
]);

export function hookReader(source: SourceFile, saved: unknown): RecordReader {
  const state = isObject(saved) ? (saved as unknown as Permissions) : { begun: {}, asked: {} };
  return {
    read(record, emit) {
      const payload = object(record.value['payload']);
      const event = text(payload?.['hook_event_name']);
      const session = text(payload?.['session_id']);
      const odd = (kind: 'wrong-shape' | 'unknown-type', what: string): void =>
        emit({ fact: 'oddity', kind, what, pos: record.pos, line: record.line });
      if (!isObject(payload) || event === undefined || !session) {
        odd('wrong-shape', 'hook payload');
        return;
      }
      const at = Math.max(0, number(record.value['time']) ?? 0);
      const tell = teller(session, at, record.pos, emit);
      if (asking.has(event)) readPermission(state, { session, event, payload, at }, tell);
      if (event === 'SessionStart') tell('started', text(payload['source']) ?? 'startup');
      else if (event === 'SessionEnd') {
        tell('ended', '');
        tell('endReason', text(payload['reason']) ?? 'other');
      } else if (working.has(event)) {
        tell('agent', source.agent);
        tell('machine', source.machine);
        const cwd = text(payload['cwd']);
        if (cwd) tell('workspace', cwd);
        const process = number(record.value['ppid']);
        if (process) tell('process', String(process));
      } else if (!silent.has(event) && event !== 'Notification') odd('unknown-type', `hook ${event}`);
    },
    state: () => state,
  };
}

const teller =
  (session: string, at: number, pos: number, emit: Emit) =>
  (name: SessionFact['name'], value: string): void =>
    emit({ fact: 'session', session, at, pos, name, value });
