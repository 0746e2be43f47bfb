// clew demo: the commands that look, run on the sample sessions that come with clew. They have a home of their own, so
// that they never mix with the user's sessions.
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ClewError } from '../../model/index.ts';
import { createCli, viewOf } from '../cli.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { takeIn } from '../fresh.ts';
import { packageRoot } from '../package.ts';
import { harmless } from '../render/harmless.ts';
import { overviewLines } from '../render/overview.ts';
import { print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

export const demo = defineCommand({
  summary: 'Try clew on sample sessions, apart from your own',
  group: 'Set up',
  positionals: [{ name: 'command', many: true }],
  flags: {},
  passThrough: true,
  about: 'Behind `clew demo` stands any command that looks, with its flags.',
  examples: [
    ['clew demo', 'an overview of the samples'],
    ['clew demo log', 'the latest of them'],
    ['clew demo search token --json', 'and so on'],
  ],
  async run(_, __, words) {
    const cli = demoCli();
    const [name] = words;
    if (name === undefined) return overview(cli).finally(() => cli.close());
    // The table of commands holds this one too.
    const [{ commandNamed }, { runCli }] = await Promise.all([import('../commands.ts'), import('../run.ts')]);
    if ((commandNamed(name)?.group ?? 'Look') !== 'Look')
      throw new UsageError(
        `clew demo does not run ${name}`,
        'it runs the commands that look, such as `clew demo sessions`',
      );
    return runCli(words, cli);
  },
});

function demoCli(): Cli {
  const samples = path.join(packageRoot(), 'demo');
  if (!existsSync(samples))
    throw new ClewError('NOT_FOUND', `the samples are not in ${samples}`, 'install clew anew');
  const user = process.getuid?.() ?? os.userInfo().username;
  const clewHome = path.join(os.tmpdir(), `clew-demo-${user}`);
  return createCli({ name: 'clew demo', sources: [samples], context: (system) => ({ ...system, clewHome }) });
}

async function overview(cli: Cli): Promise<void> {
  const clew = await cli.open();
  await takeIn(cli, clew);
  const result = harmless(clew.overview());
  const first = result.recent[0]?.id.slice(0, 8) ?? '<id>';
  print([
    ...overviewLines(result, viewOf(clew)),
    '',
    'These are samples. Try next:',
    '  clew demo log                  the latest session, in order',
    `  clew demo show ${first}        who worked in it, what came of it`,
    '  clew demo search error         find words in everything',
    '  clew demo files                which files were changed',
    '  clew start                     your own sessions (in a checkout: npm start)',
  ]);
}
