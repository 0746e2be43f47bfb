// clew sessions: the list.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { filterFlags, filterOf, json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { sessionTable } from '../render/session-table.ts';
import { note } from '../terminal.ts';

/** How many sessions a table shows where no limit is given; JSON has all. */
const shownRows = 50;

export const sessions = defineCommand({
  summary: 'List sessions, the latest first',
  group: 'Look',
  positionals: [],
  flags: {
    ...filterFlags,
    text: { help: 'Sessions with these words in the title or anywhere in the text', value: 'WORDS' },
    json,
  },
  examples: [
    ['clew sessions', 'the latest fifty'],
    ['clew sessions --project api --since 7d', 'of the last week, in projects with "api" in their path'],
    ['clew sessions --status interrupted', 'those that ended without a word'],
    ['clew sessions --model opus --limit 5 --json', 'as a JSON array'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const filter = { ...filterOf(flags), text: flags.text };
    if (flags.json) {
      printJson(clew.sessions(filter));
      return;
    }
    // One more than is shown, to know whether there are more.
    const limit = filter.limit ?? shownRows;
    const found = clew.sessions({ ...filter, limit: limit + 1 });
    const rows = found.slice(0, limit);
    if (rows.length === 0) note(`no sessions match; \`${cli.name}\` shows what there is`);
    await show(sessionTable(harmless(rows), viewOf(clew)));
    if (found.length > limit) note(`there are more: \`${cli.name} sessions --limit ${limit * 10}\``);
  },
});
