// The index: SQLite, derived from streams. The only room that imports the driver.
export { liveActions, undoneOperations } from './actions.ts';
export type { StoredAction } from './actions.ts';
export type { StoredCheckpoint } from './checkpoints.ts';
export { condense } from './condense.ts';
export type { Condensed } from './rows.ts';
export { takeLock } from './lock.ts';
export {
  indexFile,
  isDamage,
  openIfReady,
  openIndex,
  openToRead,
  removeIndex,
  setIndexAside,
} from './open.ts';
export type { Db } from './open.ts';
export { createProjector } from './projector/index.ts';
export { bucketMs, outputHigh, usageOf } from './projector/usage.ts';
export type { Counted } from './projector/usage.ts';
export { reprice } from './reprice.ts';
export { sourcesOf } from './sources.ts';
export type { FrameRow, SourcePosition, SourceRow, Sources } from './sources.ts';
