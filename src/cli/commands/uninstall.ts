// clew uninstall: takes the hooks out again. What was recorded stays.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { hookFlags } from '../flags.ts';
import { printJson } from '../json.ts';
import { hookLines } from '../render/hooks.ts';
import { print } from '../terminal.ts';

export const uninstall = defineCommand({
  summary: "Take clew's hooks out again",
  group: 'Set up',
  positionals: [],
  flags: hookFlags,
  about:
    'Settings that nobody touched since `clew init` are given back byte for byte; otherwise only the entries of clew are taken out. What was recorded stays.',
  examples: [
    ['clew uninstall --dry-run', 'show what would be changed'],
    ['clew uninstall', 'take the hooks out'],
  ],
  async run(cli, flags) {
    const clew = await cli.open();
    const report = await clew.uninstall({ project: flags.project, dryRun: flags['dry-run'] });
    if (flags.json) printJson(report);
    else print(await hookLines(report, viewOf(clew)));
  },
});
