// What Codex's records tell, by version. Evidence: SOURCES.md.
import type { Capabilities } from '../../model/index.ts';

export const capabilities: readonly Capabilities[] = [
  {
    since: '',
    support: {
      hooks: 'no',
      usage: 'yes',
      reportedCost: 'no',
      diffs: 'partly',
      subagents: 'no',
      approvals: 'partly',
      todos: 'partly',
      compaction: 'partly',
      resume: 'yes',
      branch: 'yes',
    },
    notes: ['patches are told by their own words; what was thought is encrypted, but for summaries'],
  },
  {
    since: '0.118.0',
    support: {
      hooks: 'no',
      usage: 'yes',
      reportedCost: 'no',
      diffs: 'yes',
      subagents: 'yes',
      approvals: 'partly',
      todos: 'partly',
      compaction: 'yes',
      resume: 'yes',
      branch: 'yes',
    },
    notes: ['what shell commands changed is not told: checkpoints see it'],
  },
  {
    since: '0.169.0',
    support: {
      hooks: 'yes',
      usage: 'yes',
      reportedCost: 'no',
      diffs: 'yes',
      subagents: 'yes',
      approvals: 'partly',
      todos: 'partly',
      compaction: 'yes',
      resume: 'yes',
      branch: 'yes',
    },
    notes: [
      'hooks run only after the user has trusted them in Codex',
      'retries of requests leave no trace; what shell commands changed is not told: checkpoints see it',
    ],
  },
];
