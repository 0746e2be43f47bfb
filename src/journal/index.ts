/**
 * What people and agents record on purpose: sessions kept by hand, work on issues, skills, decisions, metrics, events. A
 * record is a line of the journal (docs/journal.md); what it amounts to is folded when it is asked for.
 */
export { createRecorder } from './recorder.ts';
export type { NewRecord } from './recorder.ts';
export { listWork, statusRecord, workGoingOn, workMeant, workOn, workRecord } from './work.ts';
export type { StatusChange, Work, WorkChange, WorkFilter } from './work.ts';
export { listSkillUses, skillRecord } from './skills.ts';
export type { SkillFilter, SkillUse } from './skills.ts';
export { secondsOf } from './duration.ts';
export { listMetrics, metricRecord } from './metrics.ts';
export type { Metric } from './metrics.ts';
export { decisionRecord, listDecisions } from './decisions.ts';
export type { Decision, DecisionFilter, NewDecision } from './decisions.ts';
export { noSession, sessionMeant, sessionVariable } from './session-meant.ts';
export { listNotes, noteRecord } from './notes.ts';
export type { Note } from './notes.ts';
export { createEventRecorder } from './events.ts';
export type { EventOptions, NewEvent } from './events.ts';
export { eventLog, listEvents } from './event-list.ts';
export type { EventFilter, RecordedEvent } from './event-list.ts';
export * from './sessions/index.ts';
export {
  agentFigures,
  issueFigures,
  overallFigures,
  sessionDurations,
  skillFigures,
} from './figures/index.ts';
export type {
  AgentFigures,
  FigureFilter,
  IssueFigures,
  OverallFigures,
  SessionDuration,
  SkillFigures,
} from './figures/index.ts';
export {
  reasonsFor,
  whyCommit,
  whyIssue,
  whyLine,
  whyNamedIssue,
  whyOperation,
  whyUnknownCommit,
} from './why/index.ts';
export type {
  LineOrigin,
  Why,
  WhyCommit,
  WhyOperation,
  WhyPrompt,
  WhySession,
  WhyTarget,
} from './why/index.ts';
