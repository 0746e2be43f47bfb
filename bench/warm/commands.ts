// `clew` and `clew sessions` with nothing new, against ccusage, which reads everything each time.
import path from 'node:path';
import { corpus } from '../corpus.ts';
import { bytes, interleave, median, ms, ratio, table, tempDir } from '../lib.ts';
import type { Run } from '../run.ts';
import { ccusage, clew } from '../run.ts';

export async function commands(size: number, rounds: number): Promise<void> {
  const home = corpus(size);
  const clewHome = path.join(tempDir('warm'), 'home');
  clew(['import', '--json'], home, clewHome);
  const contestants: Record<string, () => Run> = {
    'clew --version': () => clew(['--version'], home, clewHome),
    clew: () => clew([], home, clewHome),
    'clew sessions': () => clew(['sessions'], home, clewHome),
    ccusage: () => ccusage(home),
  };
  const runs = await interleave(rounds, contestants);
  const time = (name: string): number => median(runs[name]!.map((run) => run.ms));
  table(
    `Nothing new, ${bytes(size)}, medians of ${rounds}`,
    ['', 'time', 'to ccusage'],
    Object.keys(contestants).map((name) => [name, ms(time(name)), ratio(time(name), time('ccusage'))]),
  );
}
