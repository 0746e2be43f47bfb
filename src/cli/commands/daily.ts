// clew daily: the summary of a day.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { dailyLines } from '../render/summaries.ts';
import { print } from '../terminal.ts';
import { parseWhen } from '../when.ts';

export const daily = defineCommand({
  summary: 'Summarise a day',
  group: 'Look',
  positionals: [{ name: 'date' }],
  flags: { timezone: { help: 'Whose day: a name such as Europe/Berlin', value: 'ZONE' }, json },
  examples: [
    ['clew daily', 'today'],
    ['clew daily yesterday', 'the day before'],
    ['clew daily 2026-11-20 --json', 'for scripts'],
  ],
  async run(cli, { timezone, json: asJson }, [date]) {
    // Noon is on the same day in nearly every zone.
    const at = date === undefined ? undefined : parseWhen(date, 'start', Date.now(), 'date') + 12 * 3_600_000;
    const clew = await openFresh(cli);
    const summary = clew.daily({ at, timezone });
    if (asJson) printJson(summary);
    else print(dailyLines(summary, viewOf(clew)));
  },
});
