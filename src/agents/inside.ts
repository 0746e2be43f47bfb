// An agent's hook calls that were made inside of a session kept by hand tell so: the two sessions are one. The same for every
// agent, as all of them are handed the environment that they were started in.
import type { RecordReader } from '../model/index.ts';

/** `reader`, which in addition tells of each session inside which one it runs. */
export function tellingInside(reader: RecordReader): RecordReader {
  return {
    read(record, emit) {
      reader.read(record, emit);
      const { within, time, payload } = record.value;
      if (typeof within !== 'string' || typeof payload !== 'object' || payload === null) return;
      // Codex's notices have a name of their own for it.
      const told = payload as Readonly<Record<string, unknown>>;
      const session = told['session_id'] ?? told['thread-id'];
      if (typeof session !== 'string' || session === '') return;
      const at = typeof time === 'number' ? time : 0;
      emit({ fact: 'session', session, at, pos: record.pos, name: 'recordedAs', value: within });
    },
    state: () => reader.state(),
  };
}
