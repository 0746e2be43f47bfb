// clew limits: how much of each limit is used.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { limitLines } from '../render/alerts.ts';
import { harmless } from '../render/harmless.ts';

export const limits = defineCommand({
  summary: 'How much is used of the limits on tokens and cost',
  group: 'Look',
  positionals: [{ name: 'session', complete: 'session' }],
  flags: { json },
  about:
    "Today's limit, those of this month's projects, and those of the sessions that went on today; with a session, its own, its project's and today's. Limits are set in config.json, as docs/limits.md tells. They warn; they stop nothing.",
  examples: [
    ['clew limits', 'the tightest first'],
    ['clew limits 3f2a', 'those that one session counts for'],
  ],
  async run(cli, flags, [session]) {
    const clew = await openFresh(cli);
    const found = clew.limits({ session });
    if (flags.json) printJson(found);
    else await show(limitLines(harmless(found), viewOf(clew)));
  },
});
