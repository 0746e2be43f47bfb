// What Gemini CLI's records tell, by version. Evidence: SOURCES.md.
import type { Capabilities } from '../../model/index.ts';

export const capabilities: readonly Capabilities[] = [
  {
    since: '',
    support: {
      hooks: 'no',
      usage: 'partly',
      reportedCost: 'no',
      diffs: 'partly',
      subagents: 'no',
      approvals: 'partly',
      todos: 'yes',
      compaction: 'no',
      resume: 'partly',
      branch: 'partly',
    },
    notes: [
      'requests beside the conversation are in no chat: the choice of the model, summaries, loop checks',
      'what shell commands change is not told, nor what was allowed; only that a call was denied',
      'edits have no diff in the oldest chats; the contents of new files are known',
      'chats of JSON are gone on with by a version that writes lines',
      'chats do not say which version wrote them',
    ],
  },
  {
    since: '0.61.0',
    support: {
      hooks: 'partly',
      usage: 'partly',
      reportedCost: 'no',
      diffs: 'yes',
      subagents: 'yes',
      approvals: 'partly',
      todos: 'partly',
      compaction: 'partly',
      resume: 'yes',
      branch: 'yes',
    },
    notes: [
      'requests beside the conversation are in no chat: the choice of the model, summaries, loop checks',
      'hooks do not name the call that they are about: they tell when sessions begin and end, when files may change, and that the user was asked',
      'what shell commands change is not told, nor what allowed a call that the user was not asked about',
      'chats do not say which version wrote them',
    ],
  },
];
