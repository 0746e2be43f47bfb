// A session that hooks told of, with real checkpoints: diffs of what shell commands did, and files as they were.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { session, testProject } from '../../../test/support/project.ts';
import { recordingOf } from './recording.ts';

test('shell commands have diffs, and each step has what had become of the files', async () => {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.sh("printf '1\\n2\\n3\\n' > a.txt; echo x > gone.txt");
  project.hook('UserPromptSubmit', { prompt: 'go' });
  project.bash('t1', "sed -i 's/2/two/' a.txt; rm gone.txt; echo n > 'n ü.txt'; chmod +x a.txt");
  project.sh('echo mine > mine.txt');
  project.bash('t2', 'echo 4 >> a.txt');
  project.bash('t3', 'rm "n ü.txt"');
  await project.clew.import();
  const recording = recordingOf(project.clew, session);
  const step = (id: string) => recording.steps.find((one) => one.entry.operation?.id === id)!;
  const told = (id: string) =>
    recording
      .changesOf(step(id))
      .map(({ path, kind, diff }) => [path.slice(project.root.length + 1), kind, diff]);
  expect(told('t1')).toEqual([
    ['a.txt', 'update', '@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n'],
    ['gone.txt', 'delete', '@@ -1 +0,0 @@\n-x\n'],
    ['n ü.txt', 'create', '@@ -0,0 +1 @@\n+n\n'],
  ]);
  expect(told('t2')).toEqual([['a.txt', 'update', '@@ -1,3 +1,4 @@\n 1\n two\n 3\n+4\n']]);
  const files = (id: string) => {
    const then = recording.filesAt(step(id));
    if (typeof then === 'string') return then;
    return then.files.flatMap(({ change, path }) => (change === null ? [] : [`${change} ${path}`]));
  };
  expect(files('t1')).toEqual(['update a.txt', 'delete gone.txt', 'create n ü.txt']);
  expect(files('t2')).toEqual(['update a.txt', 'delete gone.txt', 'create mine.txt', 'create n ü.txt']);
  expect(files('t3')).toEqual(['update a.txt', 'delete gone.txt', 'create mine.txt']);
  expect(recording.fileAt(step('t1'), 'a.txt')).toMatchObject({ text: '1\ntwo\n3\n' });
  expect(recording.fileAt(step('t1'), 'mine.txt')).toBe('There was no such file.');
  expect(recording.fileAt(step('t2'), 'a.txt')).toMatchObject({ text: '1\ntwo\n3\n4\n' });
  const { checkpoint } = step('t1');
  await project.clew.restore(checkpoint ?? '', { clean: true });
  expect(Object.keys(project.files())).toEqual(['a.txt', 'n ü.txt']);
});

test('of a step whose checkpoint was thinned out it is said that its files are gone', async () => {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.bash('t1', 'echo one > one.txt');
  await project.clew.import();
  const recording = recordingOf(project.clew, session);
  const step = recording.steps.at(-1)!;
  const { tree } = project.clew.checkpoint(step.checkpoint ?? '');
  rmSync(path.join(project.context.clewHome, 'objects.git', 'refs', 'checkpoints', tree ?? ''));
  expect(recording.filesAt(step)).toMatch(/no longer kept/);
  expect(recording.fileAt(step, 'one.txt')).toMatch(/no longer kept/);
});

test('what ran at the same time is named', async () => {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.hook('UserPromptSubmit', { prompt: 'go' });
  const call = (id: string) => ({ tool_name: 'Bash', tool_input: { command: id }, tool_use_id: id });
  project.hook('PreToolUse', call('t1'));
  project.hook('PreToolUse', call('t2'));
  project.sh('echo both > both.txt');
  project.hook('PostToolUse', call('t1'));
  project.hook('PostToolUse', call('t2'));
  await project.clew.import();
  const recording = recordingOf(project.clew, session);
  const shared = recording.steps.flatMap((one) =>
    recording.changesOf(one).map(({ diff, sharedWith }) => [one.entry.operation?.id, sharedWith, diff]),
  );
  expect(shared).toEqual([
    ['t1', ['t2'], '@@ -0,0 +1 @@\n+both\n'],
    ['t2', ['t1'], '@@ -0,0 +1 @@\n+both\n'],
  ]);
});
