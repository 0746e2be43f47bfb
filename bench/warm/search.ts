// `clew search` for a common word, a rare name, two words, and one that is nowhere.
import path from 'node:path';
import { corpus } from '../corpus.ts';
import { bytes, interleave, median, ms, table, tempDir } from '../lib.ts';
import { clew } from '../run.ts';

const queries = ['session', 'quorum', 'merge conflict', 'zyzzyva'];

export async function search(size: number, rounds: number): Promise<void> {
  const home = corpus(size);
  const clewHome = path.join(tempDir('search'), 'home');
  clew(['import', '--json'], home, clewHome);
  const runs = await interleave(
    rounds,
    Object.fromEntries(
      queries.map((query) => [query, () => clew(['search', query, '--json'], home, clewHome)]),
    ),
  );
  table(
    `clew search, ${bytes(size)}, medians of ${rounds}`,
    ['query', 'time', 'answer'],
    queries.map((query) => [
      query,
      ms(median(runs[query]!.map((run) => run.ms))),
      bytes(runs[query]!.at(-1)!.stdout.length),
    ]),
  );
}
