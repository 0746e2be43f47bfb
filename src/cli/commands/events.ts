// clew events: the activity log.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, limit } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { eventLines } from '../render/events.ts';
import { harmless } from '../render/harmless.ts';
import { note } from '../terminal.ts';

const usualLimit = 50;

export const events = defineCommand({
  summary: 'List the events of the activity log',
  group: 'Look',
  positionals: [],
  flags: {
    session: { help: 'Events of this session', value: 'SESSION' },
    type: { help: 'Events of this type: decision, tool_usage, snapshot.created', value: 'TYPE' },
    limit: { ...limit, help: `Show at most so many (${usualLimit}; with --json all)` },
    json,
  },
  about: 'Those recorded with `clew event` and those read from logs, the latest first.',
  examples: [
    ['clew events', 'the latest'],
    ['clew events --session session_20260112 --type error', 'what went wrong in one session'],
    ['clew events --json | jq -c .[].event', 'as a log, the latest first'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const { session, type } = flags;
    const found = clew.events({ session, type, limit: flags.limit ?? (flags.json ? undefined : usualLimit) });
    if (flags.json) return printJson(found);
    if (found.length === 0)
      note(
        session !== undefined || type !== undefined
          ? 'no events match'
          : 'no events are recorded; `clew event` records one',
      );
    return show(eventLines(harmless(found), viewOf(clew)));
  },
});
