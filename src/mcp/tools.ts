// All tools, in the order that they are listed in.
import { active } from './recall/active.ts';
import { blame } from './recall/blame.ts';
import { fileHistory } from './recall/files.ts';
import { handoff } from './recall/handoff.ts';
import { issue } from './recall/issue.ts';
import { search } from './recall/search.ts';
import { session, sessions } from './recall/sessions.ts';
import { usage } from './recall/usage.ts';
import { why } from './recall/why.ts';
import { checkpoint } from './record/checkpoint.ts';
import { recordDecision } from './record/decision.ts';
import { recordEvent } from './record/event.ts';
import { note, recordMetric } from './record/note.ts';
import { endSession, startSession } from './record/session.ts';
import { finishWork, startWork, workStatus } from './record/work.ts';
import type { Tool } from './tool.ts';

export const tools: readonly Tool[] = [
  search,
  sessions,
  session,
  handoff,
  fileHistory,
  blame,
  why,
  issue,
  usage,
  active,
  checkpoint,
  startSession,
  endSession,
  startWork,
  workStatus,
  finishWork,
  recordDecision,
  recordMetric,
  recordEvent,
  note,
];
