// clew active: who is at work now.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { activeLines } from '../render/active.ts';
import { harmless } from '../render/harmless.ts';
import { print } from '../terminal.ts';

export const active = defineCommand({
  summary: 'Which agents are at work now, on what, and whom they wait for',
  group: 'Look',
  positionals: [],
  flags: { json },
  about:
    'An agent is at work while its process runs, or while it wrote in the last ten minutes and did not end. Files are those that it changed in the last hour. Two that changed the same file, or work in the same worktree, are named: they may get into each other’s way.',
  examples: [
    ['clew active', 'who is at work'],
    ['watch -n 5 clew active', 'all the time'],
    ['clew active --json', 'as JSON'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const report = clew.active();
    if (flags.json) printJson(report);
    else print(activeLines(harmless(report), viewOf(clew)));
  },
});
