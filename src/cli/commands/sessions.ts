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
    ['clew sessions', 'all sessions'],
    ['clew sessions --project api --since 7d', 'of the last week, in projects with "api" in their path'],
    ['clew sessions --status interrupted', 'those that ended without a word'],
    ['clew sessions --model opus --limit 5 --json', 'as a JSON array'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const rows = clew.sessions({ ...filterOf(flags), text: flags.text });
    if (flags.json) {
      printJson(rows);
      return;
    }
    if (rows.length === 0) note(`no sessions match; \`${cli.name}\` shows what there is`);
    await show(sessionTable(harmless(rows), viewOf(clew)));
  },
});
