// Going back, with the hooks called as an agent calls them: what shell commands did is their operations' doing, and taking
// one back leaves the rest as it is.
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, session, testProject, write } from './support/project.ts';
import type { TestProject } from './support/project.ts';

/** A project in which a session has begun. */
async function begun(setUp: string): Promise<TestProject> {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.sh(setUp);
  project.hook('UserPromptSubmit', { prompt: 'go' });
  return project;
}

const five = "printf '1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n' > five.txt";

describe('what a command did', () => {
  test('is its operation’s: made, changed, moved, deleted, other modes', async () => {
    const project = await begun(`${five}; echo old > old.txt; echo run > run.sh; echo gone > gone.txt`);
    project.bash(
      't1',
      "sed -i 's/3/three/' five.txt; mv old.txt new.txt; chmod +x run.sh; rm gone.txt; mkdir -p d; echo n > d/n",
    );
    project.bash('t2', 'echo 10 >> five.txt');
    await project.clew.import();
    const told = (id: string): string[] =>
      project.clew.effects(id).map((one) => `${one.kind} ${one.path} ${one.by}`);
    expect(told('t1')).toEqual([
      'create d/n operation',
      'update five.txt operation',
      'delete gone.txt operation',
      'create new.txt operation',
      'delete old.txt operation',
      'update run.sh operation',
    ]);
    expect(told('t2')).toEqual(['update five.txt operation']);
    expect(
      project.clew.fileHistory('five.txt').map((one) => [one.operation, one.added, one.removed]),
    ).toEqual(
      expect.arrayContaining([
        ['t1', 1, 1],
        ['t2', 1, 0],
      ]),
    );
  });

  test('between prompts and calls is the user’s', async () => {
    const project = await begun(five);
    project.bash('t1', 'echo a > a.txt');
    project.sh('echo mine > mine.txt');
    project.bash('t2', 'echo b > b.txt');
    await project.clew.import();
    const effects = project.clew
      .checkpoints()
      .flatMap((one) => project.clew.checkpoint(one.id).effects)
      .map((one) => `${one.path} ${one.by}`);
    expect(effects).toEqual(expect.arrayContaining(['a.txt operation', 'b.txt operation', 'mine.txt user']));
  });

  test('while two ran is shared by both, and not taken back for one alone', async () => {
    const project = await begun(five);
    const call = (id: string) => ({ tool_name: 'Bash', tool_input: { command: id }, tool_use_id: id });
    project.hook('PreToolUse', call('t1'));
    project.hook('PreToolUse', call('t2'));
    project.sh('echo both > both.txt');
    project.hook('PostToolUse', call('t1'));
    project.sh('echo two > two.txt');
    project.hook('PostToolUse', call('t2'));
    await project.clew.import();
    expect(project.clew.effects('t2').map((one) => [one.path, one.by, one.operations])).toEqual([
      ['both.txt', 'shared', ['t1', 't2']],
      ['two.txt', 'operation', ['t2']],
    ]);
    const before = project.files();
    const refused = await project.clew.undo('t2');
    expect([refused.done, refused.conflicts.map((one) => one.path)]).toEqual([false, ['both.txt']]);
    expect(project.files()).toEqual(before);
    await project.clew.undo(session);
    expect(Object.keys(project.files())).toEqual(['five.txt']);
  });
});

describe('undo', () => {
  test('takes one operation back and keeps what came later in the same file; redo brings it back', async () => {
    const project = await begun(five);
    project.bash('t1', "sed -i 's/2/two/' five.txt; echo x > x.txt");
    project.bash('t2', "sed -i 's/8/eight/' five.txt");
    project.sh('echo 10 >> five.txt');
    const before = project.files();
    await project.clew.import();
    expect(project.clew.undoState('t1')).toEqual({ canUndo: true, undoOperationId: null });
    const done = await project.clew.undo('t1');
    expect(done).toMatchObject({ done: true, conflicts: [], left: [] });
    expect(project.files()).toEqual({ 'five.txt': '- 1\n2\n3\n4\n5\n6\n7\neight\n9\n10\n' });
    expect(project.clew.undoState('t1')).toEqual({ canUndo: false, undoOperationId: done.action });
    await project.clew.redo();
    expect(project.files()).toEqual(before);
    await project.clew.undo(2);
    expect(project.files()).toEqual({ 'five.txt': '- 1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n' });
  });

  test('stops where the same lines were changed since, and shows them', async () => {
    const project = await begun(five);
    project.bash('t1', "sed -i 's/2/two/' five.txt");
    project.sh("sed -i 's/two/deux/' five.txt");
    await project.clew.import();
    const before = project.files();
    const stopped = await project.clew.undo('t1');
    expect(stopped).toMatchObject({ done: false, conflicts: [{ path: 'five.txt' }] });
    expect(stopped.conflicts[0]?.marked).toContain('<<<<<<< now\ndeux\n');
    expect(project.files()).toEqual(before);
    expect(project.clew.undoState('t1').canUndo).toBe(false);
    await project.clew.undo('t1', { onOverlap: 'theirs' });
    expect(project.files()['five.txt']).toBe('- 1\n2\n3\n4\n5\n6\n7\n8\n9\n');
  });

  test('knows no file that git ignores, and moves nothing of the user’s repository', async () => {
    const project = await begun(
      `${five}; echo build > .gitignore; git add -A; git commit -qm one; mkdir build; echo o > build/o`,
    );
    project.bash(
      't1',
      'echo two > build/o; echo 2 > two.txt; git add two.txt; git commit -qm two; git stash list',
    );
    await project.clew.import();
    const head = project.files();
    await project.clew.undo('t1');
    expect(project.files()['build/o']).toBe('- two\n');
    expect(project.files()['two.txt']).toBeUndefined();
    project.sh('test "$(git log --format=%s -1)" = two && test "$(git status --porcelain)" = " D two.txt"');
    await project.clew.redo();
    expect(project.files()).toEqual(head);
  });
});

