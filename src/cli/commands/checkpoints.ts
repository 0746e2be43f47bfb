// clew checkpoints: the states of the project's files that are kept.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, limit } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { checkpointTable } from '../render/checkpoint-table.ts';
import { harmless } from '../render/harmless.ts';
import { storeSizeLines } from '../render/store-size.ts';
import { note } from '../terminal.ts';

export const checkpoints = defineCommand({
  summary: 'List checkpoints',
  group: 'Go back',
  positionals: [{ name: 'session', complete: 'session' }],
  flags: {
    all: { help: 'Of all projects, not only of the one in this folder', short: 'a' },
    every: { help: 'Those where nothing changed as well' },
    size: { help: 'What takes the room, of all projects' },
    limit,
    json,
  },
  examples: [
    ['clew checkpoints', 'of the project in this folder'],
    ['clew checkpoints 3f2a', 'those that belong to a session'],
    ['clew checkpoints --size', 'what takes the room'],
    ['clew diff $(clew checkpoints --json | jq -r .[1].id)', 'what changed since the last but one'],
  ],
  async run(cli, flags, [session]) {
    const clew = await openFresh(cli);
    if (flags.size) {
      const size = clew.storeSize();
      if (flags.json) printJson(size);
      else await show(storeSizeLines(harmless(size), viewOf(clew)));
      return;
    }
    const root = flags.all || session !== undefined ? undefined : clew.projectRoot();
    const all = clew.checkpoints({ session, root });
    const some =
      flags.every || flags.json ? all : all.filter((one) => one.changed > 0 || one.message || one.why);
    const rows = some.slice(0, flags.limit);
    if (flags.json) printJson(rows);
    else if (rows.length === 0)
      note(all.length === 0 ? none : 'no checkpoint at which anything changed; --every lists all');
    else await show(checkpointTable(harmless(rows), viewOf(clew)));
  },
});

const none = 'no checkpoints; `clew checkpoint` takes one, and with `clew init` they are taken by themselves';
