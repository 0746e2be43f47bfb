// One new line in a long transcript must cost the line: the time of the import's own work, and the bytes that the process
// reads beyond those of an import with nothing new.
import { appendFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { grow } from '../../test/generate/grow.ts';
import { copyOf, corpus, transcripts } from '../corpus.ts';
import { bytes, interleave, median, ms, table, tempDir } from '../lib.ts';
import type { Run } from '../run.ts';
import { clew } from '../run.ts';

export async function append(size: number, rounds: number): Promise<void> {
  const dir = tempDir('append');
  const home = copyOf(corpus(size, true), path.join(dir, 'user'));
  const clewHome = path.join(dir, 'clew');
  const sizes = transcripts(home).map((file) => ({ file, size: statSync(file).size }));
  const longest = sizes.reduce((a, b) => (b.size > a.size ? b : a));
  const lines = grow(longest.file, 99);
  const importing = (): Run => clew(['import', '--json'], home, clewHome, true);
  importing();
  const added: number[] = [];
  const runs = await interleave(rounds, {
    'nothing new': importing,
    'one new line': () => {
      const line = `${lines.next().value}\n`;
      added.push(Buffer.byteLength(line));
      appendFileSync(longest.file, line);
      return importing();
    },
  });
  const report = (run: Run): { seconds?: number; lines?: number } => JSON.parse(run.stdout) as object;
  const missed = runs['one new line']!.filter((run) => report(run).lines !== 1).length;
  table(
    `A transcript of ${bytes(longest.size)}, medians of ${rounds}`,
    ['', 'whole command', 'the work in it', 'bytes read by the process'],
    Object.entries(runs).map(([name, all]) => [
      name,
      ms(median(all.map((run) => run.ms))),
      ms(median(all.map((run) => (report(run).seconds ?? Number.NaN) * 1000))),
      bytes(median(all.map((run) => run.read))),
    ]),
  );
  console.log(`\nThe lines have ${bytes(median(added))} at the median.`);
  await appendLive(home, clewHome, longest.file, lines);
  if (missed > 0) console.log(`note: ${missed} of ${rounds} imports did not report exactly one line`);
}

/** The same in a process that runs already, as `clew watch` does. */
async function appendLive(
  home: string,
  clewHome: string,
  file: string,
  lines: Iterator<string>,
): Promise<void> {
  const { openClew, systemContext } = await import('../../src/index.ts');
  const context = systemContext({ ...process.env, HOME: home, CLEW_HOME: clewHome });
  const clew = openClew({ context });
  const spent: number[] = [];
  for (let n = 0; n < liveRounds; n++) {
    appendFileSync(file, `${lines.next().value}\n`);
    const before = process.cpuUsage();
    await clew.import({ paths: [file] });
    const used = process.cpuUsage(before);
    spent.push((used.user + used.system) / 1000);
  }
  clew.close();
  console.log(
    `In a process that runs already, one new line costs ${ms(median(spent))} of CPU (median of ${liveRounds}).`,
  );
}

const liveRounds = 50;
