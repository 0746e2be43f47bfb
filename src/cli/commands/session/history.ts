// clew session history: what happened in a session.
import { interactionTypes } from '../../../model/index.ts';
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { choice, json, limit } from '../../flags.ts';
import { openFresh } from '../../fresh.ts';
import { printJson } from '../../json.ts';
import { show } from '../../pager.ts';
import { harmless } from '../../render/harmless.ts';
import { historyLines } from '../../render/kept-session.ts';
import { note } from '../../terminal.ts';

export const history = defineCommand({
  summary: 'Show what happened in a session, the latest last',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: {
    type: { ...choice(interactionTypes, 'Only steps of this type', 'TYPE'), short: 't' },
    limit: { ...limit, help: 'Show the latest N; 50, if left out' },
    json,
  },
  about:
    'What was recorded by hand, and what the records of the agent tell: prompts, answers, tool calls, commits. `clew log` shows the same in full.',
  examples: [
    ['clew session history 3f2a', 'the latest fifty'],
    ['clew session history 3f2a --type commit', 'its commits'],
  ],
  async run(cli, { type, limit: most, json: asJson }, [id = '']) {
    const clew = await openFresh(cli);
    const found = clew.sessionHistory(id, { type, limit: most });
    if (asJson) printJson(found);
    else if (found.length === 0) note(`nothing${type ? ` of type ${type}` : ''} happened in it`);
    else await show(historyLines(harmless(found), viewOf(clew)));
  },
});
