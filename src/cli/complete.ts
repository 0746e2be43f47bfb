// What could stand at the cursor. Asked by the shell for every Tab, so nothing new is taken in here.
import type { Command, Flags, Positional } from './command.ts';
import { commandNamed, shownCommands } from './commands.ts';

export interface Candidate {
  readonly value: string;
  readonly what: string;
}

/** `words`: what stands behind `clew`, up to the cursor; the last is being typed, and may be empty. Nothing found means files. */
export async function candidates(
  words: readonly string[],
  sessionIds: () => Promise<readonly Candidate[]>,
): Promise<Candidate[]> {
  const [name = '', ...rest] = words;
  const typed = words.at(-1) ?? '';
  if (rest.length === 0) return starting(typed, commandNames());
  if (name === 'demo' || name === 'help') return candidates(rest, sessionIds);
  const command = commandNamed(name);
  return command ? within(command, rest, sessionIds) : [];
}

/** What could stand behind a command, or one of its own. */
async function within(
  { flags, positionals, subcommands }: Command,
  rest: readonly string[],
  sessionIds: () => Promise<readonly Candidate[]>,
): Promise<Candidate[]> {
  const typed = rest.at(-1) ?? '';
  const [word = '', ...others] = rest;
  const own = subcommands && Object.hasOwn(subcommands, word) ? subcommands[word] : undefined;
  if (own && others.length > 0) return within(own, others, sessionIds);
  if (subcommands && others.length === 0)
    return starting(
      typed,
      Object.entries(subcommands).map(([value, { summary }]) => ({ value, what: summary })),
    );
  const before = flagAt(flags, rest.at(-2));
  if (before?.value !== undefined) return valuesOf(before.choices ?? [], typed);
  if (typed.startsWith('-')) return starting(typed, flagNames(flags));
  const positional = positionals[countWords(rest.slice(0, -1), flags)] ?? lastMany(positionals);
  if (positional?.complete === 'session') return starting(typed, await sessionIds());
  return Array.isArray(positional?.complete) ? valuesOf(positional.complete as string[], typed) : [];
}

const starting = (typed: string, all: readonly Candidate[]): Candidate[] =>
  all.filter(({ value }) => value.startsWith(typed));

const commandNames = (): Candidate[] =>
  shownCommands.map(([value, { summary }]) => ({ value, what: summary }));

const flagNames = (flags: Flags): Candidate[] => [
  ...Object.entries(flags).map(([name, { help }]) => ({ value: `--${name}`, what: help })),
  { value: '--help', what: 'Show what it takes' },
];

/** The values of a flag; of a list, behind its last comma. */
function valuesOf(choices: readonly string[], typed: string): Candidate[] {
  const done = typed.slice(0, typed.lastIndexOf(',') + 1);
  return starting(
    typed,
    choices.map((choice) => ({ value: done + choice, what: '' })),
  );
}

function flagAt(flags: Flags, word: string | undefined): Flags[string] | undefined {
  if (word?.startsWith('--')) return flags[word.slice(2)];
  return word?.startsWith('-')
    ? Object.values(flags).find((flag) => flag.short === word.slice(1))
    : undefined;
}

/** How many words stand there that are neither flags nor their values. */
const countWords = (words: readonly string[], flags: Flags): number =>
  words.filter((word, i) => !word.startsWith('-') && flagAt(flags, words[i - 1])?.value === undefined).length;

const lastMany = (positionals: readonly Positional[]): Positional | undefined => {
  const last = positionals.at(-1);
  return last?.many ? last : undefined;
};
