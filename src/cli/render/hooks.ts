// What installing or removing hooks changed, or would change: as a diff.
import type { HookChange, HookReport } from '../../index.ts';
import { diffLines } from './diff.ts';
import { harmlessText } from './harmless.ts';
import { tilde } from './path.ts';
import type { View } from './view.ts';

export async function hookLines({ files, dryRun }: HookReport, view: View): Promise<string[]> {
  const lines: string[] = [];
  for (const file of files) {
    const place = harmlessText(tilde(file.path, view));
    if (!file.changed) lines.push(`${place}: nothing to do`);
    else if (dryRun) lines.push(...(await patchLines(file, place, view)));
    else lines.push(`${place}: ${doneTo(file)}`);
  }
  return lines;
}

function doneTo({ before, after }: HookChange): string {
  if (before === null) return 'made';
  return after === null ? 'removed, as clew had made it' : 'changed';
}

async function patchLines({ before, after }: HookChange, place: string, view: View): Promise<string[]> {
  const { createTwoFilesPatch } = await import('diff');
  const name = (text: string | null): string => (text === null ? '/dev/null' : place);
  const patch = createTwoFilesPatch(name(before), name(after), before ?? '', after ?? '', '', '');
  // The first line is a rule, which says nothing here.
  return diffLines(harmlessText(patch.split('\n').slice(1).join('\n')), 'wrap', view);
}
