// clew restore: brings back the files of a checkpoint.
import { defineCommand } from '../command.ts';
import { backFlags, printFileReport } from '../file-report.ts';
import { openFresh } from '../fresh.ts';

export const restore = defineCommand({
  summary: 'Bring back the files of a checkpoint',
  group: 'Go back',
  positionals: [
    { name: 'checkpoint', required: true },
    { name: 'path', many: true, complete: 'file' },
  ],
  flags: {
    clean: { help: 'Take away files that appeared since, too' },
    ...backFlags,
  },
  about:
    'Files that appeared since the checkpoint and that no operation made are kept, unless --clean is given. What git ignores is never touched, nor are HEAD, the index, the stash and branches. `clew undo` takes a restore back.',
  examples: [
    ['clew restore 3ac3ff', 'all files as they were'],
    ['clew restore 3ac3ff src/login.ts', 'one file'],
    ['clew restore 3ac3ff --dry-run', 'show what it would change'],
  ],
  async run(cli, flags, [id = '', ...paths]) {
    const clew = await openFresh(cli);
    const report = await clew.restore(id, { paths, clean: flags.clean, dryRun: flags['dry-run'] });
    return printFileReport(clew, report, flags.json);
  },
});
