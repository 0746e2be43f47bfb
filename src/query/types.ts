// What clew answers: the shapes that the CLI prints with --json and the library returns. docs/json.md describes them.
// Times are ISO 8601 in UTC, null where unknown.
export type { SessionStatus } from '../model/index.ts';
export type * from './types/checkpoints.ts';
export type * from './types/operations.ts';
export type * from './types/search.ts';
export type * from './types/sessions.ts';
export type * from './types/timeline.ts';
