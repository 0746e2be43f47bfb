// clew blame: like git blame, with the agent, the session and the prompt that each line came from.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { blameLines } from '../render/attribution.ts';
import { harmless } from '../render/harmless.ts';
import { UsageError } from '../usage-error.ts';

export const blame = defineCommand({
  summary: 'Show who wrote each line of a file: which agent, in which session, for which prompt',
  group: 'Look',
  positionals: [{ name: 'file', required: true, complete: 'file' }],
  flags: {
    rev: { help: 'The file as it is in this commit, not as it lies here', value: 'REV' },
    lines: {
      help: 'Only these lines, such as 10,20',
      value: 'FROM,TO',
      short: 'L',
      read: (text: string, flag: string): readonly [number, number] => {
        const [, from, to = from] = /^([1-9]\d*)(?:,([1-9]\d*))?$/.exec(text) ?? [];
        if (from !== undefined && Number(from) <= Number(to)) return [Number(from), Number(to)];
        throw new UsageError(`${flag} "${text}" is no range of lines`, `for example: ${flag} 10,20`);
      },
    },
    'ignore-space': { help: 'Pass over changes of white space, as git blame -w does', short: 'w' },
    moves: { help: 'Follow lines that moved within the file, as git blame -M does', short: 'M' },
    json,
  },
  about:
    '`?` stands before what is not certain, `~` at lines of which somebody else has changed the white space, `*` at lines that were somebody else’s before they were reworded, `–` where nothing is known. Lines that are not committed are told by the checkpoints.',
  examples: [
    ['clew blame src/login.ts', 'the file as it lies here'],
    ['clew blame src/login.ts -L 10,20', 'some lines of it'],
    ['clew blame src/login.ts --rev HEAD~3 --json', 'as it was, for scripts'],
  ],
  async run(cli, flags, [file = '']) {
    const clew = await openFresh(cli);
    const { rev, lines, moves } = flags;
    const rows = clew.blame(file, { rev, lines, moves, ignoreSpace: flags['ignore-space'] });
    if (flags.json) printJson(rows);
    else await show(blameLines(harmless(rows), viewOf(clew)));
  },
});
