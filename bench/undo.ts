// Undo of one operation in projects of 1,000 and 20,000 files: the work in a process that runs, and the whole command.
// Run: node bench/undo.ts [--rounds 7]
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openClew } from '../src/index.ts';
import { machineLine, median, ms, table, tempDir } from './lib.ts';
import { clewCommand, clewIsBuilt, environment, hooker } from './run.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
const built = clewIsBuilt();
const rows = [];
for (const files of [1_000, 20_000]) rows.push(await bench(files));
table(
  `Undo of one operation that changed 3 files, medians of ${rounds}`,
  ['files', 'git status', 'undo', 'clew undo, whole command'],
  rows,
);
console.log(`\n${machineLine()}`);

async function bench(files: number): Promise<string[]> {
  const home = tempDir('undo');
  const root = path.join(home, 'project');
  const clewHome = path.join(home, 'clew');
  for (let n = 0; n < files; n++) {
    const folder = path.join(root, `d${n % 97}`, `e${n % 13}`);
    if (n < 97 * 13) mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `f${n}.txt`), `file ${n}\n`.repeat(20));
  }
  const sh = (command: string): void => void spawnSync('sh', ['-c', command], { cwd: root });
  sh('git init -q . && git add -A && git -c user.name=x -c user.email=x@x commit -qm one');
  const context = { env: {}, home, clewHome, cwd: root, machine: 'bench', now: Date.now };
  const clew = openClew({ context });
  await clew.takeCheckpoint();
  const hook = hooker(root, home, clewHome);
  const times = { status: [] as number[], undo: [] as number[], command: [] as number[] };
  const timed = async (list: number[], work: () => unknown): Promise<void> => {
    const start = performance.now();
    await work();
    list.push(performance.now() - start);
  };
  const operation = async (id: string): Promise<void> => {
    hook('PreToolUse', id);
    for (const n of [1, 2, 3]) writeFileSync(path.join(root, 'd1', `${id}-${n}`), id);
    hook('PostToolUse', id);
    await clew.import();
  };
  for (let round = 0; round < rounds; round++) {
    await operation(`a${round}`);
    await timed(times.status, () => sh('git status > /dev/null'));
    await timed(times.undo, async () => {
      if (!(await clew.undo(`a${round}`)).done) throw new Error('nothing was undone');
    });
    if (!built) continue;
    await operation(`b${round}`);
    const [node = '', ...args] = clewCommand(['undo', `b${round}`]);
    await timed(times.command, () => {
      const done = spawnSync(node, args, { cwd: root, env: environment(home, clewHome), encoding: 'utf8' });
      if (done.status !== 0) throw new Error(done.stderr);
    });
  }
  clew.close();
  return [
    files.toLocaleString('en'),
    ms(median(times.status)),
    ms(median(times.undo)),
    ms(median(times.command)),
  ];
}
