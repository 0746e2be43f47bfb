// What a step changed, as far as its calls do not tell: after each step OpenCode compares the files with those before it,
// and names the ones that are other (`patch` parts), without saying how or by which call.
import { list, text } from '../shared/shapes.ts';
import type { PartReading } from './part-place.ts';
import { placeOfPart } from './part-place.ts';
import type { Reading } from './state.ts';

const maxRemembered = 64;

/** Remembers of a step who may have changed files. Steps are read again where a row changed. */
export function rememberCall(
  { state, key }: Reading & { readonly key: string },
  call: {
    readonly key: string;
    readonly isShell: boolean;
    readonly isAgent: boolean;
    readonly files: readonly string[];
  },
): void {
  if (state.step?.message !== key) state.step = { message: key, shells: [], agents: 0, files: [] };
  const { step } = state;
  if (call.isAgent) step.agents = 1;
  if (call.isShell && !step.shells.includes(call.key)) step.shells.push(call.key);
  for (const file of call.files) if (!step.files.includes(file)) step.files.push(file);
  step.shells.splice(0, step.shells.length - maxRemembered);
  step.files.splice(0, step.files.length - maxRemembered);
}

/** Files that no call of the step tells of were changed by its one shell command; of several there is no telling which. */
export function readPatch(reading: PartReading): void {
  const { part, key, state, emit } = reading;
  const { step } = state;
  if (step?.message !== key || step.agents > 0 || step.shells.length !== 1) return;
  const place = placeOfPart(reading);
  for (const path of list(part['files']).map(text))
    if (path !== undefined && path !== '' && !step.files.includes(path))
      emit({
        fact: 'change',
        operation: step.shells[0]!,
        place,
        path,
        kind: 'update',
        added: 0,
        removed: 0,
        diff: '',
        partial: true,
      });
}
