// Questions that an agent put to its user, with the answers: told in the same way of every agent.
import type { Emit, Place } from '../../model/index.ts';

export interface Asked {
  readonly question: string;
  readonly options: readonly string[];
  /** What the user chose or said; null without an answer. */
  readonly selected: string | null;
}

/** `reason`: why the user gave none; `words`: what was said, where the questions are not known. */
export function emitAsked(
  emit: Emit,
  key: string,
  place: Place,
  asked: readonly Asked[],
  { reason, words = '' }: { readonly reason?: string | undefined; readonly words?: string } = {},
): void {
  emit({
    fact: 'entry',
    key: `${key}|decision`,
    kind: 'decision',
    place,
    text: asked.map((one) => `${one.question} → ${one.selected ?? '(no answer)'}`).join('\n') || words,
    detail: { asked, reason },
  });
}
