// Projects of agents without hooks are watched: a burst of writes gives one checkpoint, in new folders too.
import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { session, testProject } from '../test/support/project.ts';
import type { TestProject } from '../test/support/project.ts';
import { watchFiles } from './watch-files.ts';
import { objectsOf } from './workspace/index.ts';

async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 300 && !holds(); n++) await sleep(20);
  expect(holds()).toBe(true);
}

/** The names in each checkpoint, from the first to the last. */
async function taken({ clew, context }: TestProject): Promise<string[][]> {
  await clew.import();
  return clew
    .checkpoints()
    .filter((one) => one.trigger === 'watch')
    .toReversed()
    .map((one) => [
      ...objectsOf(context.clewHome)
        .files(one.tree ?? '')
        .keys(),
    ]);
}

const waiting = ({ context }: TestProject): number =>
  readdirSync(path.join(context.clewHome, 'spool')).filter((name) => name.startsWith('checkpoint.')).length;

test('one checkpoint a burst, none where nothing changed or only what git ignores', async () => {
  const project = testProject();
  project.sh('echo ignored > .gitignore; mkdir src; echo 1 > src/a');
  const files = watchFiles(project.context, { settleMs: 100, apartMs: 300 });
  onTestFinished(() => files.close());
  files.follow(new Map([[project.root, session]]));
  expect(waiting(project)).toBe(1);
  for (let n = 0; n < 5; n++) {
    writeFileSync(path.join(project.root, 'src', `b${n}`), 'b');
    await sleep(20);
  }
  await until(() => waiting(project) === 2);
  writeFileSync(path.join(project.root, 'ignored'), 'x');
  project.sh('mkdir -p new/deep; echo 1 > new/deep/c');
  await until(() => waiting(project) === 3);
  writeFileSync(path.join(project.root, 'new', 'deep', 'd'), 'd');
  await until(() => waiting(project) === 4);
  await sleep(600);
  const burst = ['b0', 'b1', 'b2', 'b3', 'b4'].map((name) => `src/${name}`);
  expect(await taken(project)).toEqual([
    ['.gitignore', 'src/a'],
    ['.gitignore', 'src/a', ...burst],
    ['.gitignore', 'new/deep/c', 'src/a', ...burst],
    ['.gitignore', 'new/deep/c', 'new/deep/d', 'src/a', ...burst],
  ]);
  expect(project.clew.checkpoints().every((one) => one.session === session)).toBe(true);
});

test('a folder that gets none is told of once, and not watched', () => {
  const { context } = testProject();
  const told: string[] = [];
  const files = watchFiles(context, { onRefused: (root, why) => told.push(`${root}: ${why}`) });
  onTestFinished(() => files.close());
  for (let n = 0; n < 2; n++) files.follow(new Map([[context.home, session]]));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('the home folder');
});

test('clew watch does so where an active session has called no hook, and leaves the rest to the hooks', async () => {
  const project = testProject();
  const folder = path.join(project.context.home, '.claude', 'projects', 'p');
  mkdirSync(folder, { recursive: true });
  const told = {
    type: 'user',
    uuid: 'u1',
    parentUuid: null,
    sessionId: session,
    cwd: project.root,
    version: '2.1.329',
    isSidechain: false,
    timestamp: new Date().toISOString(),
    message: { role: 'user', content: 'go' },
  };
  appendFileSync(path.join(folder, `${session}.jsonl`), `${JSON.stringify(told)}\n`);
  const stop = new AbortController();
  const running = project.clew.watch({ signal: stop.signal, settleMs: 100, apartMs: 100 });
  const count = (): number => project.clew.checkpoints().filter((one) => one.trigger === 'watch').length;
  await until(() => count() === 1);
  project.sh('echo 1 > one');
  await until(() => count() === 2);
  project.bash('t1', 'echo 2 > two');
  await until(() => project.clew.checkpoints().some((one) => one.trigger === 'PostToolUse'));
  const before = count();
  project.sh('echo 3 > three');
  await sleep(500);
  expect(count()).toBe(before);
  stop.abort();
  await running;
});
