// What the status of an issue amounts to, whatever its tracker calls it.
export const issueStates = ['open', 'in_progress', 'blocked', 'closed', 'deleted'] as const;
export type IssueState = (typeof issueStates)[number];
