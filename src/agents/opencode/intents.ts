// Calls that say something beyond themselves once they have succeeded: todo lists, skills, questions, plans, commits.
import type { Emit, Place } from '../../model/index.ts';
import { emitAsked } from '../shared/asked.ts';
import { readCommits } from '../shared/commits.ts';
import { list, object, objects, text } from '../shared/shapes.ts';
import type { ToolCall } from './tool-call.ts';

const readers: Readonly<Record<string, (call: ToolCall, place: Place, emit: Emit) => void>> = {
  bash: ({ key, input, output }, place, emit) =>
    readCommits(key, text(input['command']) ?? '', output, undefined, place, emit),
  question: readQuestions,
  skill: readSkill,
  submit_plan: readPlan,
  todowrite: readTodos,
};

export function readIntent(call: ToolCall, place: Place, emit: Emit): void {
  if (Object.hasOwn(readers, call.name)) readers[call.name]?.(call, place, emit);
}

function readTodos({ key, input, metadata }: ToolCall, place: Place, emit: Emit): void {
  const items = objects(metadata['todos'] ?? input['todos']).map((item) => ({
    status: text(item['status']) ?? '',
    content: text(item['content']) ?? '',
  }));
  emit({
    fact: 'entry',
    key: `${key}|todo`,
    kind: 'todo',
    place,
    text: items.map((item) => `${item.status}: ${item.content}`).join('\n'),
    detail: { items },
  });
}

function readSkill({ key, input, output }: ToolCall, place: Place, emit: Emit): void {
  emit({
    fact: 'entry',
    key: `${key}|skill`,
    kind: 'skill',
    place,
    text: text(input['name']) ?? '',
    detail: { by: 'agent', chars: output.length },
  });
}

function readPlan({ key, input }: ToolCall, place: Place, emit: Emit): void {
  emit({ fact: 'entry', key: `${key}|plan`, kind: 'plan', place, text: text(input['plan']) ?? '' });
}

/** The answers are lists of the labels chosen, in the order of the questions. */
function readQuestions({ key, input, metadata }: ToolCall, place: Place, emit: Emit): void {
  const answers = list(metadata['answers']);
  const asked = objects(input['questions']).map((one, i) => ({
    question: text(one['question']) ?? '',
    options: list(one['options']).map((option) => text(object(option)?.['label']) ?? ''),
    selected: list(answers[i]).map(text).filter(Boolean).join(', ') || null,
  }));
  emitAsked(emit, key, place, asked);
}
