// A unified diff, coloured. Long lines are cut: the whole diff is in --json.
import type { View } from './view.ts';
import { fit } from './width.ts';

export function diffLines(diff: string, view: View): string[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => colourLine(fit(line, view.width), view));
}

function colourLine(line: string, { colour }: View): string {
  if (line.startsWith('+++') || line.startsWith('---')) return colour.bold(line);
  if (line.startsWith('@@')) return colour.cyan(line);
  if (line.startsWith('+')) return colour.green(line);
  if (line.startsWith('-')) return colour.red(line);
  return line;
}
