// All tools, in the order that they are listed in.
import { active } from './recall/active.ts';
import { fileHistory } from './recall/files.ts';
import { handoff } from './recall/handoff.ts';
import { search } from './recall/search.ts';
import { session, sessions } from './recall/sessions.ts';
import { usage } from './recall/usage.ts';
import { checkpoint } from './record/checkpoint.ts';
import { recordDecision } from './record/decision.ts';
import { note, recordMetric } from './record/note.ts';
import { finishWork, startWork, workStatus } from './record/work.ts';
import type { Tool } from './tool.ts';

export const tools: readonly Tool[] = [
  search,
  sessions,
  session,
  handoff,
  fileHistory,
  usage,
  active,
  checkpoint,
  startWork,
  workStatus,
  finishWork,
  recordDecision,
  recordMetric,
  note,
];
