// What Copilot CLI's records tell. Evidence: SOURCES.md.
import type { Capabilities } from '../../model/index.ts';

export const capabilities: readonly Capabilities[] = [
  {
    since: '',
    support: {
      hooks: 'no',
      usage: 'partly',
      reportedCost: 'partly',
      diffs: 'yes',
      subagents: 'yes',
      approvals: 'yes',
      todos: 'no',
      compaction: 'yes',
      resume: 'yes',
      branch: 'no',
    },
    notes: [
      'a message tells its output tokens alone; the rest is told when a session is shut down, for each model',
      'a session that was not shut down has output tokens only, and no price',
      'it is paid for in premium requests and AI units: these are kept as they are told, and no dollars are made of them',
      'todo lists are rows of a database, which the model writes by SQL',
      'what shell commands change is not told',
    ],
  },
];
