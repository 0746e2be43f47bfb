// What a session that is kept by hand is given at its start: the project as it looks, what agents are to heed there, open
// issues, and where the last session left off. Bounded, so that it stays a page or two.
import { survey } from './workspace/index.ts';
import type { SnapshotContent } from './journal/index.ts';

/** An issue as a tracker shows it. */
export interface OpenIssue {
  readonly id: string;
  readonly title: string | null;
  readonly status: string | null;
}

export interface ContextSources {
  /** The most urgent first. */
  readonly openIssues: readonly OpenIssue[];
  /** The handoff of the last session of the project, as Markdown. */
  readonly lastHandoff: (root: string) => { readonly session: string; readonly markdown: string } | undefined;
}

const mostIssues = 20;

export function sessionContext(root: string, { openIssues, lastHandoff }: ContextSources): SnapshotContent {
  const { layout, instructions, ...state } = survey(root);
  const issues = openIssues.map(({ id, title, status }) => ({ id, title, status }));
  return {
    content: {
      project: root,
      branch: state.branch,
      changedFiles: state.changed,
      commits: state.commits,
      layout,
      instructions,
      openIssues: { issues: issues.slice(0, mostIssues), more: Math.max(0, issues.length - mostIssues) },
      lastHandoff: lastHandoff(root) ?? null,
    },
    fileCount: layout.files.length + layout.more,
  };
}
