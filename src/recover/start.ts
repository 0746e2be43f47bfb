// How an agent is started with a handoff as its first prompt, as words of a command and as a line for a POSIX shell.
import { adapters } from '../agents/index.ts';
import { ClewError } from '../model/index.ts';
import type { AgentAdapter, AgentProgram } from '../model/index.ts';
import type { HandoffTarget } from './types.ts';

/** The prompt begins with words: a handoff begins with dashes, which programs take for a flag. */
const lead = 'Go on with the work that this handoff tells of.';

export const startWords = (target: HandoffTarget, handoff: string): string[] => [
  ...programOf(target).withPrompt,
  `${lead}\n\n${handoff}`,
];

/** `handoff`: a substitution of the shell that gives its text. */
export const startCommand = (target: HandoffTarget, handoff: string): string =>
  `${programOf(target).withPrompt.join(' ')} "${lead} ${handoff}"`;

/** Throws BAD_INPUT for a program that no known agent has. */
export function programOf(target: HandoffTarget): AgentProgram {
  const programs = adapters.flatMap(({ program }: AgentAdapter) => program ?? []);
  const program = programs.find(({ name }) => name === target);
  if (program) return program;
  throw new ClewError(
    'BAD_INPUT',
    `no agent that clew knows is started by ${target}`,
    `it can be: ${programs.map(({ name }) => name).join(', ')}`,
  );
}

export const shellQuote = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
