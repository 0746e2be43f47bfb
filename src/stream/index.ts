// Streams: clew's own compressed, append-only copies of sources, chained by hash; and the spool that feeds them.
export { encodeFrame, firstHash } from './frame.ts';
export type { SourceIdentity } from './frame.ts';
export { appendStream, listStreams, readFrameAt, readFrames, streamName } from './file.ts';
export type { StoredFrame, StreamBreak } from './file.ts';
export { dropIntoSpool, dropSpooled, listSpool, makeSpool, readSpooled, spoolFolder } from './spool.ts';
export type { SpooledCall } from './spool.ts';
export { appendRecords, dropRecordFile, isClosed, recordFiles } from './records.ts';
