// Text measured in terminal columns: a CJK character or an emoji takes two, a combining mark none.
import stringWidth from 'string-width';

const ascii = /^[\u0020-\u007E]*$/;
const graphemes = new Intl.Segmenter();

export const widthOf = (text: string): number => (ascii.test(text) ? text.length : stringWidth(text));

/** The text on one line: any run of white space becomes a space. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The longest start of the text that fits; at least one character, so that wrapping gets on. */
function head(text: string, width: number): string {
  if (ascii.test(text)) return text.slice(0, Math.max(1, width));
  let taken = '';
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) {
    columns += widthOf(segment);
    if (columns > width && taken !== '') break;
    taken += segment;
    if (columns > width) break;
  }
  return taken;
}

/** Cuts the text to a width; a cut is marked with `…`. */
export function fit(text: string, width: number): string {
  if (width <= 0) return '';
  // A text is never wider than twice its length, so far more than fits need not be measured.
  const start = text.length > width * 16 ? text.slice(0, width * 16) : text;
  if (start === text && widthOf(text) <= width) return text;
  return width === 1 ? '…' : `${head(start, width - 1)}…`.trimEnd();
}

/** Like `fit`, but keeps the end: for paths, whose last part says most. */
export function fitEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const all = [...graphemes.segment(text)].map(({ segment }) => segment);
  while (all.length > 0 && widthOf(all.join('')) > width - 1) all.shift();
  return `…${all.join('')}`;
}

export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Breaks text into lines no wider than `width`, at spaces where it can. Its own line breaks and indents stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), Math.max(4, width)));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length * 2 > width && widthOf(rest) > width) {
    const start = head(rest, width);
    const space = rest[start.length] === ' ' ? start.length : start.lastIndexOf(' ');
    const cut = space > start.length / 3 && start.slice(0, space).trim() !== '' ? space : start.length;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}
