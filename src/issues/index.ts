/**
 * Issue trackers, and all that was done for an issue. A tracker is a `TrackerKind` in `trackers.ts`; docs/issues.md says what
 * is read, and how issues and sessions are tied together.
 */
export { beadsDatabase } from './beads/index.ts';
export { syncBeads } from './beads/sync.ts';
export { syncedSessions } from './beads/synced.ts';
export type { BeadsSync } from './beads/sync.ts';
export { issueDetail } from './detail.ts';
export type { IssueDetail, IssueEvidence, IssueSession } from './detail.ts';
export { issueRows } from './list.ts';
export type { IssueFilter, IssueRow } from './list.ts';
export type { IssueCommit, IssueFile } from './parts.ts';
export { scopeOf } from './scope.ts';
export type { IssueName } from './named.ts';
export { newSnapshots, snapshots } from './snapshots.ts';
export type { SeenIssue } from './snapshots.ts';
export type { Issue, IssueDependency, Tracker } from './tracker.ts';
export { trackersFor } from './trackers.ts';
