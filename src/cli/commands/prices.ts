// clew prices: what models cost, and how newer prices come in.
import { createInterface } from 'node:readline/promises';
import type { Clew, PriceUpdate } from '../../index.ts';
import { viewOf } from '../cli.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import type { FlagValues } from '../command.ts';
import { json } from '../flags.ts';
import { openFresh } from '../fresh.ts';
import { printJson } from '../json.ts';
import { show } from '../pager.ts';
import { harmless } from '../render/harmless.ts';
import { priceLines, updateLines } from '../render/prices.ts';
import { isTerminal, note, print } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

const flags = {
  'dry-run': { help: 'With update: show what would change; change nothing' },
  yes: { help: 'With update: do not ask', short: 'y' },
  json,
} as const;

export const prices = defineCommand({
  summary: 'Show what models cost, or take newer prices',
  group: 'Set up',
  positionals: [{ name: 'model|update|reset', complete: ['update', 'reset'] }, { name: 'file|url' }],
  flags,
  about:
    "Lists the prices of all models, or of those with the word in their id, and the models that were met and have no price. `update` takes a newer table from a file or a URL (clew's own form, LiteLLM's or that of models.dev), shows what changes, and asks; `reset` goes back to the built-in one.",
  examples: [
    ['clew prices opus', 'what these cost, and where that is from'],
    ['clew prices update prices.json --dry-run', 'what a newer table would change'],
    ['clew prices update https://models.dev/api.json', 'take it'],
    ['clew prices --json | jq .unpriced', 'what was met and has no price'],
  ],
  async run(cli, given, [what, from]) {
    if (what === 'update') return update(cli, given, from);
    if (from !== undefined) throw new UsageError(`"${from}" is one word too many`, help);
    if (given['dry-run'] || given.yes)
      throw new UsageError('--dry-run and --yes are for `clew prices update`', help);
    if (what === 'reset') return reset(cli, given);
    const clew = await openFresh(cli);
    const list = clew.prices(what);
    if (given.json) printJson(list);
    else if (list.prices.length + list.unpriced.length > 0)
      await show(priceLines(harmless(list), viewOf(clew)));
    else note(`no price is known of a model with "${what}" in its id`);
    return undefined;
  },
});

const help = '`clew prices --help` shows what it takes';

async function reset(cli: Cli, { json }: FlagValues<typeof flags>): Promise<void> {
  const clew = await cli.open();
  const result = clew.resetPrices();
  const what = `the built-in table of ${result.version}`;
  if (json) printJson(result);
  else print([result.removed ? `Back to ${what}.` : `There is no update: ${what} counts already.`]);
}

async function update(cli: Cli, given: FlagValues<typeof flags>, from: string | undefined): Promise<void> {
  if (from === undefined) throw new UsageError('a file or a URL is missing', 'clew prices update FILE|URL');
  const clew = await cli.open();
  const result = await clew.updatePrices(from, {
    dryRun: given['dry-run'],
    accept: given.yes ? () => true : (plan) => ask(plan, clew, given.json),
  });
  if (given.json) printJson(result);
  else {
    // Who was asked has seen it.
    if (given['dry-run'] || given.yes || result.changes.length === 0)
      print(updateLines(harmless(result), viewOf(clew)));
    if (result.written) print(['Done; costs are computed anew with the next command.']);
    else if (result.changes.length > 0 && !given['dry-run']) print(['Nothing was changed.']);
  }
}

async function ask(plan: PriceUpdate, clew: Clew, json: boolean): Promise<boolean> {
  if (json || !process.stdin.isTTY || !isTerminal())
    throw new UsageError('nobody can be asked here', 'give --yes, or --dry-run to see what would change');
  print(updateLines(harmless(plan), viewOf(clew)));
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await lines.question('Take these prices? [y/N] ')).trim());
  } finally {
    lines.close();
  }
}
