// What a checkpoint costs beside git's own commands on the same tree: generated projects of 1,000, 20,000 and 100,000
// files, each command in turn, medians; then the space of 500 checkpoints.
// Run: node bench/checkpoint.ts [rounds] [files,files…] [--space]
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkpointScript, installStore } from '../src/hooks/index.ts';
import { tend } from '../src/workspace/index.ts';
import { bytes, interleave, machineLine, median, ms, ratio, sizeBelow, table, tempDir } from './lib.ts';
import { change, fileName, makeProject, user } from './project.ts';

const [rounds = '9', sizes = '1000,20000,100000'] = process.argv
  .slice(2)
  .filter((word) => word !== '--space');
const folder = tempDir('checkpoint');
const home = path.join(folder, 'clew');
const env = { ...process.env, HOME: path.join(folder, 'user'), CLEW_BUDGET_MS: '60000' };
mkdirSync(env.HOME);
installStore(home);

/** A repository with this many files, committed. */
function project(files: number): string {
  const root = path.join(folder, `project-${files}`);
  makeProject(root, files, env);
  return root;
}

function run([command, ...args]: readonly string[], cwd: string, more: NodeJS.ProcessEnv = {}): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(command!, args, {
    cwd,
    env: { ...env, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${String(stderr)}`);
  return performance.now() - started;
}

const take = (root: string, into = home): number =>
  run(['sh', '-c', '. "$0" && clew_checkpoint "$1" "$2"', checkpointScript(), into, root], root);

async function time(files: number): Promise<void> {
  const root = project(files);
  const shown: string[][] = [];
  const show = (title: string, result: Record<string, number[]>): void => {
    const own = median(result['checkpoint']!);
    for (const [name, times] of Object.entries(result))
      if (name !== 'checkpoint')
        shown.push([title, ms(own), name, ms(median(times)), ratio(own, median(times))]);
  };

  const fresh = path.join(folder, 'fresh');
  const few = files > 50_000 ? 1 : 3;
  show(
    'the first',
    await interleave(
      few,
      {
        checkpoint: () => {
          const other = path.join(folder, 'first');
          rmSync(other, { recursive: true, force: true });
          installStore(other);
          return take(root, other);
        },
        'git add -A && git write-tree': () => {
          rmSync(fresh, { recursive: true, force: true });
          run(['git', 'init', '-q', '--bare', fresh], root);
          const own = { GIT_DIR: fresh, GIT_WORK_TREE: root };
          return run(['sh', '-c', 'git add -A && git write-tree'], root, own);
        },
      },
      false,
    ),
  );
  take(root);
  take(root);
  let edit = 0;
  const edited = (): void => appendFileSync(path.join(root, fileName(7)), `// ${edit++}\n`);
  show(
    'nothing changed',
    await interleave(Number(rounds), {
      checkpoint: () => take(root),
      'git status': () => run(['git', 'status', '--porcelain'], root),
    }),
  );
  show(
    'one file changed',
    await interleave(Number(rounds), {
      checkpoint: () => (edited(), take(root)),
      'git status': () => (edited(), run(['git', 'status', '--porcelain'], root)),
      'git stash create': () => (edited(), run(['git', ...user, 'stash', 'create'], root)),
    }),
  );
  table(`${files.toLocaleString('en')} files`, ['', 'checkpoint', 'beside', '', 'ratio'], shown);
  rmSync(root, { recursive: true });
}

/** The least that 500 checkpoints of five changed files each add, against what was changed. */
function space(files = 20_000, checkpoints = 500): void {
  const root = project(files);
  const own = path.join(folder, 'space');
  installStore(own);
  take(root, own);
  const store = path.join(own, 'objects.git');
  const git = (...args: string[]): string =>
    execFileSync('git', [`--git-dir=${store}`, ...args], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  git('repack', '-adkq');
  const before = sizeBelow(path.join(store, 'objects'));
  let changed = 0;
  for (let n = 0; n < checkpoints; n++) {
    for (const { file, text } of change(n, files)) {
      writeFileSync(path.join(root, file), text);
      changed += text.length;
    }
    take(root, own);
  }
  const loose = sizeBelow(path.join(store, 'objects')) - before;
  tend(own, { wait: true });
  const packed = sizeBelow(path.join(store, 'objects')) - before;
  const trees = git('for-each-ref', 'refs/checkpoints').trim().split('\n').length;
  table(
    `${checkpoints} checkpoints of ${files.toLocaleString('en')} files, 5 changed each`,
    ['', 'bytes', 'to the changed bytes'],
    [
      ['changed', bytes(changed), ''],
      ['added, loose', bytes(loose), ratio(loose, changed)],
      ['added, packed', bytes(packed), ratio(packed, changed)],
      ['trees', String(trees), ''],
    ],
  );
}

if (process.argv.includes('--space')) space();
else for (const files of sizes.split(',')) await time(Number(files));
console.log(`\n${machineLine()}`);
