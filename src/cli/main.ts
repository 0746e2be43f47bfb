// The CLI's first line of code: argv in, exit code out.
import { runCli } from './run.ts';
import { endQuietlyWhenNobodyReads } from './terminal.ts';

endQuietlyWhenNobodyReads();
process.exitCode = await runCli(process.argv.slice(2));
