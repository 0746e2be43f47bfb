// clew metric: keeps a named number.
import { defineCommand } from '../command.ts';
import { json, jsonValue, numberValue, sessionFlag } from '../flags.ts';
import { printJson } from '../json.ts';
import { harmless } from '../render/harmless.ts';
import { print } from '../terminal.ts';

export const metric = defineCommand({
  summary: 'Record a number under a name',
  group: 'Record',
  positionals: [
    { name: 'name', required: true },
    { name: 'value', required: true },
  ],
  flags: {
    session: sessionFlag,
    metadata: { help: 'A JSON object to keep with it', value: 'JSON', read: jsonValue },
    json,
  },
  examples: [
    ['clew metric coverage 0.83', 'of the session at work here'],
    ['clew metric bundle_kb 412 --metadata \'{"branch": "main"}\'', 'with more about it'],
  ],
  async run(cli, { session, metadata, json: asJson }, [name = '', value = '']) {
    const number = numberValue(value, 'the value');
    const clew = await cli.open();
    const kept = await clew.recordMetric(name, number, { session, metadata });
    if (asJson) printJson(kept);
    else print([`Recorded: ${harmless(kept).name} ${kept.value}`]);
  },
});
