// What OpenCode's records tell, by version. Evidence: SOURCES.md.
import type { Capabilities } from '../../model/index.ts';

const support = {
  hooks: 'yes',
  usage: 'yes',
  reportedCost: 'yes',
  diffs: 'partly',
  subagents: 'yes',
  approvals: 'partly',
  todos: 'yes',
  compaction: 'yes',
  resume: 'yes',
  branch: 'yes',
} as const;

export const capabilities: readonly Capabilities[] = [
  {
    since: '',
    support,
    notes: [
      'files that a shell command or an overwriting write changed are named, without a diff',
      'the database tells denials; that the user approved of a call only hooks tell',
      'requests for a title are in no message',
    ],
  },
];
