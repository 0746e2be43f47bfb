// Calls that say something beyond themselves: skills, todo lists, tasks, plans, questions. A plan is told when it is
// proposed; the rest when the call has succeeded, as an agent also tries tools that its client does not have.
import type { OperationStatus, Place } from '../../model/index.ts';
import { emitAsked } from '../shared/asked.ts';
import { list, object, objects, pick, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import type { OpenCall } from './state.ts';
import type { Reading } from './reading.ts';

export function readProposal(
  id: string,
  name: string,
  input: Json,
  place: Place,
  emit: Reading['emit'],
): void {
  if (name === 'ExitPlanMode')
    emit({ fact: 'entry', key: `${id}|plan`, kind: 'plan', place, text: text(input['plan']) ?? '' });
}

export interface Answer {
  readonly id: string;
  readonly call: OpenCall | undefined;
  readonly status: OperationStatus;
  readonly told: Json | undefined;
  readonly words: string;
  /** What the user wrote while saying no. */
  readonly reason: string | undefined;
  readonly place: Place;
}

const readers: Readonly<Record<string, (answer: Answer, reading: Reading) => void>> = {
  AskUserQuestion: readQuestions,
  ExitPlanMode: readVerdict,
  Skill: readSkill,
  TaskCreate: readTask,
  TaskUpdate: readTask,
  TodoWrite: readTodos,
};

export function readIntent(answer: Answer, reading: Reading): void {
  readers[answer.call?.name ?? '']?.(answer, reading);
}

function readSkill({ id, call, status, place }: Answer, { emit, state }: Reading): void {
  if (status !== 'success') return;
  const name = text(call?.input?.['skill']) ?? text(call?.input?.['command']) ?? '';
  const args = text(call?.input?.['args']);
  state.skill = { call: id, name, ...(args !== undefined && { args }) };
  emit({
    fact: 'entry',
    key: `${id}|skill`,
    kind: 'skill',
    place,
    text: name,
    detail: { by: 'agent', args },
  });
}

/** The text that loading a skill put into the conversation: behind the agent's call, or behind the user's command. */
export function readSkillText(
  { emit, state }: Reading,
  record: Json,
  words: string,
  uuid: string,
  place: Place,
): void {
  const call = text(record['sourceToolUseID']);
  if (call !== undefined) {
    if (state.skill?.call !== call) return;
    const { name, args } = state.skill;
    emit({
      fact: 'entry',
      key: `${call}|skill`,
      kind: 'skill',
      place,
      text: name,
      detail: { by: 'agent', args, chars: words.length },
    });
    return;
  }
  const folder = /^Base directory for this skill: ([^\n]+)/.exec(words)?.[1];
  const name = folder?.split(/[\\/]/).findLast(Boolean);
  if (name === undefined || record['isMeta'] !== true) return;
  emit({
    fact: 'entry',
    key: `${uuid}|skill`,
    kind: 'skill',
    place,
    text: name,
    detail: { by: 'user', chars: words.length },
  });
}

function readTodos({ id, call, status, told, place }: Answer, { emit }: Reading): void {
  if (status !== 'success') return;
  const items = objects(told?.['newTodos'] ?? call?.input?.['todos']).map((item) => ({
    status: text(item['status']) ?? '',
    content: text(item['content']) ?? '',
  }));
  emit({
    fact: 'entry',
    key: `${id}|todo`,
    kind: 'todo',
    place,
    text: items.map((item) => `${item.status}: ${item.content}`).join('\n'),
    detail: { items },
  });
}

function readTask({ id, call, status, told, place }: Answer, { emit }: Reading): void {
  if (status !== 'success' || told?.['success'] === false) return;
  const task: Json = {
    ...pick(call?.input ?? {}, ['taskId', 'subject', 'description', 'status']),
    ...pick({ taskId: object(told?.['task'])?.['id'] }, ['taskId']),
  };
  const words =
    call?.name === 'TaskCreate'
      ? `created: ${text(task['subject']) ?? ''}`
      : `${text(task['taskId']) ?? ''} ${text(task['status']) ?? 'updated'}`;
  emit({ fact: 'entry', key: `${id}|todo`, kind: 'todo', place, text: words, detail: { task } });
}

/** A plan that failed was never put to anyone. */
function readVerdict({ id, status, words, reason, place }: Answer, { emit }: Reading): void {
  const isRejected = status === 'blocked' && words.startsWith('The user');
  if (status !== 'success' && !isRejected) return;
  const selected = isRejected ? 'rejected' : 'approved';
  emit({
    fact: 'entry',
    key: `${id}|decision`,
    kind: 'decision',
    place,
    text: `plan ${selected}`,
    detail: { question: 'plan', selected, reason },
  });
}

function readQuestions({ id, call, status, told, words, reason, place }: Answer, { emit }: Reading): void {
  if (status !== 'success' && !words.startsWith('The user')) return;
  const answers = object(told?.['answers']);
  const asked = objects(told?.['questions'] ?? call?.input?.['questions']).map((q) => ({
    question: text(q['question']) ?? '',
    options: list(q['options']).map((option) => text(object(option)?.['label']) ?? text(option) ?? ''),
    selected: text(answers?.[text(q['question']) ?? '']) ?? null,
  }));
  emitAsked(emit, id, place, asked, { reason, words });
}
