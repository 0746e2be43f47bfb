// `clew statusline` without anything behind it, started past the table of commands: it is awaited after every answer of an
// agent's, and reading what all the other commands are takes a fifth of its time.
import { createCli } from './cli.ts';
import { statusline } from './commands/statusline.ts';
import { report } from './report.ts';
import { endQuietlyWhenNobodyReads } from './terminal.ts';

endQuietlyWhenNobodyReads();
try {
  await statusline.run(createCli(), {}, []);
} catch (error) {
  process.exitCode = report(error, false);
}
