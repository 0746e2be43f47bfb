// Read models: what the index can answer. Nothing here writes, and nothing here knows an agent's formats.
export { contextAtEnd, conversationOf } from './conversation.ts';
export { checkpointDetail, effectsOfOperation, listCheckpoints } from './checkpoints.ts';
export { changedFiles, fileHistory } from './files.ts';
export { latestSession, latestSessionIn } from './latest.ts';
export { overviewOf } from './overview.ts';
export { recordedProcesses } from './processes.ts';
export { resolve } from './resolve.ts';
export type { Found } from './resolve.ts';
export type { Moment, Processes } from './rows.ts';
export { searchEntries } from './search.ts';
export { sessionDetail } from './session-detail.ts';
export { idShortener } from './short-ids.ts';
export { listSessions, statusOfSession } from './sessions.ts';
export { operationDetail, timelineOf, turnDetail } from './timeline.ts';
export type { TimelineOptions } from './timeline.ts';
export type * from './types.ts';
export * from './usage/index.ts';
export { unpricedModels } from './unpriced.ts';
