// clew import: takes in what is new, and says what that was.
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { onAlertFailure } from '../fresh.ts';
import { printJson } from '../json.ts';
import { viewOf } from '../cli.ts';
import { importProgress } from '../progress.ts';
import { harmless } from '../render/harmless.ts';
import { importLines } from '../render/import-report.ts';
import { print } from '../terminal.ts';

export const importCommand = defineCommand({
  summary: "Take in what is new in agents' records",
  group: 'Record',
  positionals: [{ name: 'path', many: true, complete: 'file' }],
  flags: { json },
  about:
    'Without a path, looks everywhere that agents keep their records. Importing again takes in only what is new. Every command that shows something does this first; there is no need to.',
  examples: [
    ['clew import', 'everything that is found'],
    ['clew import ~/backup/.claude', "another machine's records"],
    ['clew import session.jsonl', 'one transcript'],
  ],
  async run(cli, flags, paths) {
    const clew = await cli.open();
    const bar = importProgress();
    const report = await clew
      .import({
        paths: paths.length > 0 ? paths : cli.sources,
        onProgress: bar.onProgress,
        onAlertFailure,
      })
      .finally(() => bar.end());
    if (flags.json) printJson(report);
    else print(importLines(harmless(report), viewOf(clew)));
    return report.failures.length > 0 || !report.ran ? 1 : 0;
  },
});
