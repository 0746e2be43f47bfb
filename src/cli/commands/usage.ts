// clew usage: what was used and what it cost, by whatever it is grouped, and what is behind a number.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { limitNotes } from '../render/alerts.ts';
import { harmless } from '../render/harmless.ts';
import { note, print } from '../terminal.ts';
import { csvLines } from '../usage/csv.ts';
import { explanationLines } from '../usage/explained.ts';
import { requestOf, usageFlags, usageGroups } from '../usage/flags.ts';
import { usageLines } from '../usage/lines.ts';

/** How many responses an explanation shows where no limit is given; JSON has all. */
const shownResponses = 100;
/** How many rows a table shows that are no times; what is left is one more. */
const shownRows = 50;

export const usage = defineCommand({
  summary: 'What was used and what it cost',
  group: 'Look',
  positionals: [{ name: 'group', complete: usageGroups }],
  flags: usageFlags,
  about: `Groups: ${usageGroups.join(', ')}; by day if none is given. Without --since, --until or --all: the last 30 days, 12 weeks, 12 months, 3 days of 5h blocks. A row's key, as its first column shows it, is what --explain takes (with --by: both values with " / " between them; the beginning of a session's id is enough).`,
  examples: [
    ['clew usage', 'by day, the last 30'],
    ['clew usage week --by model', 'by week and model'],
    ['clew usage project --since 7d', 'which project cost what this week'],
    ['clew usage 5h --token-limit max', 'blocks of five hours, and how the open one is doing'],
    ['clew usage --explain 2026-11-20', 'the responses, prices and records behind a day'],
    ['clew usage month --all --csv', 'for a spreadsheet'],
  ],
  async run(cli, flags, [word]) {
    const request = requestOf(flags, word);
    const clew = await openFresh(cli);
    if (flags.explain !== undefined) {
      const limit = request.limit ?? (flags.json ? undefined : shownResponses);
      const told = clew.explainUsage(flags.explain, { ...request, limit });
      if (flags.json) printJson(told);
      else await show(explanationLines(harmless(told), viewOf(clew)));
      const next = told.offset + told.messages.length;
      if (!flags.json && next < told.count) note(`there are more: --offset ${next}`);
      return;
    }
    const isTable = !flags.json && !flags.csv;
    const isTimes = ['day', 'week', 'month', '5h'].includes(request.group ?? 'day');
    const report = clew.usage({
      ...request,
      limit: request.limit ?? (isTable && !isTimes ? shownRows : undefined),
    });
    if (flags.json) printJson(report);
    else if (flags.csv) print(csvLines(report));
    else if (report.rows.length === 0)
      note(`nothing was used in this time; \`${cli.name} usage --all\` shows all times`);
    else {
      const view = viewOf(clew);
      await show([...usageLines(harmless(report), view), ...limitNotes(harmless(clew.limits()), view)]);
    }
  },
});
