// clew checkpoint: takes the state of the project's files by hand.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { many } from '../render/numbers.ts';
import { tilde } from '../render/path.ts';
import { print } from '../terminal.ts';

export const checkpoint = defineCommand({
  summary: "Keep the state of the project's files",
  group: 'Go back',
  positionals: [],
  flags: { message: { help: 'A few words on it', value: 'TEXT', short: 'm' }, json },
  about:
    'With hooks (`clew init`) checkpoints are taken by themselves: at every prompt, before and after each tool call that can change files, at the end of every turn. They hold what git would see: tracked files, and untracked ones that are not ignored.',
  examples: [
    ['clew checkpoint', 'of the project in this folder'],
    ["clew checkpoint -m 'before the migration'", 'with a word on it'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const row = await clew.takeCheckpoint({ message: flags.message });
    if (flags.json) printJson(row);
    else {
      const changed =
        row.changed === 0 ? 'nothing changed since the last one' : many(row.changed, 'changed file');
      print([
        `${viewOf(clew).colour.yellow(row.id)}  ${tilde(harmless(row).root, viewOf(clew))}, ${changed}`,
      ]);
    }
  },
});
