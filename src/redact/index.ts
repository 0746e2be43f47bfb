/**
 * Finds secrets in the bytes of transcripts and replaces each with a placeholder, before anything is written.
 * Pure: bytes in, bytes out. Everything that clew stores passes through here first.
 */
export { createRedactor, type Redactor } from './redactor.ts';
export { safeCut } from './safe-cut.ts';
export type { RedactConfig } from './user-rules.ts';
