// What installing or removing hooks changed, or would change: as a diff.
import { createTwoFilesPatch } from 'diff';
import type { HookChange, HookReport } from '../../index.ts';
import { diffLines } from './diff.ts';
import { harmlessText } from './harmless.ts';
import { tilde } from './path.ts';
import type { View } from './view.ts';

export const hookLines = ({ files, dryRun }: HookReport, view: View): string[] =>
  files.flatMap((file) => {
    const place = harmlessText(tilde(file.path, view));
    if (!file.changed) return [`${place}: nothing to do`];
    return dryRun ? patchLines(file, place, view) : [`${place}: ${doneTo(file)}`];
  });

function doneTo({ before, after }: HookChange): string {
  if (before === null) return 'made';
  return after === null ? 'removed, as clew had made it' : 'changed';
}

function patchLines({ before, after }: HookChange, place: string, view: View): string[] {
  const patch = createTwoFilesPatch(
    before === null ? '/dev/null' : place,
    after === null ? '/dev/null' : place,
    before ?? '',
    after ?? '',
    '',
    '',
  );
  // The first line is a rule, which says nothing here.
  return diffLines(harmlessText(patch.split('\n').slice(1).join('\n')), view);
}
