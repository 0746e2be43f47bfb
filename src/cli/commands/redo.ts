// clew redo: brings back what the last undo took away.
import { defineCommand } from '../command.ts';
import { backFlags, overlapFlags, overlapOf, printFileReport } from '../file-report.ts';
import { openFresh } from '../fresh.ts';

export const redo = defineCommand({
  summary: 'Bring back what the last undo took away',
  group: 'Go back',
  positionals: [],
  flags: { ...overlapFlags, ...backFlags },
  examples: [
    ['clew redo', 'the last undo in this project'],
    ['clew redo --dry-run', 'show what it would change'],
  ],
  async run(cli, flags) {
    const clew = await openFresh(cli);
    const report = await clew.redo({ dryRun: flags['dry-run'], onOverlap: overlapOf(flags) });
    return printFileReport(clew, report, flags.json);
  },
});
