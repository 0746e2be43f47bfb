// clew agents: which agents clew reads, and what their records can tell.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { agentLines } from '../render/agents.ts';
import { harmless } from '../render/harmless.ts';
import { print } from '../terminal.ts';

export const agents = defineCommand({
  summary: 'Show which agents clew reads, and what their records tell',
  group: 'Look',
  positionals: [],
  flags: { json },
  about:
    'What an agent does not tell is unknown to clew, never zero. Of agents whose records have become better with time, the table is of the newest version; --json has all.',
  examples: [
    ['clew agents', 'the table'],
    ['clew agents --json | jq ".[].versions"', 'the versions that were met'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const all = clew.agents();
    if (flags.json) printJson(all);
    else print(agentLines(harmless(all), viewOf(clew)));
  },
});
