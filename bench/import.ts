// Cold import against the limit and against ccusage, in turn, on the same files: time, memory, size on disk, and where
// the time goes. Files are in the page cache for all.
// Run: node bench/import.ts [--rounds 3] [--bytes 1000] [HOME...]   (bytes of the generated corpus, in MB)
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { corpus, transcripts } from './corpus.ts';
import {
  bytes,
  interleave,
  machineLine,
  median,
  ms,
  ratio,
  sizeBelow,
  sizeOf,
  table,
  tempDir,
} from './lib.ts';
import type { Run } from './run.ts';
import { ccusage, clew, clewIsBuilt, limit } from './run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, bytes: { type: 'string', default: '1000' } },
});
const rounds = Number(values.rounds);
const real = path.join(import.meta.dirname, '..', '..', 'shared', 'transcripts', 'home');
const homes =
  positionals.length > 0
    ? positionals
    : [real, corpus(Number(values.bytes) * 1e6)].filter((h) => existsSync(h));
const built = clewIsBuilt();
for (const home of homes) await bench(home);
console.log(`\n${machineLine()}`);

/** What `clew import --json` says, as far as it does. */
interface Report {
  readonly files?: number;
  readonly lines?: number;
  readonly bytes?: number;
  readonly facts?: number;
  readonly seconds?: number;
  readonly timing?: Readonly<Record<string, number>>;
}

async function bench(home: string): Promise<void> {
  const raw = transcripts(home).reduce((sum, file) => sum + statSync(file).size, 0);
  // A new folder each time: a file system takes seconds over inodes that were deleted just before.
  let clewHome = '';
  const importAnew = (): Run => {
    clewHome = path.join(tempDir('import'), 'home');
    return clew(['import', '--json'], home, clewHome, true);
  };
  const runs = await interleave<Run>(rounds, {
    limit: () => limit(home),
    ...(built ? { 'clew import': importAnew } : {}),
    ccusage: () => ccusage(home),
  });
  const time = (name: string): number => median((runs[name] ?? []).map((run) => run.ms));
  const base = median(runs['limit']!.map((run) => (JSON.parse(run.stdout) as { ms: number }).ms));
  const title = `Cold import of ${path.basename(home)}: ${bytes(raw)}, medians of ${rounds}`;
  const row = (name: string, took: number): string[] => {
    const memory = median((runs[name] ?? []).map((run) => run.maxRSS));
    const cpu = median((runs[name] ?? []).map((run) => run.cpu));
    return [
      name,
      ms(took),
      `${(raw / took / 1000).toFixed(0)} MB/s`,
      ratio(took, base),
      ms(cpu),
      bytes(memory),
    ];
  };
  const head = ['', 'time', 'speed', 'to the limit', 'CPU', 'peak RSS'];
  const names = Object.keys(runs).filter((name) => name !== 'limit');
  table(title, head, [row('limit', base), ...names.map((name) => row(name, time(name)))]);
  if (built) about(runs['clew import']!.at(-1)!, clewHome, raw);
}

function about(run: Run, clewHome: string, raw: number): void {
  const index = ['index.db', 'index.db-wal'].reduce(
    (sum, name) => sum + sizeOf(path.join(clewHome, name)),
    0,
  );
  const streams = sizeBelow(path.join(clewHome, 'streams'));
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
  table(
    'On disk',
    ['', 'size', 'of the raw bytes'],
    [
      ['streams/', bytes(streams), share(streams, raw)],
      ['index.db', bytes(index), share(index, raw)],
    ],
  );
  const report = JSON.parse(run.stdout) as Report;
  const taken = report.bytes ?? Number.NaN;
  console.log(
    `\nimport says: ${report.files} files, ${report.lines} lines, ${bytes(taken)}, ${report.facts} facts`,
  );
  if (Math.abs(taken / raw - 1) > 0.02)
    console.log(`note: it took in ${ratio(taken, raw)} of the limit's bytes`);
  const steps = Object.entries(report.timing ?? {});
  const all = steps.reduce((sum, [, seconds]) => sum + seconds, 0);
  if (steps.length === 0) return;
  table(
    'Where the time goes (seconds of all threads)',
    ['step', 'seconds', 'share'],
    steps.map(([name, seconds]) => [name, seconds.toFixed(2), share(seconds, all)]),
  );
}
