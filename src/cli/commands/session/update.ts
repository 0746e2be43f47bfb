// clew session update: what is said of a session later.
import { defineCommand } from '../../command.ts';
import { json } from '../../flags.ts';
import { tell } from './pause.ts';
import { saidFlags } from './said.ts';

export const update = defineCommand({
  summary: 'Say more of a session: goal, model, metadata',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: {
    ...saidFlags,
    metadata: { ...saidFlags.metadata, help: 'A JSON object, in place of the one before' },
    json,
  },
  examples: [['clew session update 3f2a --goal "mend the parser and its tests"', 'it has grown']],
  async run(cli, given, [id = '']) {
    const clew = await cli.open();
    const { goal, model, temperature, metadata } = given;
    const said = { goal, model, temperature, metadata };
    const change = await clew.updateSession(id, {
      ...said,
      modelTier: given['model-tier'],
      agentVersion: given['agent-version'],
    });
    tell(clew, change, 'updated', given.json);
  },
});
