// clew metrics: the numbers that were recorded, and those that clew computes of a session.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, sessionFlag } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { metricTable } from '../render/journal.ts';
import { note } from '../terminal.ts';

export const metrics = defineCommand({
  summary: 'List metrics',
  group: 'Look',
  positionals: [],
  flags: { session: { ...sessionFlag, help: 'Of this session, with what clew computes of it' }, json },
  about:
    'Of a session also `tokens_used`, `files_modified`, `commands_run` and `duration_seconds`, computed from its record.',
  examples: [
    ['clew metrics', 'all that were recorded'],
    ['clew metrics --session 3f2a --json', 'of one session'],
  ],
  async run(cli, { session, json: asJson }) {
    const clew = await openFresh(cli);
    const found = clew.metrics(session);
    if (asJson) printJson(found);
    else if (found.length === 0) note('no metric is recorded; `clew metric NAME VALUE` records one');
    else await show(metricTable(harmless(found), viewOf(clew)));
  },
});
