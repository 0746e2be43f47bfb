// clew files: the files that agents changed, or who changed one of them.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { filterFlags, filterOf, json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { fileTable, touchTable } from '../render/file-tables.ts';
import { harmless } from '../render/harmless.ts';
import { note } from '../terminal.ts';

export const files = defineCommand({
  summary: 'List changed files, or the changes of one',
  group: 'Look',
  positionals: [{ name: 'path', complete: 'file' }],
  flags: { ...filterFlags, json },
  about:
    'With a path, each change of that file, or of the files in that folder, with the session and the operation that made it.',
  examples: [
    ['clew files --since today', 'what agents changed today'],
    ['clew files src/login.ts', 'who changed this file'],
    ['clew files src --agent claude-code --json', 'the changes in a folder, as JSON'],
  ],
  async run(cli, flags, [path]) {
    const clew = await openFresh(cli);
    const filter = filterOf(flags);
    const view = viewOf(clew);
    if (path === undefined) await output(clew.files(filter), (rows) => fileTable(rows, view), flags.json);
    else await output(clew.fileHistory(path, filter), (rows) => touchTable(rows, view), flags.json);
  },
});

async function output<Row>(
  rows: readonly Row[],
  render: (rows: readonly Row[]) => string[],
  asJson: boolean,
): Promise<void> {
  if (asJson) {
    printJson(rows);
    return;
  }
  if (rows.length === 0) note('no changes match');
  else await show(render(harmless(rows)));
}
