// Questions put to the user (`request_user_input`), and the answers, which come back by the questions' ids.
import { emitAsked } from '../shared/asked.ts';
import { list, object, objects, text } from '../shared/shapes.ts';
import type { Reading } from './state.ts';

const maxQuestions = 20;
const maxWords = 500;

/** What is remembered of a call until its answers come. */
export const pickQuestions = (input: unknown): unknown =>
  objects(object(input)?.['questions'])
    .slice(0, maxQuestions)
    .map((one) => ({
      id: text(one['id']) ?? '',
      question: (text(one['question']) ?? '').slice(0, maxWords),
      options: objects(one['options']).map((option) => (text(option['label']) ?? '').slice(0, maxWords)),
    }));

export function readAnswers({ place, emit }: Reading, key: string, input: unknown, words: string): void {
  const answers = answersIn(words);
  const asked = objects(input).map((one) => ({
    question: text(one['question']) ?? '',
    options: list(one['options']).flatMap((option) => text(option) ?? []),
    selected:
      list(object(answers?.[text(one['id']) ?? ''])?.['answers'])
        .map(text)
        .filter(Boolean)
        .join(', ') || null,
  }));
  if (asked.length === 0) return;
  emitAsked(emit, key, place, asked);
}

function answersIn(words: string): Record<string, unknown> | undefined {
  try {
    return object(object(JSON.parse(words))?.['answers']);
  } catch {
    return undefined; // the user gave none
  }
}
