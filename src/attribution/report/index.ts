// What attributions amount to, and how others are told of them.
export { blame } from './blame.ts';
export type { BlameOptions } from './blame.ts';
export { totalsOf } from './totals.ts';
export type { Totals } from './totals.ts';
export { promptReader } from './prompts.ts';
export { traceRecord } from './agent-trace.ts';
export type { TraceRecord } from './agent-trace.ts';
export { readNotes, writeNotes } from './notes.ts';
export { commitsIn, linesOfFiles } from './commits-in.ts';
export { retainedOf } from './retained.ts';
export type { Retained } from './retained.ts';
