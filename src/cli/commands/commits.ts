// clew commits: what was committed, and which sessions it came out of.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, limit } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { commitTable } from '../render/commits.ts';
import { harmless } from '../render/harmless.ts';
import { note } from '../terminal.ts';

/** How many a table shows where no limit is given; JSON has all. */
const shownRows = 50;

export const commits = defineCommand({
  summary: 'List commits with the sessions that they came out of',
  group: 'Look',
  positionals: [{ name: 'session|range', complete: 'session' }],
  flags: {
    all: { help: 'Of all projects, not only of the one in this folder', short: 'a' },
    replaced: { help: 'Also those that an amend or a rebase has replaced' },
    limit,
    json,
  },
  about:
    'Commits that were made here are seen by the reflog, and by what agents tell of their shells; `clew init --git` adds hooks, which also tell the session of the environment (CLEW_SESSION_ID). A range, as git takes it, also lists commits that were made elsewhere. ★ marks the session that wrote most of a commit.',
  examples: [
    ['clew commits', 'of the project in this folder'],
    ['clew commits 3f2a', 'those that came out of a session'],
    ['clew commits main..HEAD --json', 'of a branch'],
    ['clew show 1a2b3c4', 'everything about one'],
  ],
  async run(cli, flags, [of]) {
    const clew = await openFresh(cli);
    const most = flags.limit ?? (flags.json ? undefined : shownRows);
    const rows = clew.commits({ of, all: flags.all, replaced: flags.replaced, limit: most });
    if (flags.json) printJson(rows);
    else if (rows.length === 0)
      note('no commits were seen to be made here since clew knows the project; --all lists those of others');
    else await show(commitTable(harmless(rows), viewOf(clew)));
  },
});
