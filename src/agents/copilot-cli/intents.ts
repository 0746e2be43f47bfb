// Calls that say something beyond themselves: questions put to the user, plans.
import type { Place } from '../../model/index.ts';
import { list, text } from '../shared/shapes.ts';
import type { OpenCall, Reading } from './state.ts';

export function readIntent(
  { emit }: Reading,
  key: string,
  call: OpenCall | undefined,
  said: string,
  place: Place,
): void {
  if (call?.name === 'ask_user') {
    const question = text(call.input?.['question']) ?? '';
    const options = list(call.input?.['choices']).flatMap((one) => text(one) ?? []);
    const selected = /^User (?:selected|responded): ([\s\S]*)$/.exec(said)?.[1] ?? said;
    const detail = { asked: [{ question, options, selected }] };
    emit({
      fact: 'entry',
      key: `${key}|decision`,
      kind: 'decision',
      place,
      text: `${question} → ${selected}`,
      detail,
    });
  }
  if (call?.name === 'exit_plan_mode')
    emit({
      fact: 'entry',
      key: `${key}|plan`,
      kind: 'plan',
      place,
      text: text(call.input?.['summary']) ?? '',
    });
}
