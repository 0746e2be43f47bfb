// What Claude Code's records tell, by version. Evidence: SOURCES.md.
import type { Capabilities } from '../../model/index.ts';

export const capabilities: readonly Capabilities[] = [
  {
    since: '',
    support: {
      hooks: 'yes',
      usage: 'yes',
      reportedCost: 'no',
      diffs: 'yes',
      subagents: 'yes',
      approvals: 'partly',
      todos: 'yes',
      compaction: 'yes',
      resume: 'yes',
      branch: 'yes',
    },
    notes: ['hooks do not name the call that they are about before 2.0.77'],
  },
  {
    since: '2.0.64',
    support: {
      hooks: 'yes',
      usage: 'partly',
      reportedCost: 'no',
      diffs: 'yes',
      subagents: 'yes',
      approvals: 'yes',
      todos: 'yes',
      compaction: 'yes',
      resume: 'yes',
      branch: 'yes',
    },
    notes: ['many output counts are those of the start of the stream: a range is given'],
  },
  {
    since: '2.1.98',
    support: {
      hooks: 'yes',
      usage: 'yes',
      reportedCost: 'yes',
      diffs: 'yes',
      subagents: 'yes',
      approvals: 'yes',
      todos: 'yes',
      compaction: 'yes',
      resume: 'yes',
      branch: 'yes',
    },
    notes: [
      'requests of a compaction by the main agent are in no message; the cost that the agent reports has them',
    ],
  },
];
