// clew decisions: what was decided, by whom, and why.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { filterFlags, json, sessionFlag } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { decisionLines } from '../render/journal.ts';
import { note } from '../terminal.ts';

export const decisions = defineCommand({
  summary: 'List decisions, the latest first',
  group: 'Look',
  positionals: [],
  flags: {
    session: { ...sessionFlag, help: 'Only those of this session' },
    issue: { help: 'Only those on this issue, or made while it was worked on', value: 'ISSUE' },
    since: { ...filterFlags.since, help: 'Made at or after this time: 2025-11-12, yesterday, 7d' },
    until: { ...filterFlags.until, help: 'Made at or before this time' },
    json,
  },
  about:
    'Those that were recorded (`clew decision`), and those that transcripts tell of: answers to questions that an agent put to its user, and plans that were approved or rejected.',
  examples: [
    ['clew decisions --since 7d', 'of the last week'],
    ['clew decisions --issue bd-42 --json', 'of one issue'],
  ],
  async run(cli, { json: asJson, ...filter }) {
    const clew = await openFresh(cli);
    const found = clew.decisions(filter);
    if (asJson) printJson(found);
    else if (found.length === 0) note('no decision is known');
    else await show(decisionLines(harmless(found), viewOf(clew)));
  },
});
