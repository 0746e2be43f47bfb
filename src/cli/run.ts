// One call of clew: finds the command, runs it, and makes an exit code of what became of it (0 ok, 1 failed, 2 usage).
import { createCli } from './cli.ts';
import type { Cli } from './cli.ts';
import type { Command } from './command.ts';
import { commandNamed, defaultCommand, shownCommands } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';
import { version } from './package.ts';
import { parse } from './parse.ts';
import { report } from './report.ts';
import { nearest } from './suggest.ts';
import { print } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export async function runCli(args: readonly string[], cli: Cli = createCli()): Promise<number> {
  try {
    return (await dispatch(args, cli)) ?? 0;
  } catch (error) {
    return report(error, asksForJson(args));
  } finally {
    cli.close();
  }
}

/** Where `--json` is what a command reads, it does not print any. */
const asksForJson = (args: readonly string[]): boolean =>
  args.includes('--json') && commandNamed(args[0] ?? '')?.flags['json']?.value === undefined;

const helpFlags = new Set(['--help', '-h']);

async function dispatch(args: readonly string[], cli: Cli): Promise<number | void> {
  const [first = '', ...others] = args;
  if (args.length === 1 && ['--version', '-V', 'version'].includes(first)) {
    print([version()]);
    return;
  }
  if (helpFlags.has(first) || (first === 'help' && others.length === 0)) {
    print(generalHelp());
    return;
  }
  const isHelp = first === 'help';
  const named = isHelp ? others[0]! : first;
  const name = named === '' || named.startsWith('-') ? defaultCommand : named;
  const command = commandNamed(name);
  if (!command)
    throw unknownCommand(
      name,
      shownCommands.map(([one]) => one),
    );
  const rest = name === named ? args.slice(isHelp ? 2 : 1) : args;
  return perform(name, command, rest, isHelp, cli);
}

async function perform(
  name: string,
  command: Command,
  rest: readonly string[],
  isHelp: boolean,
  cli: Cli,
): Promise<number | void> {
  const [word = '-', ...others] = rest;
  if (command.subcommands && !word.startsWith('-')) {
    const own = Object.hasOwn(command.subcommands, word) ? command.subcommands[word] : undefined;
    if (own) return perform(`${name} ${word}`, own, others, isHelp, cli);
    throw unknownCommand(
      `${name} ${word}`,
      Object.keys(command.subcommands).map((one) => `${name} ${one}`),
    );
  }
  if (isHelp || asksForHelp(rest, command.passThrough)) {
    print(commandHelp(name, command));
    return;
  }
  if (command.passThrough) return command.run(cli, {}, rest);
  if (command.subcommands)
    throw new UsageError(
      `${name} what?`,
      `it can be: ${Object.keys(command.subcommands).join(', ')}; \`clew ${name} --help\` tells of them`,
    );
  const { flags, words } = parse(name, command, rest);
  return command.run(cli, flags as never, words);
}

/** A `--help` behind `--` is a word like any other; one behind another command's name is that command's. */
function asksForHelp(args: readonly string[], passThrough = false): boolean {
  if (passThrough) return helpFlags.has(args[0] ?? '');
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => helpFlags.has(arg));
}

function unknownCommand(name: string, known: readonly string[]): UsageError {
  const near = nearest(name, known);
  return new UsageError(
    `unknown command "${name}"`,
    near ? `did you mean \`clew ${near}\`?` : '`clew --help` lists the commands',
  );
}
