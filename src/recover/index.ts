// Going on with a session: the handoff to whoever takes it up, the best way to resume it, and a
// conversation cut at a former moment.
export { sessionAbove } from './caller.ts';
export { cutConversation } from './conversation.ts';
export type { BranchPoint, CutRequest, CutSession } from './conversation.ts';
export { handoffAtStart } from './at-start.ts';
export { handoffOf } from './handoff.ts';
export { hookProcesses } from './processes.ts';
export { resumePlan } from './resume.ts';
export type * from './types.ts';
