// Reads the command line of one command. Strict: what is not understood is named, never passed over.
import { parseArgs } from 'node:util';
import type { Command, Flags } from './command.ts';
import { nearest } from './suggest.ts';
import { UsageError } from './usage-error.ts';

export interface Request {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly words: readonly string[];
}

export function parse(name: string, command: Command, args: readonly string[]): Request {
  const help = `\`clew ${name} --help\` shows what it takes`;
  const { tokens } = parseArgs({
    args: withDefaults(args, command.flags).map(guarded),
    options: optionsOf(command.flags),
    strict: false,
    tokens: true,
  });
  const flags: Record<string, unknown> = nothingGiven(command.flags);
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(unguarded(token.value));
    if (token.kind !== 'option') continue;
    const flag = command.flags[token.name];
    if (!flag) throw unknownFlag(token.rawName, command.flags, help);
    if (flag.value === undefined) {
      if (token.value !== undefined)
        throw new UsageError(`${token.rawName} takes no value, but got "${token.value}"`, help);
      flags[token.name] = true;
      continue;
    }
    const value = token.value && unguarded(token.value);
    if (value === undefined || (!token.inlineValue && /^-./.test(token.value ?? '')))
      throw new UsageError(`${token.rawName} needs a value: ${token.rawName} ${flag.value}`, help);
    const read = flag.read ? flag.read(value, token.rawName) : value;
    flags[token.name] = flag.many ? [...(flags[token.name] as unknown[]), read] : read;
  }
  checkWords(command, words, help);
  return { flags, words };
}

/** A number below zero is no flag, though it begins like one: no flag is a digit. */
const guarded = (arg: string): string => (/^-\.?\d/.test(arg) ? `\0${arg}` : arg);
const unguarded = (text: string): string => text.replace(/^\0/, '');

/** A flag whose value can be left out gets its default where another flag follows, or nothing. */
function withDefaults(args: readonly string[], flags: Flags): string[] {
  return args.map((arg, i) => {
    const fallback = arg.startsWith('--') ? flags[arg.slice(2)]?.fallback : undefined;
    const next = args[i + 1];
    return fallback !== undefined && (next === undefined || next.startsWith('-'))
      ? `${arg}=${fallback}`
      : arg;
  });
}

function optionsOf(flags: Flags): Record<string, { type: 'string' | 'boolean'; short?: string }> {
  const entries = Object.entries(flags).map(([name, flag]) => {
    const type = flag.value === undefined ? ('boolean' as const) : ('string' as const);
    return [name, { type, ...(flag.short && { short: flag.short }) }] as const;
  });
  return Object.fromEntries(entries);
}

/** Switches are off, and lists empty. */
function nothingGiven(flags: Flags): Record<string, unknown> {
  const given = Object.entries(flags).filter(([, flag]) => flag.value === undefined || flag.many);
  return Object.fromEntries(given.map(([name, flag]) => [name, flag.many ? [] : false]));
}

function unknownFlag(typed: string, flags: Flags, help: string): UsageError {
  const near = typed.startsWith('--') ? nearest(typed.slice(2), Object.keys(flags)) : undefined;
  return new UsageError(`unknown flag ${typed}`, near ? `did you mean --${near}?` : help);
}

function checkWords({ positionals }: Command, words: readonly string[], help: string): void {
  const missing = positionals[words.length];
  if (missing?.required) throw new UsageError(`<${missing.name}> is missing`, help);
  if (words.length > positionals.length && !positionals.at(-1)?.many)
    throw new UsageError(`"${words[positionals.length]}" is one word too many`, help);
}
