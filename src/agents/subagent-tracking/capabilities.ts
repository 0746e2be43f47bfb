// What subAgentTracking's records tell. Evidence: SOURCES.md.
import type { Capabilities } from '../../model/index.ts';

export const capabilities: readonly Capabilities[] = [
  {
    since: '',
    support: {
      hooks: 'no',
      usage: 'no',
      reportedCost: 'partly',
      diffs: 'partly',
      subagents: 'yes',
      approvals: 'partly',
      todos: 'no',
      compaction: 'no',
      resume: 'no',
      branch: 'no',
    },
    notes: [
      'it logs what its users tell it: what was not logged is not there, prompts and answers among it',
      'tokens are told as totals without kinds: they are kept with the events, and counted nowhere',
      'a cost is told by the summary of a session alone',
      'which call an approval is of is not told: what was asked for is an operation of its own',
      'sessions are named by the second, so that two of one second are one',
    ],
  },
];
