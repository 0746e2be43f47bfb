// Limits on what is used, and alerts of what is unusual. docs/limits.md says how they come about.
export { alertWindowMs, alertsBetween, limitsNow } from './alerts.ts';
export { alertNotes } from './attention.ts';
export type { ScopeOptions } from './scopes.ts';
export type * from './types.ts';
