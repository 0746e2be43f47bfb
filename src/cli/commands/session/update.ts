// clew session update: what is said of a session later.
import { defineCommand } from '../../command.ts';
import { json, numberValue } from '../../flags.ts';
import { jsonObject } from './json-object.ts';
import { tell } from './pause.ts';

export const update = defineCommand({
  summary: 'Say more of a session: goal, model, metadata',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: {
    goal: { help: 'What it is for', value: 'TEXT', short: 'g' },
    'agent-version': { help: 'The version or the model of the agent', value: 'VERSION' },
    model: { help: 'The model', value: 'MODEL' },
    'model-tier': { help: '1 to 4, weak, base or strong, or a model such as sonnet', value: 'TIER' },
    temperature: { help: 'The temperature', value: 'NUMBER', read: numberValue },
    metadata: { help: 'A JSON object, in place of the one before', value: 'JSON', read: jsonObject },
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
