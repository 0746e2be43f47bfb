// clew where it may not write to its own folder, as in the sandbox of an agent: it tells what it knows, and says what it cannot.
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { tempFolder } from './support/home.ts';
import { program } from './support/program.ts';

const demo = path.join(import.meta.dirname, '..', 'demo');
/** Who is root may write everywhere. */
const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
let why: string | undefined;
beforeAll(() => {
  const tried = spawnSync(process.execPath, [program, '--version'], nobody);
  if (tried.status !== 0) why = 'this checkout may not be read by others than root';
});

/** A folder with an issue in it, and clew's home with the samples in its index, which then may only be read. */
function readOnly() {
  const folder = tempFolder();
  const env = { PATH: process.env['PATH'], HOME: demo, CLEW_HOME: path.join(folder, 'clew') };
  execFileSync(process.execPath, [program, 'import'], { env, cwd: folder, stdio: 'ignore' });
  writeFileSync(path.join(folder, 'ISSUES.md'), '- [ ] AB-1 The clock\n');
  execFileSync('chmod', ['-R', 'a-w,a+rX', folder]);
  return (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { env, cwd: folder, encoding: 'utf8', ...nobody });
}

test('what is known is told, with a word on what is not', { timeout: 60_000 }, (context) => {
  if (why !== undefined) context.skip(why);
  const clew = readOnly();
  for (const [words, shown] of [
    [['search', 'stations'], '«stations»'],
    [['usage', 'month', '--all'], '\ntotal'],
    [['handoff', '6b1f0c52'], 'noon overlap'],
    [['issue', 'AB-1'], 'The clock'],
  ] as const) {
    const { stdout, stderr, status } = clew(...words);
    expect(stdout).toContain(shown);
    expect([status, stderr.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(/^clew: what is new could not be taken in: .*clew cannot be written to$/),
    ]);
  }
  expect(clew('statusline')).toMatchObject({ status: 0, stderr: '' });
});

test('what would be recorded is refused, and nothing is lost silently', { timeout: 60_000 }, (context) => {
  if (why !== undefined) context.skip(why);
  const clew = readOnly();
  for (const words of [
    ['note', 'x'],
    ['work', 'start', 'AB-1'],
    ['checkpoint'],
    ['session', 'start', '-p', '.'],
  ])
    expect(clew(...words)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/cannot be written to\n.*CLEW_HOME/) as string,
    });
});

test('where there is no index either, that is said', { timeout: 60_000 }, (context) => {
  if (why !== undefined) context.skip(why);
  const folder = tempFolder();
  const env = { PATH: process.env['PATH'], HOME: demo, CLEW_HOME: path.join(folder, 'clew') };
  execFileSync('chmod', ['a-w,a+rX', folder]);
  const { stderr, status } = spawnSync(process.execPath, [program, 'sessions'], {
    env,
    cwd: folder,
    encoding: 'utf8',
    ...nobody,
  });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/\nclew: .*clew cannot be written to\n/)]);
});
