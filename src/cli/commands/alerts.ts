// clew alerts: what was unusual, and which limits were crossed.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { filterFlags, json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { alertLines } from '../render/alerts.ts';
import { harmless } from '../render/harmless.ts';

export const alerts = defineCommand({
  summary: 'Hours that were unlike others, and limits that were crossed',
  group: 'Look',
  positionals: [],
  flags: {
    since: { ...filterFlags.since, help: 'Since then; the last 24 hours if not given: yesterday, 7d' },
    json,
  },
  about:
    'An hour that cost more than three times the average, in which more than 10% of the operations failed, or more than 10 were blocked; a limit of which 80% or all is used. `alerts` in config.json sets what counts, and a command to run when it happens; docs/limits.md tells more.',
  examples: [
    ['clew alerts', 'of the last 24 hours'],
    ['clew alerts --since 7d --json', 'of a week, as JSON'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const found = clew.alerts({ since: flags.since });
    if (flags.json) printJson(found);
    else await show(alertLines(harmless(found), viewOf(clew)));
  },
});
