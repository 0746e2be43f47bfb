// Transcripts are JSON, and hold JSON, shell and code in strings, escaped once or more. Everything here works on
// the escaped text: where a word may begin, and how to keep an escape sequence whole.

/** Regex source for the start of a token: no letter of its own before it, or the end of an escape sequence. */
export const tokenStart = String.raw`(?:(?<![\w-])|(?<=\\[nrtbf]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}|\\u001[bB]\[[0-9;]{0,12}m))`;

/** Of a quote that is escaped once, twice or three times; other runs of backslashes end in a quote that is not. */
export const escapedQuote = String.raw`(?:\\{7}|\\{3}|\\)["'\x60]`;

const cutUnicode = /\\u[0-9a-fA-F]{0,3}$/;

/** The start moved back, and the end too, so that neither is inside an escape sequence. */
export function keepEscapesWhole(text: string, start: number, end: number): readonly [number, number] {
  return [beforeEscape(text, start), beforeEscape(text, end)];
}

function beforeEscape(text: string, at: number): number {
  const unicode = cutUnicode.exec(text.slice(Math.max(0, at - 5), at));
  return beforeBackslashes(text, unicode ? at - unicode[0].length : at);
}

/** Where the run of backslashes that ends at `at` begins. */
export function beforeBackslashes(text: string, at: number): number {
  let from = at;
  while (from > 0 && text.charCodeAt(from - 1) === 0x5c) from--;
  return from;
}
