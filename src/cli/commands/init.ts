// clew init: hooks the agents, or git.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { hookFlags } from '../flags.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { hookLines } from '../render/hooks.ts';
import { print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export const init = defineCommand({
  summary: 'Hook the agents, so that they tell clew more',
  group: 'Set up',
  positionals: [],
  flags: {
    ...hookFlags,
    handoff: { help: 'Also give sessions a handoff when they start after a compaction or a crash' },
    mcp: { help: 'Instead of hooking, register the MCP server (`clew mcp`) with the agents' },
    commands: {
      help: "Instead of hooking, install the agents' own commands: a skill and slash commands that call clew",
    },
    git: {
      help: 'Instead of the agents hook git, in the repository of this folder: commits are linked to sessions',
    },
    trailer: { help: 'With --git: commits made in a session say so, as `Clew-Session: <id>`' },
  },
  about:
    "clew needs no hooks: it reads what agents write. With hooks it also knows durations, approvals and how sessions end, and what an agent deletes is kept. A hook is a few lines of sh; it can fail nothing of the agent's. The agent's own settings stay as they are, and `clew uninstall` gives back the file of before, byte for byte.",
  examples: [
    ['clew init --dry-run', 'show what would be changed'],
    ['clew init', "hook all of the user's sessions"],
    ['clew init --project', 'only those in this folder'],
    ['clew init --handoff', 'and let agents take up what was cut off'],
    ['clew init --mcp --commands', 'let agents call clew themselves'],
    ['clew init --git', 'hook git in this repository, beside the hooks that are there'],
  ],
  async run(cli, flags) {
    const clew = await cli.open();
    if (flags.trailer && !flags.git) throw new UsageError('--trailer is of the hooks of git', 'add --git');
    const how = { project: flags.project, dryRun: flags['dry-run'] };
    const equips = flags.mcp || flags.commands;
    if (equips && (flags.git || flags.handoff))
      throw new UsageError(
        '--mcp and --commands hook nothing',
        'call `clew init` a second time, with --git or --handoff',
      );
    const report = flags.git
      ? clew.initGit({ ...how, trailer: flags.trailer })
      : equips
        ? clew.equip({ ...how, mcp: flags.mcp, commands: flags.commands })
        : await clew.init({ ...how, handoff: flags.handoff });
    if (flags.json) {
      printJson(report);
      return;
    }
    const view = viewOf(clew);
    const { files, events, warnings } = harmless(report);
    const changed = files.some((file) => file.changed);
    print([
      ...(await hookLines(report, view)),
      ...warnings.map((warning) => `${view.colour.yellow('!')} ${warning}`),
      ...(report.dryRun || !changed
        ? []
        : [
            equips
              ? equipped(flags.project !== undefined)
              : doneLine(flags.git, events.length, clew.context.clewHome),
          ]),
    ]);
  },
});

const equipped = (inProject: boolean): string =>
  `Agents have it from their next session on; \`clew uninstall${inProject ? ' --project' : ''}\` takes it out again.`;

const doneLine = (git: boolean, events: number, home: string): string =>
  git
    ? `Hooked ${events} events of git; \`clew uninstall --git\` gives every hook back as it was.`
    : `Hooked ${events} events. A backup lies in ${home}; \`clew uninstall\` puts it back. \`clew init --git\` also hooks git, in the repository of this folder; \`clew init --mcp --commands\` lets agents call clew themselves.`;
