// A unified diff, coloured.
import type { View } from './view.ts';
import { fit, wrap } from './width.ts';

/** Lines that are too long are cut, or go on in the next line. */
export function diffLines(diff: string, tooLong: 'cut' | 'wrap', view: View): string[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((line) => {
      const pieces = tooLong === 'cut' ? [fit(line, view.width)] : wrap(line, view.width);
      return pieces.map((piece) => paint(line, piece, view));
    });
}

/** The whole line decides the colour of its pieces. */
function paint(line: string, piece: string, { colour }: View): string {
  if (line.startsWith('+++') || line.startsWith('---')) return colour.bold(piece);
  if (line.startsWith('@@')) return colour.cyan(piece);
  if (line.startsWith('+')) return colour.green(piece);
  if (line.startsWith('-')) return colour.red(piece);
  return piece;
}
