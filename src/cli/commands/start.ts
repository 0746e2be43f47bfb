// clew start: what `npm start` runs. Takes in everything that is found, then shows what there is.
import { viewOf } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { onAlertFailure } from '../fresh.ts';
import { importProgress } from '../progress.ts';
import { harmless } from '../render/harmless.ts';
import { importLines, nothingFound } from '../render/import-report.ts';
import { overviewLines } from '../render/overview.ts';
import { print } from '../terminal.ts';

export const start = defineCommand({
  summary: 'Import everything that is found, then show the overview',
  group: 'Set up',
  positionals: [],
  flags: {},
  examples: [['clew start', 'import, then the overview']],
  async run(cli) {
    const clew = await cli.open();
    const view = viewOf(clew);
    const bar = importProgress();
    const report = harmless(
      await clew
        .import({ paths: cli.sources, onProgress: bar.onProgress, onAlertFailure })
        .finally(() => bar.end()),
    );
    const overview = harmless(clew.overview());
    if (overview.sessions === 0 && report.ran) {
      print(nothingFound(report, cli.name, view));
      return;
    }
    print([...importLines(report, view), '', ...overviewLines(overview, view), '', ...next(cli.name)]);
  },
});

const next = (name: string): string[] => [
  `Next: \`${name} log\` shows the latest session, \`${name} search <words>\` finds anything again,`,
  `\`${name} init\` hooks the agents, \`${name} --help\` lists the rest.`,
];
