// Help, made from the commands' own descriptions.
import { groups } from './command.ts';
import type { Command, Flag, Positional } from './command.ts';
import { shownCommands } from './commands.ts';
import { pad, wrap } from './render/width.ts';
import { columns, colours } from './terminal.ts';

export function generalHelp(): string[] {
  const { bold } = colours();
  return [
    'clew records what AI coding agents do, and gives the way back.',
    '',
    `${bold('Usage:')} clew [command] [flags]`,
    ...groups.flatMap((group) => [
      '',
      bold(group),
      ...listed(
        shownCommands
          .filter(([, command]) => command.group === group)
          .map(([name, { summary }]) => [name, summary]),
      ),
    ]),
    '',
    bold('Examples'),
    ...listed([
      ['clew', 'what is going on'],
      ['clew log --follow', 'watch the latest session live'],
      ['clew search "race condition" --since 7d', 'find it again'],
      ['clew sessions --json | jq length', 'for scripts: every command that shows something has --json'],
    ]),
    '',
    '`clew <command> --help` shows the flags and examples of a command; `clew --version` shows the version.',
  ];
}

export function commandHelp(name: string, command: Command): string[] {
  const { bold } = colours();
  const flags = Object.entries(command.flags);
  const own = Object.entries(command.subcommands ?? {});
  const words = own.length > 0 ? ['<command>'] : command.positionals.map(positionalText);
  return [
    `${command.summary}.`,
    '',
    `${bold('Usage:')} ${['clew', name, ...words, ...(flags.length > 0 ? ['[flags]'] : [])].join(' ')}`,
    ...(command.about ? ['', ...wrap(command.about, columns())] : []),
    ...(own.length > 0
      ? ['', bold('Commands'), ...listed(own.map(([word, { summary }]) => [word, summary]))]
      : []),
    ...(flags.length > 0
      ? ['', bold('Flags'), ...listed(flags.map(([flag, one]) => [flagText(flag, one), flagHelp(one)]))]
      : []),
    '',
    bold('Examples'),
    ...listed(command.examples),
  ];
}

const positionalText = ({ name, required, many }: Positional): string => {
  const text = many ? `${name}…` : name;
  return required ? `<${text}>` : `[${text}]`;
};

function flagText(name: string, { short, value, fallback }: Flag): string {
  const shown = fallback === undefined ? value : `[${value}]`;
  return `${short ? `-${short}, ` : ''}--${name}${shown ? ` ${shown}` : ''}`;
}

const flagHelp = ({ help, choices, value }: Flag): string =>
  choices && value !== choices.join('|') ? `${help}: ${choices.join(', ')}` : help;

/** Two columns; the second is wrapped. */
function listed(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.min(32, Math.max(...rows.map(([text]) => text.length)));
  return rows.flatMap(([text, what]) => {
    const [first = '', ...more] = wrap(what, columns() - left - 4);
    const indent = ' '.repeat(left + 4);
    const start = text.length > left ? [`  ${text}`, indent + first] : [`  ${pad(text, left)}  ${first}`];
    return [...start, ...more.map((line) => indent + line)];
  });
}
