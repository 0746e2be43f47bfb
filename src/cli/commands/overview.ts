// clew, without a command: what is going on.
import { viewOf } from '../cli.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { takeIn } from '../fresh.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { nothingFound } from '../render/import-report.ts';
import { overviewLines } from '../render/overview.ts';
import { print } from '../terminal.ts';
import type { Clew, IngestReport } from '../../index.ts';

export const overview = defineCommand({
  summary: 'What is running, what was done lately, what needs a look',
  group: 'Look',
  positionals: [],
  flags: { json },
  about: '`clew` alone does the same.',
  examples: [
    ['clew', 'what is going on'],
    ['clew --json', 'as JSON'],
  ],
  async run(cli, flags) {
    const clew = await cli.open();
    const report = await takeIn(cli, clew);
    if (flags.json) printJson(clew.overview());
    else print(overviewOrWhereItLooked(cli, clew, report));
  },
});

/** Where there is nothing to show, where clew looked for it. */
function overviewOrWhereItLooked(cli: Cli, clew: Clew, report: IngestReport | undefined): string[] {
  const view = viewOf(clew);
  const result = harmless(clew.overview());
  if (result.sessions === 0 && report?.ran) return nothingFound(harmless(report), cli.name, view);
  return overviewLines(result, view);
}
