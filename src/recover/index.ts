// Going on with a session: the handoff to whoever takes it up, and the best way to resume it.
export { handoffOf } from './handoff.ts';
export { resumePlan } from './resume.ts';
export type * from './types.ts';
