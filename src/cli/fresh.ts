// Nothing of clew's runs in the background unless it was started, so every command that reads first takes in what is new.
import type { Clew, IngestReport } from '../index.ts';
import type { Cli } from './cli.ts';
import { importProgress } from './progress.ts';
import { harmlessText } from './render/harmless.ts';
import { many } from './render/numbers.ts';
import { note } from './terminal.ts';

/** How long to wait for another importer. What it is taking in will be there at the next command. */
const waitMs = 300;

/** The command that the user has set for alerts failed. */
export const onAlertFailure = (why: string): void =>
  note(`clew: the command for alerts failed: ${harmlessText(why)}`);

/** The library with everything new taken in. A failure to do so is told in one line, and what is known is shown. */
export async function openFresh(cli: Cli): Promise<Clew> {
  const clew = await cli.open();
  await takeIn(cli, clew);
  return clew;
}

export async function takeIn(cli: Cli, clew: Clew): Promise<IngestReport | undefined> {
  const bar = importProgress();
  try {
    const report = await clew.import({
      waitMs,
      quick: true,
      paths: cli.sources,
      onProgress: bar.onProgress,
      onAlertFailure,
    });
    bar.end();
    const failed = report.failures.length;
    if (failed > 0)
      note(`clew: ${many(failed, 'source')} could not be read; \`${cli.name} import\` names them`);
    return report;
  } catch (error) {
    bar.end();
    note(`clew: what is new could not be taken in: ${harmlessText((error as Error).message)}`);
    return undefined;
  }
}
