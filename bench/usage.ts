// What a report of use costs once all is imported: `clew usage`, the whole process, beside ccusage, which reads everything
// each time; and every report of the last 30 days over ten million responses, put straight into an index.
// Run: node bench/usage.ts [--full] [--rounds 7] [--only commands,many] [--messages 10000000]   (--full: 10 GB too)
import path from 'node:path';
import { parseArgs } from 'node:util';
import { corpus } from './corpus.ts';
import { bytes, interleave, machineLine, median, ms, ratio, table, tempDir } from './lib.ts';
import { ccusage, clew, clewIsBuilt } from './run.ts';
import type { Run } from './run.ts';
import { fillIndex } from './usage/fill.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: 'commands,many' },
    messages: { type: 'string', default: '10000000' },
  },
});
const rounds = Number(values.rounds);
const only = values.only.split(',');
if (!clewIsBuilt()) process.exit(1);
if (only.includes('commands'))
  for (const size of [100e6, 1e9, ...(values.full ? [10e9] : [])]) await commands(size);
if (only.includes('many')) await many(Number(values.messages));
console.log(`\n${machineLine()}`);

async function measured(title: string, contestants: Readonly<Record<string, () => Run>>): Promise<void> {
  const runs = await interleave(rounds, contestants);
  const names = Object.keys(contestants);
  const time = (name: string): number => median(runs[name]!.map((run) => run.ms));
  const [last = ''] = names.slice(-1);
  table(
    `${title}, medians of ${rounds}`,
    ['', 'time', `to ${last}`],
    names.map((name) => [name, ms(time(name)), ratio(time(name), time(last))]),
  );
}

async function commands(size: number): Promise<void> {
  const home = corpus(size);
  const clewHome = path.join(tempDir('usage'), 'home');
  clew(['import', '--json'], home, clewHome);
  await measured(`Nothing new, ${bytes(size)}`, {
    'clew --version': () => clew(['--version'], home, clewHome),
    'clew usage': () => clew(['usage'], home, clewHome),
    'clew usage --all': () => clew(['usage', '--all'], home, clewHome),
    'clew usage session --all': () => clew(['usage', 'session', '--all'], home, clewHome),
    'clew statusline': () => clew(['statusline'], home, clewHome),
    ccusage: () => ccusage(home),
  });
}

async function many(messages: number): Promise<void> {
  const home = tempDir('usage-many');
  const clewHome = path.join(home, 'clew');
  fillIndex(clewHome, messages);
  const groups = ['day', 'week', 'month', 'session', 'project', 'model', 'agent', 'branch', 'issue', '5h'];
  const report = (...words: string[]): [string, () => Run] => {
    const args = ['usage', ...words, '--since', '30d'];
    return [`clew ${args.join(' ')}`, () => clew(args, home, clewHome)];
  };
  await measured(
    `${messages} responses in two years`,
    Object.fromEntries([
      ...groups.map((group) => report(group)),
      report('day', '--by', 'model'),
      ['clew --version', () => clew(['--version'], home, clewHome)],
    ]),
  );
}
