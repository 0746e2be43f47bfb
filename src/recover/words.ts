// Recorded text in a handoff: cut to a length, and wrapped so that it can neither end nor change what surrounds it.
import { clean, cleanLine, code, fenced, plain } from '../query/export/index.ts';

/** Plain text on one line. */
export const inline = (text: string, limit: number): string => plain(cutLine(text, limit));

/** Code on one line, such as a path or a command. */
export const codeLine = (text: string, limit: number): string => code(cutLine(text, limit)) || '``';

/** Text as it is, in a fence that nothing in it can close; of a long one the beginning and the end. */
export const quote = (text: string, limit: number): string => fenced(cutMiddle(clean(text).trim(), limit));

export function cutLine(text: string, limit: number): string {
  const line = cleanLine(text);
  return line.length <= limit ? line : `${line.slice(0, Math.max(1, limit - 1)).toWellFormed()}…`;
}

/** The first line with anything on it. */
export const firstLine = (text: string): string => /\S[^\n]*/.exec(clean(text))?.[0].trim() ?? '';

function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, Math.floor(limit * 0.65)).toWellFormed();
  const tail = text.slice(text.length - Math.floor(limit * 0.35)).toWellFormed();
  return `${head}\n[… ${(text.length - head.length - tail.length).toLocaleString('en-US')} characters left out …]\n${tail}`;
}

/** `1 file`, `2 files`. */
export const counted = (n: number, one: string): string =>
  `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;
