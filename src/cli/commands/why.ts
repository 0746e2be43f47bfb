// clew why: the prompt, the decision, the operation and the commit behind something.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { whyLines } from '../render/why.ts';

export const why = defineCommand({
  summary: 'Show the prompt, the decision, the operation and the commit behind something',
  group: 'Look',
  positionals: [{ name: 'file:line|commit|operation|issue', required: true, complete: 'file' }],
  flags: { json },
  about:
    'Of a line: the operation that wrote it. Of a commit: the operations that made its lines. Of an issue: why it was worked on. Each with the prompts that they answered and what was decided before. What is concluded, and not recorded, is said to be likely.',
  examples: [
    ['clew why src/clock.ts:42', 'who wrote this line, and what for'],
    ['clew why HEAD', 'what led to the last commit'],
    ['clew why toolu_01Xy', 'what an operation was for'],
    ['clew why bd-42 --json | jq .decisions', 'what was decided for an issue'],
  ],
  async run(cli, flags, [what = '']) {
    const clew = await openFresh(cli);
    const found = clew.why(what);
    if (flags.json) printJson(found);
    else await show(whyLines(harmless(found), viewOf(clew)));
  },
});
