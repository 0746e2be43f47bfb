// clew session add: records a step of a session.
import { interactionTypes } from '../../../model/index.ts';
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { json, oneOf } from '../../flags.ts';
import { printJson } from '../../json.ts';
import { harmless } from '../../render/harmless.ts';
import { historyLines } from '../../render/kept-session.ts';
import { print } from '../../terminal.ts';
import { jsonObject } from './json-object.ts';

export const add = defineCommand({
  summary: 'Record a step of a session',
  group: 'Record',
  positionals: [
    { name: 'id', required: true, complete: 'session' },
    { name: 'type', required: true, complete: interactionTypes },
    { name: 'content' },
  ],
  flags: { metadata: { help: 'A JSON object that is kept with it', value: 'JSON', read: jsonObject }, json },
  about: `The type is one of ${interactionTypes.join(', ')}.`,
  examples: [
    ['clew session add 3f2a user_message "why does it fail?"', 'what somebody said'],
    [`clew session add 3f2a command_execution "npm test" --metadata '{"exitCode": 0}'`, 'what was run'],
  ],
  async run(cli, { metadata, json: asJson }, [id = '', type = '', content]) {
    const clew = await cli.open();
    const told = { type: oneOf(interactionTypes, type, 'the type'), content, metadata };
    const added = await clew.addInteraction(id, told);
    if (asJson) printJson(added);
    else print(historyLines([harmless(added)], viewOf(clew)));
  },
});
