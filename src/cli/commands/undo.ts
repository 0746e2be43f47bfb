// clew undo: takes back what an operation, a turn or a session did to files, and nothing else.
import { defineCommand } from '../command.ts';
import { backFlags, overlapFlags, overlapOf, printFileReport } from '../file-report.ts';
import { openFresh } from '../fresh.ts';

export const undo = defineCommand({
  summary: 'Take back what an operation, a turn or a session did to files',
  group: 'Go back',
  positionals: [{ name: 'what', complete: 'session' }],
  flags: { ...overlapFlags, ...backFlags },
  about:
    'WHAT is the id of an operation, a turn, a session or of something that clew did, or a number: so many operations, the last ones first. Without it the last operation. What was changed since in the same files is kept; where the same lines were changed, nothing is done and the place is shown. A checkpoint is taken before, and `clew redo` brings it back.',
  examples: [
    ['clew undo', 'the last operation that changed files here'],
    ['clew undo 3', 'the last three'],
    ['clew undo toolu_01Xy --dry-run', 'show what undoing this operation would change'],
    ['clew undo 3f2a', 'all that this session did'],
  ],
  async run(cli, flags, [what]) {
    const clew = await openFresh(cli);
    const target = what !== undefined && /^\d{1,4}$/.test(what) ? Number(what) : what;
    const report = await clew.undo(target, { dryRun: flags['dry-run'], onOverlap: overlapOf(flags) });
    return printFileReport(clew, report, flags.json);
  },
});
