// Calls that say something beyond themselves: todo lists, skills, plans, questions put to the user.
import type { Place } from '../../model/index.ts';
import { emitAsked } from '../shared/asked.ts';
import { list, object, objects, text } from '../shared/shapes.ts';
import type { Json } from '../shared/shapes.ts';
import type { Reading } from './state.ts';

export interface Done {
  readonly key: string;
  readonly name: string;
  readonly input: Json;
  /** What the model was given back. */
  readonly words: string;
  readonly place: Place;
}

const readers: Readonly<Record<string, (reading: Reading, done: Done) => void>> = {
  activate_skill: readSkill,
  ask_user: readQuestions,
  exit_plan_mode: readVerdict,
  write_todos: readTodos,
};

/** Told once the call has succeeded: the model also tries tools that the client does not have. */
export function readIntent(reading: Reading, done: Done): void {
  readers[done.name]?.(reading, done);
}

function readTodos({ emit }: Reading, { key, input, place }: Done): void {
  const items = objects(input['todos']).map((item) => ({
    status: text(item['status']) ?? '',
    content: text(item['description']) ?? '',
  }));
  const words = items.map((item) => `${item.status}: ${item.content}`).join('\n');
  emit({ fact: 'entry', key: `${key}|todo`, kind: 'todo', place, text: words, detail: { items } });
}

function readSkill({ emit }: Reading, { key, input, words, place }: Done): void {
  const detail = { by: 'agent', chars: words.length };
  emit({
    fact: 'entry',
    key: `${key}|skill`,
    kind: 'skill',
    place,
    text: text(input['name']) ?? '',
    detail,
  });
}

/** The plan itself is in a file that the call names; the answer begins with what the user said to it. */
function readVerdict({ emit }: Reading, { key, words, place }: Done): void {
  const selected = /^Plan (approved|rejected)\./.exec(words)?.[1];
  if (selected === undefined) return;
  const reason = /^Plan rejected\. User feedback: (.+)$/m.exec(words)?.[1];
  emit({
    fact: 'entry',
    key: `${key}|decision`,
    kind: 'decision',
    place,
    text: `plan ${selected}`,
    detail: { question: 'plan', selected, reason },
  });
}

/** The answers come back as JSON, by the number of the question. */
function readQuestions({ emit }: Reading, { key, input, words, place }: Done): void {
  const answers = answersIn(words);
  const asked = objects(input['questions']).map((one, i) => ({
    question: text(one['question']) ?? '',
    options: list(one['options']).map((option) => text(object(option)?.['label']) ?? ''),
    selected: text(answers?.[String(i)]) ?? null,
  }));
  emitAsked(emit, key, place, asked);
}

function answersIn(words: string): Json | undefined {
  try {
    return object(object(JSON.parse(words))?.['answers']);
  } catch {
    return undefined; // the user gave none
  }
}
