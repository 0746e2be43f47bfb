// clew session list: sessions by hand and captured ones, as a table.
import { agentTypes } from '../../../model/index.ts';
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { choice, filterFlags, json, limit } from '../../flags.ts';
import { openFresh } from '../../fresh.ts';
import { printJson } from '../../json.ts';
import { show } from '../../pager.ts';
import { harmless } from '../../render/harmless.ts';
import { keptTable } from '../../render/kept-session.ts';
import { note } from '../../terminal.ts';

export const list = defineCommand({
  summary: 'List sessions, the latest started first',
  group: 'Record',
  positionals: [],
  flags: {
    project: { ...filterFlags.project, short: 'p' },
    status: { ...filterFlags.status, short: 's' },
    'agent-type': { ...choice(agentTypes, 'Sessions of this agent'), short: 't' },
    limit,
    json,
  },
  examples: [
    ['clew session list', 'the latest twenty'],
    ['clew session list --status active --project api', 'what goes on there'],
  ],
  async run(cli, { project, status, 'agent-type': agentType, limit: most, json: asJson }) {
    const clew = await openFresh(cli);
    const rows = clew.keptSessions({ project, status, agentType, limit: most });
    if (asJson) printJson(rows);
    else if (rows.length === 0) note('no sessions match');
    else await show(keptTable(harmless(rows), viewOf(clew)));
  },
});
