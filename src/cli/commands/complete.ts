// clew complete: asked by the shells' completion scripts; see `clew completion`.
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import type { Candidate } from '../complete.ts';
import { harmless } from '../render/harmless.ts';
import { oneLine } from '../render/width.ts';
import { print } from '../terminal.ts';

const mostIds = 200;

export const complete = defineCommand({
  summary: 'What could stand at the cursor; asked by shells',
  group: 'Set up',
  hidden: true,
  positionals: [{ name: 'words', many: true }],
  flags: {},
  examples: [['clew complete -- show 3f', 'the sessions whose ids begin with 3f']],
  async run(cli, _, words) {
    // Its table of commands holds this one too.
    const { candidates } = await import('../complete.ts');
    const found = await candidates(words, () => sessionIds(cli));
    print(found.map(({ value, what }) => `${value}\t${what}`));
  },
});

/** Those that are known; looking for new ones would take longer than a Tab may. */
async function sessionIds(cli: Cli): Promise<Candidate[]> {
  const clew = await cli.open();
  return harmless(clew.sessions({ limit: mostIds })).map(({ id, title }) => ({
    value: id,
    what: oneLine(title ?? '').slice(0, 60),
  }));
}
