// What clew costs once all is imported: commands with nothing new, one new line in a long transcript, a watcher at rest,
// a search.
// Run: node bench/warm.ts [--full] [--rounds 7] [--only commands,append,watch,search]   (--full: 10 GB too)
import { parseArgs } from 'node:util';
import { append } from './warm/append.ts';
import { commands } from './warm/commands.ts';
import { search } from './warm/search.ts';
import { watch } from './warm/watch.ts';
import { machineLine } from './lib.ts';
import { clewIsBuilt } from './run.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: 'commands,append,watch,search' },
  },
});
const rounds = Number(values.rounds);
const only = values.only.split(',');
if (!clewIsBuilt()) process.exit(1);
if (only.includes('commands')) {
  for (const size of [100e6, 1e9, ...(values.full ? [10e9] : [])]) await commands(size, rounds);
}
if (only.includes('append')) await append(100e6, rounds);
if (only.includes('watch')) await watch(100e6);
if (only.includes('search')) await search(500e6, rounds);
console.log(`\n${machineLine()}`);
