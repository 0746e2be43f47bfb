// Makes recorded text safe to look at. Agents print what files and web pages hold, and some of that is made to mislead:
// terminal sequences, characters that turn the direction of text round, characters that nobody sees. Each is replaced by
// a mark that can be seen, so that the reader sees what the model saw.

/** Colours and cursor movements of terminals; they mean nothing on a page. */
const terminal = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-Z\\^_])/g;
/** Line breaks of any kind. */
const breaks = /\r\n?|[\u0085\u2028\u2029]/g;
/** C0 and C1 controls but tab and line feed. */
const controls = /[\0-\u0008\u000B-\u001F\u007F-\u009F]/g;
/** Marks, embeddings, overrides and isolates of text direction. */
const direction = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Without width or shape. The joiners U+200C and U+200D are left: scripts and emoji are written with them. */
const invisible = /[\u00AD\u180E\u200B\u2060-\u2064\u206A-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(terminal, '')
    .replace(breaks, '\n')
    .replace(controls, '\uFFFD')
    .replace(direction, mark)
    .replace(invisible, mark);
}

/** The same on one line. */
export const cleanLine = (text: string): string => clean(text).replaceAll(/\s+/g, ' ').trim();

const mark = (char: string): string =>
  `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
