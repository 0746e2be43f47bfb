// Where the session stands: how it ended, what was running, what the agent said last, and from these by rule what comes
// next.
import { must } from '../fit.ts';
import type { Draft, DraftLine } from '../fit.ts';
import { shownId } from '../story.ts';
import type { OperationEntry, Story } from '../story.ts';
import type { Todo } from '../todos.ts';
import type { Trouble } from '../trouble.ts';
import { codeLine, inline, quote } from '../words.ts';
import { nameOf } from './trouble.ts';

/** The share of the budget that the agent's last words may take. */
const share = 0.1;

export interface Findings {
  readonly todos: readonly Todo[];
  readonly trouble: Trouble | undefined;
  readonly failing: readonly OperationEntry[];
}

export function standing(story: Story, findings: Findings): Draft {
  const { detail, pending, main, short, chars } = story;
  const id = short(detail.id);
  const answer = main.findLast((entry) => entry.kind === 'answer');
  const lines: DraftLine[] = [{ text: `- ${howItEnded(story)} (${codeLine(id, 60)})`, id, rank: must.state }];
  for (const entry of pending.slice(-4))
    lines.push({
      text: `- Was running: ${nameOf(story, entry)}`,
      id: short(entry.operation.id),
      rank: must.state,
    });
  for (const text of nextSteps(story, findings).slice(0, 3))
    lines.push({ text: `- Next: ${text}`, id, rank: must.state });
  if (answer) {
    const answerId = short(shownId(answer));
    const words = quote(answer.text, Math.floor(chars * share));
    lines.push({
      text: `The agent's last words (${codeLine(answerId, 60)}):\n${words}`,
      id: answerId,
      rank: 1,
    });
  }
  return { title: 'Where it stands', lines, more: `clew log ${id}` };
}

function howItEnded({ detail, entries }: Story): string {
  const at = detail.endedAt ?? 'an unknown time';
  if (detail.status === 'interrupted')
    return `The session was cut off at ${at}: its process is gone without an end`;
  if (detail.status === 'active') return `The session goes on; the last record is of ${at}`;
  const end = entries.findLast((entry) => isEnd(entry.detail));
  const message = end && /^session end: (.+)/.exec(end.text)?.[1];
  const reason = detail.exitReason ? `, ${inline(detail.exitReason, 60)}` : '';
  return `The session ended at ${at}${reason}${message ? `: ${inline(message, 240)}` : ''}`;
}

/** What was said of it by hand. */
function isEnd(detail: unknown): boolean {
  const { record, subject } = (detail ?? {}) as { readonly record?: string; readonly subject?: string };
  return record === 'session' && subject === 'end';
}

/** What comes next, the most urgent first. */
function nextSteps(story: Story, { todos, trouble, failing }: Findings): string[] {
  const { pending, main, instructions, short } = story;
  const steps: string[] = [];
  const running = pending.at(-1);
  if (running) steps.push(`see what ${nameOf(story, running)} has done; no result of it is on record`);
  const last = instructions.at(-1);
  const since = last ? main.slice(main.indexOf(last) + 1) : [];
  if (last && !since.some((entry) => entry.kind === 'answer' || entry.operation))
    steps.push(
      `answer the last instruction (${codeLine(short(shownId(last)), 60)}): nothing was done for it yet`,
    );
  else if (since.at(-1)?.kind === 'interruption')
    steps.push('the user stopped the agent in its work on the last instruction: ask, or go on with it');
  const [todo] = todos;
  if (todo)
    steps.push(`${todo.status === 'in_progress' ? 'go on with' : 'begin'} “${inline(todo.content, 120)}”`);
  for (const issue of openWork(story))
    steps.push(`go on with ${inline(issue, 60)}: work on it was begun, and its end is not on record`);
  const [test] = failing;
  if (test) steps.push(`mend what ${nameOf(story, test)} shows`);
  else if (trouble && !trouble.mendedBy && isLast(trouble, since))
    steps.push(
      `look at the last error (${codeLine(short(trouble.entry.operation.id), 60)}): nothing later shows that it was mended`,
    );
  const answer = since.findLast((entry) => entry.kind === 'answer');
  if (answer && /\?\s*[*_)]*$/.test(answer.text))
    steps.push('the agent ended with a question to the user: answer it');
  if (steps.length > 0) return steps;
  return [`nothing is left open on record${last ? ': the last instruction was answered' : ''}`];
}

/** Issues that work was begun on, and not ended. */
function openWork({ entries }: Story): Set<string> {
  const open = new Set<string>();
  for (const { detail } of entries) {
    const { record, subject } = (detail ?? {}) as { readonly record?: string; readonly subject?: string };
    if (subject === undefined) continue;
    if (record === 'work') open.add(subject);
    if (record === 'work_done') open.delete(subject);
  }
  return open;
}

/** Whether an error belongs to the last instruction. */
const isLast = (trouble: Trouble, since: Story['main']): boolean =>
  since.some((entry) => entry.key === trouble.entry.key);
