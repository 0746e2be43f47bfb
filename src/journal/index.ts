/**
 * What people and agents record on purpose: sessions kept by hand, work on issues, skills, decisions, metrics, events. A
 * record is a line of the journal (docs/journal.md); what it amounts to is folded when it is asked for.
 */
export { createRecorder } from './recorder.ts';
export type { NewRecord, Recorder } from './recorder.ts';
