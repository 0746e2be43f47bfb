// A conversation cut at a moment, to go on as a new thread: the records until then, under the new thread's id and in its
// folder. Any boundary of records will do for Codex; what is kept, and why, is in SOURCES.md under "Branching".
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import type { AgentConversations, Context, ConversationCut, CutPoint } from '../../model/index.ts';
import { object, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import { withBase } from './base.ts';
import { readSteps } from './steps.ts';
import type { Step } from './steps.ts';
import { codexHome } from './places.ts';

export const conversation: AgentConversations = { newSession, whole: withBase, cut, place, command };

/** Threads have ids that begin with the time. */
function newSession(now: number): string {
  const random = randomBytes(10).toString('hex');
  const time = now.toString(16).padStart(12, '0').slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

function cut(content: Buffer, point: CutPoint, session: string, folder: string): ConversationCut {
  const steps = readSteps(content);
  const kept = steps.slice(0, endOf(steps, point));
  const last = kept.at(-1);
  if (!last || !kept.some((step) => step.role === 'said'))
    throw new ClewError(
      'BAD_INPUT',
      'nothing had been said and answered at that moment',
      'choose a later one, or start the agent anew',
    );
  const [first] = kept;
  const thread = text(first?.payload['id']);
  if (first?.type !== 'session_meta' || thread === undefined)
    throw new ClewError(
      'UNREADABLE',
      'the record that says which thread it is cannot be read',
      'hand the session over instead: what it was about is known',
    );
  const lines = kept.map((step) => rewritten(step, thread, session, folder));
  return {
    content: Buffer.from(lines.join('')),
    records: kept.length,
    last: { pos: last.pos, at: last.at },
  };
}

/** How many of the steps were there at the point. */
function endOf(steps: readonly Step[], point: CutPoint): number {
  if ('before' in point) {
    const until = countUntil(steps, (step) => step.pos >= point.before);
    // What opens a turn stands before its prompt.
    return steps.slice(0, until).findLastIndex((step) => step.role === 'said') + 1;
  }
  if ('after' in point)
    return wholeFrom(
      steps,
      countUntil(steps, (step) => step.pos > point.after),
    );
  const until = countUntil(steps, (step) => step.at > point.at);
  return moments(steps).findLast((end) => end <= until) ?? 0;
}

function countUntil(steps: readonly Step[], isBehind: (step: Step) => boolean): number {
  const index = steps.findIndex(isBehind);
  return index < 0 ? steps.length : index;
}

/** To the end of the response, and of its calls, that the step before `from` is part of. */
function wholeFrom(steps: readonly Step[], from: number): number {
  if (steps[from - 1]?.role !== 'said') return from;
  const open = new Set<string>();
  for (const step of steps.slice(0, from)) follow(open, step);
  let isOver = steps[from - 1]?.result !== undefined;
  let end = from;
  for (const step of steps.slice(from)) {
    if (step.role === 'opens') break;
    if (step.isResponse && isOver && open.size === 0) break;
    follow(open, step);
    isOver ||= step.result !== undefined || step.isUsage;
    end++;
  }
  return end;
}

/** After how many steps no response was half told, no call without its result, no prompt without an answer. */
function moments(steps: readonly Step[]): number[] {
  const open = new Set<string>();
  let isAsked = false;
  return steps.flatMap((step, i) => {
    follow(open, step);
    if (step.role === 'opens') isAsked = true;
    if (step.role === 'said') isAsked = false;
    const next = steps[i + 1];
    const isHalf =
      next !== undefined &&
      ((step.isResponse && next.isUsage) || ((step.isResponse || step.isUsage) && next.isResponse));
    return step.role === 'said' && open.size === 0 && !isAsked && !isHalf ? [i + 1] : [];
  });
}

function follow(open: Set<string>, step: Step): void {
  if (step.call !== undefined) open.add(step.call);
  if (step.result !== undefined) open.delete(step.result);
  // Calls that the conversation went on without are not waited for.
  if (step.role === 'opens') open.clear();
}

/**
 * A record as the new thread's. The id inside decides which thread a file is of. It says what it was forked from, and is
 * as young as its id, so that all that was copied is older; the folder is that of the branch.
 */
function rewritten(step: Step, thread: string, session: string, folder: string): string {
  const { value, payload, type } = step;
  const renamed: Json = { ...payload };
  for (const name of ['thread_id', 'session_id']) if (payload[name] === thread) renamed[name] = session;
  if (type === 'session_meta' && payload['id'] === thread)
    Object.assign(renamed, {
      id: session,
      forked_from_id: thread,
      timestamp: new Date(timeOf(session)).toISOString(),
    });
  if (type === 'session_meta' || type === 'turn_context') renamed['cwd'] = folder;
  if (object(payload['item']) && payload['thread_id'] === thread) renamed['thread_id'] = session;
  return `${JSON.stringify({ ...value, payload: renamed })}\n`;
}

/** When a thread was begun, by its id. */
const timeOf = (session: string): number => {
  const time = Number.parseInt(session.replaceAll('-', '').slice(0, 12), 16);
  return session[14] === '7' && Number.isFinite(time) ? time : Date.UTC(2100);
};

function place(context: Context, _folder: string, session: string): string {
  const begun = session[14] === '7' ? timeOf(session) : context.now();
  const local = new Date(begun - new Date(begun).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  const name = `rollout-${local.replaceAll(':', '-')}-${session}.jsonl`;
  return path.join(codexHome(context), 'sessions', ...local.slice(0, 10).split('-'), name);
}

function command(_folder: string, session: string): readonly string[] {
  return ['codex', 'resume', session];
}
