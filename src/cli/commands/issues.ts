// clew issues: the issues of a project, with what was used for each.
import { issueStates } from '../../model/index.ts';
import type { IssueState } from '../../model/index.ts';
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json, limit, oneOf } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless, harmlessText } from '../render/harmless.ts';
import { issueTable } from '../render/issue-table.ts';
import { note } from '../terminal.ts';

/** How many rows a table shows where no limit is given; JSON has all. */
const shownRows = 50;
const usual: readonly IssueState[] = ['in_progress', 'blocked', 'open'];

export const issues = defineCommand({
  summary: 'List the issues of this project, with what was used for each',
  group: 'Look',
  positionals: [],
  flags: {
    state: {
      help: 'Only these states, separated by commas; in_progress,blocked,open if left out',
      value: 'STATE[,STATE…]',
      choices: issueStates,
      read: (text: string, flag: string): readonly IssueState[] =>
        text.split(',').map((one) => oneOf(issueStates, one.trim(), flag)),
    },
    all: { help: 'Closed and deleted ones, too' },
    limit,
    json,
  },
  about:
    'Issues are those of beads (`.beads`), `ISSUES.md` and `issues.json`, and those that work was recorded for. docs/issues.md says what is read, and what ties a session to an issue.',
  examples: [
    ['clew issues', 'what is open here'],
    ['clew issues --state closed -n 20', 'what the last ones came to'],
    ['clew issues --all --json', 'everything, as JSON'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const states = flags.state ?? (flags.all ? undefined : usual);
    const asked = flags.limit ?? (flags.json ? undefined : shownRows);
    const list = await clew.issues({ states, limit: asked && asked + 1 });
    const found = list.issues.slice(0, asked);
    if (flags.json) {
      printJson({ ...list, issues: found });
      return;
    }
    for (const warning of list.warnings) note(`clew: ${harmlessText(warning)}`);
    if (found.length === 0)
      note(
        list.trackers.length === 0
          ? 'no tracker is here, and no work on an issue is recorded; `clew work start ISSUE` begins some'
          : `no issues match; \`${cli.name} issues --all\` shows closed ones, too`,
      );
    await show(issueTable(harmless(found), viewOf(clew)));
    if (list.issues.length > found.length)
      note(`there are more: \`${cli.name} issues --limit ${found.length * 10}\``);
  },
});
