// Text measured in terminal columns: a CJK character or an emoji takes two, a combining mark none.
import { createRequire } from 'node:module';

/**
 * Characters of one column that join with nothing: Latin, Greek, Cyrillic, punctuation, arrows, mathematics, boxes,
 * check marks, spinners. Most text holds no others, and loading string-width takes longer than all else that a command
 * does.
 */
const simple = /^[ -~¡-¬®-˿Ͱ-ϿЀ-҂Ҋ-ԯ‐-‧‰-⁞←-⇿∀-⋿─-◼★☆☐-☒✌-✧✩-❋❘-➔⠀-⣿]*$/;

type Measure = (text: string) => number;
let measure: Measure | undefined;

/** Loaded by the first text that needs it; `import` would make everything here asynchronous. */
function stringWidth(text: string): number {
  measure ??= (createRequire(import.meta.url)('string-width') as { default: Measure }).default;
  return measure(text);
}

/** Made by the first text that needs it, too: it brings in ICU's tables. */
let segmenter: Intl.Segmenter | undefined;
const segments = (text: string): Iterable<Intl.SegmentData> =>
  (segmenter ??= new Intl.Segmenter()).segment(text);

export const widthOf = (text: string): number => (simple.test(text) ? text.length : stringWidth(text));

/** The text on one line: any run of white space becomes a space. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The longest start of the text that fits. */
function head(text: string, width: number): string {
  if (simple.test(text)) return text.slice(0, width);
  let taken = '';
  let columns = 0;
  for (const { segment } of segments(text)) {
    columns += widthOf(segment);
    if (columns > width) break;
    taken += segment;
  }
  return taken;
}

/** More than fits: a character that is shown has few that are not shown with it. */
const startOf = (text: string, width: number): string =>
  text.length > width * 16 ? text.slice(0, width * 16) : text;

/** Cuts the text to a width; a cut is marked with `…`. */
export function fit(text: string, width: number): string {
  if (width <= 0) return '';
  const start = startOf(text, width);
  if (start === text && widthOf(text) <= width) return text;
  return width === 1 ? '…' : `${head(start, width - 1)}…`.trimEnd();
}

/** Like `fit`, but keeps the end: for paths, whose last part says most. */
export function fitEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  if (simple.test(text)) return `…${text.slice(text.length - width + 1)}`;
  const all = [...segments(text)].map(({ segment }) => segment);
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
  for (;;) {
    // Only what could stand in one line is looked at, however long the text is.
    const ahead = startOf(rest, width);
    if (ahead === rest && widthOf(rest) <= width) return [...lines, rest];
    // What is too wide even alone stands alone, so that wrapping gets on.
    const start = head(ahead, width) || [...segments(ahead)][0]!.segment;
    const space = rest[start.length] === ' ' ? start.length : start.lastIndexOf(' ');
    const cut = space > start.length / 3 && start.slice(0, space).trim() !== '' ? space : start.length;
    lines.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
}
