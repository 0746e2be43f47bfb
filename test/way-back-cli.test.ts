// Going back from the command line: what is printed, and the exit codes.
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { testProject } from './support/project.ts';
import type { TestProject } from './support/project.ts';
import { program } from './support/program.ts';

function clewIn({ root, context }: TestProject) {
  return (...args: string[]): { status: number | null; out: string; err: string } => {
    const env = {
      PATH: process.env['PATH'],
      HOME: context.home,
      CLEW_HOME: context.clewHome,
      NO_COLOR: '1',
    };
    const done = spawnSync(process.execPath, [program, ...args], { cwd: root, env, encoding: 'utf8' });
    return { status: done.status, out: done.stdout, err: done.stderr };
  };
}

test('checkpoint, diff, undo, redo, restore and branch', { timeout: 60_000 }, () => {
  const project = testProject();
  const clew = clewIn(project);
  project.sh('printf "1\\n2\\n3\\n" > a; git add -A; git commit -qm one');
  const taken = clew('checkpoint', '-m', 'at first');
  expect(taken).toMatchObject({ status: 0, err: '' });
  const [id = ''] = taken.out.split(' ');
  project.hook('UserPromptSubmit', { prompt: 'go' });
  project.bash('t1', 'echo 4 >> a; echo b > b');

  expect(clew('checkpoints').out).toContain('at first');
  expect(clew('show', id).out).toContain(`Checkpoint ${id}`);
  expect(clew('show', id, '--files').out).toBe(`1 file in ~/work/project\n  a  6 B\n`);
  expect(clew('show', id, 'a')).toMatchObject({ status: 0, out: '1\n2\n3\n' });
  expect(JSON.parse(clew('show', id, 'a', '--json').out)).toMatchObject({ path: 'a', text: '1\n2\n3\n' });
  expect(clew('show', id, 'b').err).toContain(`checkpoint ${id} has no file b`);
  expect(clew('show', 't1', '--files').status).toBe(2);
  expect(clew('diff', id).out).toContain('+4');
  expect(clew('diff', id, '.', 'b').out).not.toContain('+4');

  expect(clew('undo', '--dry-run').out).toContain('-4');
  expect(project.files()).toHaveProperty('b');
  expect(clew('undo')).toMatchObject({ status: 0, out: expect.stringContaining('2 files') as string });
  expect(project.files()).toEqual({ a: '- 1\n2\n3\n' });
  expect(clew('redo').status).toBe(0);
  project.sh('printf "1\\n2\\n3\\nfour\\n" > a');
  const stopped = clew('undo', 't1');
  expect(stopped).toMatchObject({ status: 1, out: '' });
  expect(stopped.err).toContain('a the same lines were changed since');
  expect(stopped.err).toContain('--theirs');

  expect(clew('restore', id)).toMatchObject({ status: 0 });
  expect(project.files()).toEqual({ a: '- 1\n2\n3\n' });
  const branched = clew('branch', id, 'other', '--json');
  expect(JSON.parse(branched.out)).toMatchObject({ name: 'other', gitBranch: 'clew/other', exists: true });
  expect(clew('branches').out).toContain('other');
  expect(clew('compare', 'original', 'other').out).toContain('The files are the same.');
  expect(clew('undo', 'nothing-has-this-id')).toMatchObject({ status: 1, out: '' });
});