describe('restore', () => {
  test('keeps files that nobody recorded, unless told to clean; and is undone', async () => {
    const project = await begun(five);
    const point = await project.clew.takeCheckpoint({ message: 'here' });
    project.bash('t1', 'echo made > made.txt; rm five.txt');
    project.sh('echo mine > mine.txt');
    await project.clew.import();
    const before = project.files();
    const done = await project.clew.restore(point.id);
    expect(done.kept).toEqual(['mine.txt']);
    expect(Object.keys(project.files())).toEqual(['five.txt', 'mine.txt']);
    await project.clew.undo();
    expect(project.files()).toEqual(before);
    await project.clew.restore(point.id, { clean: true });
    expect(Object.keys(project.files())).toEqual(['five.txt']);
  });

  test('does not write over what git ignores, nor through a link that leads out', async () => {
    const project = await begun('mkdir d; echo 1 > d/f');
    const point = await project.clew.takeCheckpoint();
    project.sh(
      'rm -r d; mkdir ../elsewhere; ln -s ../elsewhere d; echo 1 > ../elsewhere/f; echo d > .gitignore',
    );
    const done = await project.clew.restore(point.id);
    expect(done.left.map((one) => one.path).concat(done.conflicts.map((one) => one.path))).toContain('d/f');
    project.sh('test "$(cat ../elsewhere/f)" = 1');
  });
});

describe('branch', () => {
  test('gives the files of the moment in a worktree, any number of them, and leaves the original', async () => {
    const project = await begun(`${five}; git add -A; git commit -qm one`);
    project.bash('t1', "sed -i 's/1/one/' five.txt; echo new > new.txt");
    const point = await project.clew.takeCheckpoint();
    const then = project.files();
    project.bash('t2', 'rm new.txt; echo later > five.txt');
    await project.clew.import();
    const now = project.files();
    const first = await project.clew.branch(point.id, { name: 'first' });
    const second = await project.clew.branch(point.id);
    expect(filesBelow(first.folder)).toEqual(then);
    expect(filesBelow(second.folder)).toEqual(then);
    expect(project.files()).toEqual(now);
    expect(project.clew.branches().map((one) => [one.name, one.gitBranch, one.parent])).toEqual([
      ['first', 'clew/first', null],
      [second.name, `clew/${second.name}`, null],
    ]);
    write(path.join(second.folder, 'five.txt'), 'other\n');
    expect(project.clew.compare('first', second.name).files).toEqual([
      { path: 'five.txt', kind: 'update', added: 1, removed: 9 },
    ]);
    await expect(project.clew.branch(point.id, { name: 'first' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});

test('what no checkpoint saw is not taken back, and the error says why', async () => {
  const project = await begun(five);
  const call = { tool_name: 'Read', tool_input: { file_path: 'five.txt' }, tool_use_id: 'r1' };
  project.hook('PreToolUse', call);
  project.hook('PostToolUse', call);
  await project.clew.import();
  await expect(project.clew.undo('r1')).rejects.toMatchObject({ code: 'NO_CHECKPOINT' });
  await expect(project.clew.undo()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a command that was stopped in the middle is no dead end', async () => {
  const project = await begun(five);
  const call = { tool_name: 'Bash', tool_input: { command: 'long' }, tool_use_id: 't1' };
  project.hook('PreToolUse', call);
  project.sh('echo half > half.txt');
  await project.clew.import();
  const done = await project.clew.undo('t1', { onOverlap: 'theirs' });
  expect(done).toMatchObject({ done: true, files: [{ path: 'half.txt', kind: 'delete' }] });
});
