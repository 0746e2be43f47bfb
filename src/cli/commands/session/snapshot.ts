// clew session snapshot: what the project looks like now, kept with the session.
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { choice, json } from '../../flags.ts';
import { printJson } from '../../json.ts';
import { harmless } from '../../render/harmless.ts';
import { snapshotFacts } from '../../render/kept-session.ts';
import { print } from '../../terminal.ts';

export const snapshot = defineCommand({
  summary: 'Take a context snapshot of a session',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: { type: choice(['update', 'refresh'], 'What kind of; update, if left out'), json },
  examples: [['clew session snapshot 3f2a', 'files, branch, commits and instructions as they are now']],
  async run(cli, { type, json: asJson }, [id = '']) {
    const clew = await cli.open();
    const taken = await clew.snapshotSession(id, type);
    if (asJson) printJson(taken);
    else print(snapshotFacts(harmless(taken), viewOf(clew)));
  },
});
