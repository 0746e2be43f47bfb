// clew uninstall: takes the hooks out again. What was recorded stays.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { hookFlags } from '../flags.ts';
import { printJson } from '../json.ts';
import { harmless, harmlessText } from '../render/harmless.ts';
import { hookLines } from '../render/hooks.ts';
import { note, print } from '../terminal.ts';

export const uninstall = defineCommand({
  summary: "Take clew's hooks out again, with its MCP server and the agents' commands",
  group: 'Set up',
  positionals: [],
  flags: {
    ...hookFlags,
    git: { help: 'The hooks of git, in the repository of this folder, instead of those of the agents' },
  },
  about:
    'Settings that nobody touched since `clew init` are given back byte for byte; otherwise only the entries of clew are taken out. Commands that were changed are left, and named. Hooks of git are left to --git, which gives them back byte for byte. What was recorded stays.',
  examples: [
    ['clew uninstall --dry-run', 'show what would be changed'],
    ['clew uninstall', 'take the hooks out'],
    ['clew uninstall --git', 'those of git, in this repository'],
  ],
  async run(cli, flags) {
    const clew = await cli.open();
    const how = { project: flags.project, dryRun: flags['dry-run'] };
    const report = flags.git ? clew.uninstallGit(how) : await clew.uninstall(how);
    if (flags.json) {
      printJson(report);
      return;
    }
    const view = viewOf(clew);
    print([
      ...(await hookLines(report, view)),
      ...harmless(report).warnings.map((warning) => `${view.colour.yellow('!')} ${warning}`),
    ]);
    if (flags.git && report.files.length === 0) note('no hooks of clew in this repository');
    const left = flags.git ? [] : clew.gitHooked();
    if (left.length > 0)
      note(
        `git still has hooks of clew; \`clew uninstall --git\` there takes them out: ${left.map(harmlessText).join(', ')}`,
      );
  },
});
