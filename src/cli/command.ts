// What a command is: the words and flags that it takes, examples of its use, and what it does. Parsing, help and shell
// completion all read this one description.
import type { Cli } from './cli.ts';

export interface Flag {
  readonly help: string;
  readonly short?: string;
  /** Stands for the value in the help. A flag without one is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Stands for the value where the flag is given without one. */
  readonly fallback?: string;
  /** Makes the value of its text; throws a UsageError. */
  readonly read?: (text: string, flag: string) => unknown;
  /** May be given several times: what it is then is a list. */
  readonly many?: boolean;
}
export type Flags = Readonly<Record<string, Flag>>;

/** What is left of the flags once they are read: switches are booleans, what was not given is undefined. */
export type FlagValues<F extends Flags> = {
  readonly [K in keyof F]: F[K] extends { readonly many: true }
    ? readonly string[]
    : F[K] extends { readonly read: (text: string, flag: string) => infer T }
      ? T | undefined
      : F[K] extends { readonly value: string }
        ? string | undefined
        : boolean;
};

export interface Positional {
  readonly name: string;
  readonly required?: boolean;
  /** Takes all words that follow. */
  readonly many?: boolean;
  /** What the shell offers here. */
  readonly complete?: 'session' | 'file' | readonly string[];
}

/** How the help orders commands. */
export const groups = ['Look', 'Go back', 'Record', 'Keep', 'Set up'] as const;

export interface Command<F extends Flags = Flags> {
  readonly summary: string;
  readonly group: (typeof groups)[number];
  /** Not for people: left out of the help. */
  readonly hidden?: boolean;
  readonly positionals: readonly Positional[];
  readonly flags: F;
  /** Everything behind the first word belongs to another command and is not parsed here. */
  readonly passThrough?: boolean;
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Commands of its own, which its next word names; then it has no words and does nothing itself. */
  readonly subcommands?: Readonly<Record<string, Command>>;
  /** Further words on what it does, shown in the help. */
  readonly about?: string;
  /** Gives the exit code where it is not 0. */
  readonly run: (cli: Cli, flags: FlagValues<F>, words: readonly string[]) => Promise<number | void>;
}

/** Gives a command's `run` the types of its flags. */
export const defineCommand = <const F extends Flags>(command: Command<F>): Command =>
  command as unknown as Command;
