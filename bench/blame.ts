// Who wrote which line: blame of a file of 5,000 lines with 500 commits against git's own, and the attribution of 1,000 commits.
// Every commit holds what one operation and the user have written since the last, with checkpoints around it.
// Run: node bench/blame.ts [--commits 1000] [--lines 5000] [--rounds 7]
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openClew } from '../src/index.ts';
import { interleave, machineLine, median, ms, ratio, table, tempDir } from './lib.ts';
import { clewCommand, clewIsBuilt, environment, hooker } from './run.ts';

const { values } = parseArgs({
  options: {
    commits: { type: 'string', default: '1000' },
    lines: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '7' },
  },
});
const commits = Number(values.commits);
const home = tempDir('blame');
const root = path.join(home, 'project');
const clewHome = path.join(home, 'clew');
mkdirSync(root);
const run = (command: string, ...args: string[]) => {
  const done = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: environment(home, clewHome),
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
};
const git = (...args: string[]): string => run('git', '-c', 'user.name=x', '-c', 'user.email=x@x', ...args);
const hook = hooker(root, home, clewHome);

// Half of the commits change the large file, the others one of twenty small ones.
const large = Array.from({ length: Number(values.lines) }, (_, n) => `const line_${n} = value(${n * 7919});`);
const small = Array.from({ length: 20 }, (_, k) =>
  Array.from({ length: 200 }, (_, n) => `let small_${k}_${n} = ${n};`),
);
const save = (name: string, lines: readonly string[]): void =>
  writeFileSync(path.join(root, name), `${lines.join('\n')}\n`);
const change = (n: number, who: string): void => {
  const lines = n % 2 === 0 ? large : (small[n % 20] ?? large);
  for (let k = 0; k < 3; k++)
    lines[(n * 7919 + k * 131 + who.length * 17) % lines.length] =
      `const ${who}_${n}_${k} = compute(${n}, ${k});`;
  save(n % 2 === 0 ? 'large.ts' : `small${n % 20}.ts`, lines);
};
git('init', '-q', '.');
save('large.ts', large);
for (const [k, lines] of small.entries()) save(`small${k}.ts`, lines);
git('add', '-A');
git('commit', '-qm', 'first');
const context = { env: {}, home, clewHome, cwd: root, machine: 'bench', now: Date.now };
const clew = openClew({ context });
await clew.takeCheckpoint();
for (let n = 0; n < commits; n++) {
  hook('PreToolUse', `op${n}`);
  change(n, 'agent');
  hook('PostToolUse', `op${n}`);
  change(n, 'user');
  git('commit', '-qam', `commit ${n}`);
  if (n % 100 === 99) process.stderr.write('.');
}
hook('Stop', 'end');
process.stderr.write('\n');
const imported = performance.now();
await clew.import();
const importMs = performance.now() - imported;
const shas = git('rev-list', 'HEAD').trim().split('\n');
const started = performance.now();
const found = clew.attributed(root, shas);
const attributionMs = performance.now() - started;
const told = [...found.values()].flatMap((one) =>
  one.files.flatMap((file) => file.lines.map((range) => typeof range[2])),
);
await clew.import();

table(
  `Attribution of ${shas.length.toLocaleString('en')} commits`,
  ['', 'time', 'for a commit'],
  [
    ['the look before it, with 25 of them', ms(importMs), ''],
    ['all, at once', ms(attributionMs), ms(attributionMs / shas.length)],
  ],
);
console.log(
  `\n${told.filter((one) => one === 'number').length} of ${told.length} ranges are certain; the first commit is older than clew.`,
);

const built = clewIsBuilt();
const [node = '', ...args] = clewCommand(['blame', 'large.ts', '--json']);
const timed = (work: () => unknown) => (): number => {
  const before = performance.now();
  work();
  return performance.now() - before;
};
clew.blame('large.ts');
await clew.import();
const times = await interleave(Number(values.rounds), {
  git: timed(() => git('blame', '--porcelain', 'large.ts')),
  clew: timed(() => clew.blame('large.ts')),
  ...(built && { command: timed(() => run(node, ...args)) }),
});
const [own, ours, command] = ['git', 'clew', 'command'].map((name) => median(times[name] ?? []));
table(
  `Blame of a file of ${Number(values.lines).toLocaleString('en')} lines with ${commits / 2} commits, medians of ${values.rounds}`,
  ['', 'time', 'to git blame'],
  [
    ['git blame --porcelain', ms(own ?? NaN), ''],
    ['blame, in a process that runs', ms(ours ?? NaN), ratio(ours ?? NaN, own ?? NaN)],
    ['clew blame, whole command', ms(command ?? NaN), ratio(command ?? NaN, own ?? NaN)],
  ],
);
clew.close();
console.log(`\n${machineLine()}`);
