// Sessions that are kept by hand: begun, paused, taken up and ended by people and agents, with what happened in them.
export { startRecord } from './start.ts';
export type { NewSession } from './start.ts';
export { activeLike, stateOf } from './state.ts';
export { endRecord, pauseRecord, resumeRecord, updateRecord } from './steps.ts';
export type { SessionEnd, SessionUpdate, Step } from './steps.ts';
export { interactionRecord } from './interaction.ts';
export type { NewInteraction } from './interaction.ts';
export { snapshotRecord } from './snapshot.ts';
export type { SnapshotContent } from './snapshot.ts';
