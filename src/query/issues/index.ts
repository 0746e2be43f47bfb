// Issues and sessions: what ties them together, and which part of a session belongs to which issue. docs/issues.md says how.
export { issueOfBranch } from './evidence.ts';
export type { Evidence, EvidenceKind } from './evidence.ts';
export { idsIn } from './ids.ts';
export { knownIssues } from './known.ts';
export { activeMs, issueLinks } from './links.ts';
export type { IssueLink, IssueShare } from './links.ts';
