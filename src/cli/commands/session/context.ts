// clew session context: what an agent was given, or could see, at a moment.
import { viewOf } from '../../cli.ts';
import { defineCommand } from '../../command.ts';
import { json } from '../../flags.ts';
import { openFresh } from '../../fresh.ts';
import { jsonText, printJson } from '../../json.ts';
import { show } from '../../pager.ts';
import { harmless } from '../../render/harmless.ts';
import { contextLines, snapshotFacts } from '../../render/kept-session.ts';
import { note, print } from '../../terminal.ts';
import { writeFile } from '../../write-file.ts';

export const context = defineCommand({
  summary: 'Show the latest context snapshot of a session',
  group: 'Record',
  positionals: [{ name: 'id', required: true, complete: 'session' }],
  flags: {
    output: { help: 'Write its content to this file, as JSON', value: 'FILE', short: 'o' },
    json,
  },
  examples: [
    ['clew session context 3f2a', 'in short'],
    ['clew session context 3f2a --output context.json', 'all of it'],
  ],
  async run(cli, { output, json: asJson }, [id = '']) {
    const clew = await openFresh(cli);
    const [latest] = clew.contextSnapshots(id);
    if (!latest) {
      if (asJson) printJson(null);
      else note(`it has no context snapshot; \`${cli.name} session snapshot ${id}\` takes one`);
      return 1;
    }
    if (output !== undefined) writeFile(output, `${JSON.stringify(latest.content, undefined, 2)}\n`);
    if (asJson) printJson(latest);
    else if (output !== undefined) print(snapshotFacts(harmless(latest), viewOf(clew)));
    else await show(contextLines(harmless(latest), jsonText(latest.content, 2), viewOf(clew)));
    return undefined;
  },
});
