// clew watch: takes in what is new as it is written, until it is stopped.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { onAlertFailure } from '../fresh.ts';
import { printJsonLine } from '../json.ts';
import { harmless, harmlessText } from '../render/harmless.ts';
import { importLines } from '../render/import-report.ts';
import { clock } from '../render/time.ts';
import { note, print } from '../terminal.ts';
import { untilStopped } from '../until-stopped.ts';

export const watch = defineCommand({
  summary: 'Take in what is new as it is written',
  group: 'Record',
  positionals: [],
  flags: { json: { help: 'Print each report as a line of JSON' } },
  about:
    'Nothing needs this: every command takes in what is new. It keeps the index fresh between commands, and what an agent deletes right away is kept. Where an agent without hooks is at work, it takes a checkpoint of the project when a burst of writes has settled.',
  examples: [
    ['clew watch', 'until Ctrl-C'],
    ['clew watch --json', 'a line of JSON for each report'],
  ],
  async run(cli, flags) {
    const clew = await cli.open();
    const view = viewOf(clew);
    await untilStopped((signal) =>
      clew.watch({
        signal,
        onAlertFailure,
        onRefused: (root, why) => note(`clew: no checkpoints of ${harmlessText(root)}: ${harmlessText(why)}`),
        onReport(report) {
          if (flags.json) printJsonLine(report);
          else
            print(
              importLines(harmless(report), view).map(
                (line) => `${view.colour.dim(clock(clew.context.now()))}  ${line}`,
              ),
            );
        },
      }),
    );
  },
});
