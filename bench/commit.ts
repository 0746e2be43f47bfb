// What git's hooks cost a commit: `git commit` in a repository of 1,000 files, with and without them, and with one that does
// nothing, in turn, so that all meet the same load. The one with the trailer also calls git for its place. Then what a look
// costs that finds nothing new.
// Run: node bench/commit.ts [commits]
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { lookAtReflogs } from '../src/attribution/index.ts';
import { systemContext } from '../src/model/index.ts';
import { indexFile, openIndex } from '../src/store/index.ts';
import { installGitHooks } from '../src/workspace/index.ts';
import { interleave, machineLine, median, ms, table, tempDir } from './lib.ts';

const rounds = Number(process.argv[2] ?? 60);
const home = tempDir('commit');
const context = { ...systemContext({ HOME: home, CLEW_HOME: path.join(home, 'clew') }), cwd: home };
const env = {
  PATH: process.env['PATH'],
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  CLEW_SESSION_ID: 'b1946ac9-2d4e-4b1a',
};

function repository(name: string): string {
  const folder = path.join(home, name);
  for (let n = 0; n < 1000; n++) {
    const file = path.join(folder, `d${n % 40}`, `f${n}.txt`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${'a line of text\n'.repeat(40)}${n}\n`);
  }
  git(folder, 'init', '-q', '-b', 'main');
  for (const [key, value] of Object.entries({
    'user.name': 'b',
    'user.email': 'b@example.org',
    'gc.auto': '0',
  }))
    git(folder, 'config', key, value);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'all');
  return folder;
}

function git(cwd: string, ...args: string[]): void {
  const done = spawnSync('git', args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr.toString()}`);
}

/** Only the commit is measured. */
function commit(folder: string): number {
  appendFileSync(path.join(folder, 'd1', 'f1.txt'), 'more\n');
  git(folder, 'add', '-A');
  const start = performance.now();
  git(folder, 'commit', '-q', '-m', 'one');
  return performance.now() - start;
}

const names = ['bare', 'empty', 'hooked', 'trailed'] as const;
const [bare, empty, hooked, trailed] = names.map(repository) as [string, string, string, string];
writeFileSync(path.join(empty, '.git', 'hooks', 'post-commit'), '#!/bin/sh\n:\n', { mode: 0o755 });
installGitHooks(context, { folder: hooked });
installGitHooks(context, { folder: trailed, trailer: true });
const times = await interleave(rounds, {
  'without hooks': () => commit(bare),
  'with an empty hook': () => commit(empty),
  'with hooks': () => commit(hooked),
  'with hooks and trailer': () => commit(trailed),
});
const at = (all: readonly number[], share: number): number =>
  all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) * share)] ?? Number.NaN;
const base = median(times['without hooks'] ?? []);
table(
  `A commit in a repository of 1,000 files, ${rounds} each`,
  ['', 'median', 'p95', 'more'],
  Object.entries(times).map(([name, all]) => [
    name,
    ms(median(all)),
    ms(at(all, 0.95)),
    ms(median(all) - base),
  ]),
);

const alone =
  (...args: string[]) =>
  (): number => {
    const start = performance.now();
    spawnSync('sh', args, { cwd: hooked, env, stdio: 'ignore' });
    return performance.now() - start;
  };
const shells = await interleave(rounds, {
  'sh -c :': alone('-c', ':'),
  'the hook alone': alone(path.join(hooked, '.git', 'hooks', 'post-commit')),
});
const shell = median(shells['sh -c :'] ?? []);
table(
  'The hook without git around it',
  ['', 'median', 'p95', 'more'],
  Object.entries(shells).map(([name, all]) => [
    name,
    ms(median(all)),
    ms(at(all, 0.95)),
    ms(median(all) - shell),
  ]),
);

const { db } = openIndex(indexFile(context.clewHome), Date.now());
const common = path.join(hooked, '.git');
const how = { hooked: [{ common, since: 0 }], since: 0 };
const { seen, memory } = lookAtReflogs(db, {}, how);
const looks = await interleave(200, {
  look: () => {
    const start = performance.now();
    lookAtReflogs(db, memory, how);
    return performance.now() - start;
  },
});
db.close();
console.log(
  `\nA look at its reflog (${seen.length} commits) that finds nothing new: ${median(looks['look'] ?? []).toFixed(3)} ms`,
);
console.log(`\n${machineLine()}`);
