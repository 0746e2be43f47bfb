// clew issue: an issue, and everything done for it.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { issueLines } from '../render/issue.ts';

export const issue = defineCommand({
  summary: 'Show an issue, with everything done for it and what it cost',
  group: 'Look',
  positionals: [{ name: 'id', required: true }],
  flags: { json },
  about:
    'Any id that a tracker here, work, prompts, commits or branches name: bd-a3f2, ABC-123, "#12". Each session is told with what ties it to the issue. docs/issues.md says how that is found, and how a session with several issues is divided.',
  examples: [
    ['clew issue bd-a3f2', 'sessions, work, commits, files, cost and time'],
    ["clew issue '#12' --json | jq .use.cost", 'what an issue of this project cost'],
  ],
  async run(cli, flags, [id = '']) {
    const clew = await openFresh(cli);
    const found = await clew.issue(id);
    if (flags.json) printJson(found);
    else await show(issueLines(harmless(found), viewOf(clew), clew.context.cwd));
  },
});
