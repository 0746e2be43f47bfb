// clew operations: what agents did, one by one, and who allowed it.
import { operationStatuses, operationTypes } from '../../model/index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { choice, filterFlags, json, limit, sessionFlag } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { operationTable } from '../render/operation-table.ts';
import { note } from '../terminal.ts';

/** How many a table shows where no limit is given; JSON has all. */
const shownRows = 50;

export const operations = defineCommand({
  summary: 'List operations, with who allowed them and what they cost',
  group: 'Look',
  positionals: [],
  flags: {
    session: { ...sessionFlag, help: 'Only those of this session' },
    status: choice(operationStatuses, 'Only those with this status'),
    type: choice(operationTypes, 'Only those of this type'),
    name: { help: 'Only calls of this tool', value: 'TOOL' },
    'approved-by': {
      help: 'Only those that this allowed or denied: user, mode, rule, hook, config',
      value: 'WHO',
    },
    since: { ...filterFlags.since, help: 'Begun at or after this time: 2025-11-12, yesterday, 7d' },
    until: { ...filterFlags.until, help: 'Begun at or before this time' },
    limit,
    json,
  },
  about:
    'The latest first: fifty where no limit is given, with `--json` all. Tokens and cost are those of the response that asked for the operation, shared evenly among its calls.',
  examples: [
    ['clew operations --status blocked --since 7d', 'what was not allowed'],
    ['clew operations --session 3f2a --type execute --json', 'the commands of a session'],
    ['clew operations --approved-by user', 'what somebody was asked about, and answered'],
  ],
  async run(cli, { json: asJson, 'approved-by': approvedBy, ...filter }) {
    const clew = await openFresh(cli);
    if (asJson) {
      printJson(clew.operations({ ...filter, approvedBy }));
      return;
    }
    const most = filter.limit ?? shownRows;
    // One more than is shown, to know whether there are more.
    const found = clew.operations({ ...filter, approvedBy, limit: most + 1 });
    if (found.length === 0) note('no operations match');
    await show(operationTable(harmless(found.slice(0, most)), viewOf(clew)));
    if (found.length > most) note(`there are more: \`${cli.name} operations --limit ${most * 10}\``);
  },
});
