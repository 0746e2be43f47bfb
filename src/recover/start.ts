// How each agent is started with a first prompt, as words of a command and as a line for a POSIX shell.
import type { HandoffTarget } from './types.ts';

const before: Readonly<Record<HandoffTarget, readonly string[]>> = {
  claude: ['claude'],
  codex: ['codex'],
  gemini: ['gemini', '--prompt-interactive'],
  opencode: ['opencode', '--prompt'],
};

/** The prompt begins with words: a handoff begins with dashes, which programs take for a flag. */
const lead = 'Go on with the work that this handoff tells of.';

export const startWords = (target: HandoffTarget, handoff: string): string[] => [
  ...before[target],
  `${lead}\n\n${handoff}`,
];

/** `handoff`: a substitution of the shell that gives its text. */
export const startCommand = (target: HandoffTarget, handoff: string): string =>
  `${before[target].join(' ')} "${lead} ${handoff}"`;

export const shellQuote = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
