// Recorded text inside a Markdown document: it may format itself, but neither end nor change what surrounds it, nor load
// or link to anything that a reader would not expect.
import { clean, cleanLine } from '../clean.ts';
import { pieces, spans } from '../fences.ts';

/** Text as it is, in a fence longer than any run of the fence's character within. */
export function fenced(text: string, language = ''): string {
  const safe = clean(text).replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(safe) + 1));
  return `${fence}${language}\n${safe}\n${fence}`;
}

/** One line as code. */
export function code(text: string): string {
  const safe = cleanLine(text);
  if (safe === '') return '';
  const marks = '`'.repeat(longestRun(safe) + 1);
  const pad = safe.startsWith('`') || safe.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${safe}${pad}${marks}`;
}

/** One line of plain text, nothing in it a mark. */
export const plain = (text: string): string => cleanLine(text).replaceAll(/[\\`*_[\]<>#|~&$]/g, '\\$&');

/** Markdown that an agent or a person wrote. Where it cannot be taken over safely, it is shown as source. */
export function prose(text: string): string {
  const safe = clean(text).trim();
  const parts = pieces(safe);
  if (!parts) return fenced(safe, 'markdown');
  return parts
    .map((part) => (part.kind === 'code' ? fenced(part.text, part.language) : proseLines(part.text)))
    .join('\n')
    .trim();
}

export const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

export const indented = (text: string, by = '  '): string => text.replaceAll(/^(?=.)/gm, by);

/** Leaves out the empty lines beyond one between two parts. */
export function* tidy(parts: Iterable<string>): Generator<string> {
  let end = '\n\n';
  for (const part of parts) {
    const rest = end === '\n\n' ? part.replace(/^\n+/, '') : part;
    if (rest === '') continue;
    end = (end + rest).slice(-2);
    yield rest;
  }
}

function proseLines(text: string): string {
  const lines = text.split('\n');
  return lines
    .map((line, i) => {
      const marks = /^[\s>]*/.exec(line)?.[0].length ?? 0;
      const rest = line.slice(marks).trimEnd();
      // An underline would make a heading of the line above.
      if (/^=+$/.test(rest) || (/^-+$/.test(rest) && (lines[i - 1] ?? '').trim() !== ''))
        return `${line.slice(0, marks)}\\${rest}`;
      // Headings keep below those of the document; in lists and quotes there are none.
      if (/^#{1,6}(?:\s|$)/.test(rest))
        return inline(line.replace(/#+/, line.includes('>') ? '\\$&' : '####'));
      const item = /^[\s>*+\-\d.)]+/.exec(line)?.[0] ?? '';
      return inline(
        /^#{1,6}(?:\s|$)/.test(line.slice(item.length)) && item.trim()
          ? `${item}\\${line.slice(item.length)}`
          : line,
      );
    })
    .join('\n');
}

const inline = (line: string): string =>
  spans(line)
    .map((span) => (span.code ? code(span.text) || '` `' : escapeProse(span.text)))
    .join('');

/** What is escaped already; then what would be HTML, a character reference, an image, a definition, or a link elsewhere than to the web. */
const live = /\\[!-/:-@[-`{-~]|[\\<&`]|!(?=\[)|\](?=:)|\](?=\((?!\s*(?:https?:\/\/|#|\.{0,2}\/)))/gi;

const escapeProse = (text: string): string =>
  text.replaceAll(live, (mark) => (mark.length === 2 ? mark : `\\${mark}`));

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
