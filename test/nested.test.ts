// A project with repositories inside of it: their commits are part of its checkpoints, their files are checkpoints of their
// own, and going back goes through all of them.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { session, testProject } from './support/project.ts';
import type { TestProject } from './support/project.ts';

const commit = 'git -c user.name=u -c user.email=u@example.org commit -q --allow-empty -m x';

/** With a submodule, a repository in a folder with a blank in its name, one in that, and one without a commit. */
async function nested(): Promise<TestProject> {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.sh(`
    git init -q ../origin && cd ../origin && echo s > s.txt && git add -A && ${commit}
    cd ../project && echo a > a.txt
    git -c protocol.file.allow=always submodule --quiet add ../origin sub
    git init -q 'in ner' && cd 'in ner' && echo i > i.txt && git add -A && ${commit}
    git init -q deep && cd deep && echo d > d.txt && git add -A && ${commit}
    cd ../.. && git init -q "$(printf 'new\\nline')" && cd new* && echo n > n.txt`);
  project.hook('UserPromptSubmit', { prompt: 'go' });
  return project;
}
const everywhere =
  "echo 2 > a.txt; echo 2 >> sub/s.txt; echo 2 > 'in ner/new.txt'; rm 'in ner/deep/d.txt'; for f in new*/n.txt; do echo 2 >> \"$f\"; done";

/** Every byte and name in the git folders, the submodule's too. */
function gitsOf({ root }: TestProject): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!/(^|\/)\.git(\/|$)/.test(name)) continue;
    const file = path.join(root, name);
    hash.update(`${name}\0${lstatSync(file).isFile() ? readFileSync(file).toString('base64') : ''}\0`);
  }
  return hash.digest('hex');
}
const headOf = (project: TestProject, name: string): string => {
  project.sh(`git -C '${name}' rev-parse HEAD > ../head`);
  return readFileSync(path.join(project.root, '../head'), 'utf8').trim();
};

test('what a call did in them is its doing; undo and redo go through all of them, and touch nothing of git', async () => {
  const project = await nested();
  const before = project.files();
  project.bash('t1', everywhere);
  const after = project.files();
  expect(after).not.toEqual(before);
  const gits = gitsOf(project);
  await project.clew.import();
  expect(
    project.clew
      .effects('t1')
      .map((one) => `${one.kind} ${one.path} ${one.by}`)
      .toSorted(),
  ).toEqual([
    'create new.txt operation',
    'delete d.txt operation',
    'update a.txt operation',
    'update n.txt operation',
    'update s.txt operation',
  ]);
  expect(project.clew.undoState('t1').canUndo).toBe(true);
  const shown = await project.clew.undo('t1', { dryRun: true });
  expect(project.files()).toEqual(after);
  expect(shown.diff).toContain('--- a/sub/s.txt');
  const done = await project.clew.undo();
  expect(done.files.map((one) => `${one.kind} ${one.path}`).toSorted()).toEqual([
    'create in ner/deep/d.txt',
    'delete in ner/new.txt',
    'update a.txt',
    'update new\nline/n.txt',
    'update sub/s.txt',
  ]);
  expect([done.left, project.files()]).toEqual([[], before]);
  await project.clew.redo();
  expect(project.files()).toEqual(after);
  await project.clew.undo(session);
  expect(project.files()).toEqual(before);
  expect(gitsOf(project)).toBe(gits);
});

test('a conflict in one of them: nothing at all is done', async () => {
  const project = await nested();
  project.bash('t1', everywhere);
  project.sh("echo mine > 'in ner/new.txt'");
  await project.clew.import();
  const before = project.files();
  const stopped = await project.clew.undo('t1');
  expect([stopped.done, stopped.conflicts.map((one) => one.path)]).toEqual([false, ['in ner/new.txt']]);
  expect(project.files()).toEqual(before);
});

test('a commit in them is shown as git shows it, and no way back moves it', async () => {
  const project = await nested();
  const first = headOf(project, 'sub');
  project.bash('t1', `echo 2 > a.txt; cd sub; ${commit}`);
  project.bash('t2', `cd 'in ner'; ${commit}`);
  await project.clew.import();
  const second = headOf(project, 'sub');
  const point = project.clew
    .checkpoints()
    .find((one) => one.trigger === 'UserPromptSubmit' && one.root === project.root);
  expect(project.clew.diff(point?.id)).toContain(`-Subproject commit ${first}\n+Subproject commit ${second}`);
  expect(project.clew.effects('t1').map((one) => one.path)).toEqual(['a.txt', 'sub']);
  // The last one did nothing that could be taken back.
  const done = await project.clew.undo();
  expect(done.files.map((one) => one.path)).toEqual(['a.txt']);
  expect(done.left).toEqual([
    { path: 'sub', why: `its HEAD stays at ${second}: it was at ${first}`, isRepository: true },
  ]);
  expect(headOf(project, 'sub')).toBe(second);
});

test('restore brings back their files, of the moment; what is gone is said', async () => {
  const project = await nested();
  const before = project.files();
  const point = await project.clew.takeCheckpoint();
  project.bash('t1', everywhere);
  await project.clew.import();
  const only = await project.clew.restore(point.id, { paths: ['in ner/deep'] });
  expect(only.files.map((one) => one.path)).toEqual(['in ner/deep/d.txt']);
  await project.clew.restore(point.id);
  expect(project.files()).toEqual(before);
  await project.clew.undo(1);
  expect(existsSync(path.join(project.root, 'in ner/new.txt'))).toBe(true);
  project.sh("rm -rf sub new*; rm -rf 'in ner/deep/.git'");
  const told = await project.clew.restore(point.id, { dryRun: true });
  expect(told.left.map((one) => one.path).toSorted()).toEqual(
    expect.arrayContaining(['in ner/deep', 'new\nline', 'sub']),
  );
});

test('a checkpoint names them with what was left out; made anew, the index says the same', async () => {
  const project = await nested();
  project.sh('mkfifo pipe');
  const point = await project.clew.takeCheckpoint();
  await project.clew.takeCheckpoint();
  const shown = project.clew.checkpoint(point.id);
  const inner = project.clew.checkpoints({ root: path.join(project.root, 'sub') })[0];
  expect(shown.inner.map((one) => one.path).toSorted()).toEqual(['in ner', 'new\nline', 'sub']);
  expect(shown.inner.find((one) => one.path === 'sub')).toEqual({
    path: 'sub',
    commit: headOf(project, 'sub'),
    tree: inner?.tree,
  });
  expect(shown.leftOut).toEqual([{ path: 'new\nline', why: 'no-commit', bytes: null }]);
  const all = () => project.clew.checkpoints().map((one) => project.clew.checkpoint(one.id));
  const before = all();
  project.clew.reindex();
  await project.clew.import();
  expect(all()).toEqual(before);
});
