// Ingest: finds sources, takes in what is new, keeps it, and brings it into the index; rebuilds, verifies, watches.
export { listAgents } from './agents.ts';
export type { AgentSummary } from './agents.ts';
export { streamFile, streamsFolder } from './commit.ts';
export { doctor } from './doctor.ts';
export type { Check, DoctorReport } from './doctor.ts';
export type { HookState } from './doctor-hooks.ts';
export { createIngester } from './ingest.ts';
export type { IngestOptions, IngestProgress, IngestReport, Ingester } from './ingest.ts';
export { initHooks, removeHooks } from './init.ts';
export type { HookChange, HookReport } from './init.ts';
export { recordAt, sessionLines } from './records.ts';
export { reindex } from './reindex.ts';
export type { ReindexReport } from './reindex.ts';
export { checkpointId } from './spooled-checkpoint.ts';
export { verify } from './verify.ts';
export type { VerifyReport } from './verify.ts';
export { watch } from './watch.ts';
export type { WatchOptions } from './watch.ts';
