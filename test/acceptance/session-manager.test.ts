// Runs the workflow of a session manager as a shell script, with the CLI of the sources.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../support/home.ts';
import { program } from '../support/program.ts';

test('from start to history', { timeout: 300_000 }, () => {
  const script = path.join(import.meta.dirname, 'session-manager.sh');
  const env = { PATH: process.env['PATH'], CLEW: `${process.execPath} ${program}` };
  const { status, stdout, stderr } = spawnSync('sh', [script, tempFolder()], { env, encoding: 'utf8' });
  expect({ failed: stdout.split('\n').filter((line) => line.startsWith('FAIL')), stderr }).toEqual({
    failed: [],
    stderr: '',
  });
  expect(status).toBe(0);
});
