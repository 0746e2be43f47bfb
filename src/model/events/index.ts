/**
 * The events of the activity log: seventeen types, what their fields may hold, and the check that says what is wrong. They are
 * recorded with clew (docs/events.md), and read from the logs of others.
 */
export { checkEvent, problemText } from './check.ts';
export type { EventProblem } from './check.ts';
export { eventKey, knownEvents, sessionInEvents, sessionOfEvents } from './identity.ts';
export type { KnownEvents } from './identity.ts';
export { eventText } from './text.ts';
export { timeOfEvent } from './time.ts';
export { baseFields, eventTypeNames, eventTypes, isEventType } from './types.ts';
export type { ActivityEvent, EventOf, EventType, Fields } from './types.ts';
