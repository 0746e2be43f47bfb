// clew where it may not write to its own folder, as in the sandbox of an agent: it tells what it knows, and says what it cannot.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
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
  const home = path.join(folder, 'home');
  cpSync(demo, home, { recursive: true });
  const env = { PATH: process.env['PATH'], HOME: home, CLEW_HOME: path.join(folder, 'clew') };
  execFileSync(process.execPath, [program, 'import'], { env, cwd: folder, stdio: 'ignore' });
  writeFileSync(path.join(folder, 'ISSUES.md'), '- [ ] AB-1 The clock\n');
  const session = '5e55104e-0000-4000-8000-000000000001';
  const news = { sessionId: session, cwd: folder, type: 'user', uuid: 'n', message: { content: 'new' } };
  const project = path.join(home, '.claude', 'projects', 'news');
  mkdirSync(project);
  writeFileSync(path.join(project, `${session}.jsonl`), `${JSON.stringify(news)}\n`);
  execFileSync('chmod', ['-R', 'a-w,a+rX', folder]);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { env, cwd: folder, encoding: 'utf8', ...nobody });
  return { run, index: path.join(env.CLEW_HOME, 'index.db') };
}

test('what is known is told, with a word on what is not', { timeout: 60_000 }, (context) => {
  if (why !== undefined) context.skip(why);
  const { run } = readOnly();
  for (const [words, shown] of [
    [['search', 'stations'], '«stations»'],
    [['usage', 'month', '--all'], '\ntotal'],
    [['handoff', '6b1f0c52'], 'noon overlap'],
    [['issue', 'AB-1'], 'The clock'],
  ] as const) {
    const { stdout, stderr, status } = run(...words);
    expect(stdout).toContain(shown);
    expect([status, stderr.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(/^clew: what is new could not be taken in: .*clew cannot be written to$/),
    ]);
  }
  expect(run('statusline')).toMatchObject({ status: 0, stderr: '' });
});

test(
  'also while somebody else has the index open, with what is in its log',
  { timeout: 60_000 },
  (context) => {
    if (why !== undefined) context.skip(why);
    const clew = readOnly();
    if (!isRoot) context.skip('needs root, to write what others may not');
    const db = new Database(clew.index);
    onTestFinished(() => {
      db.close();
    });
    db.prepare("UPDATE session SET title = 'as the log has it' WHERE id LIKE '6b1f0c52%'").run();
    const { stdout, stderr } = clew.run('sessions');
    expect(stdout).toContain('as the log has it');
    expect(stderr).toMatch(/^clew: what is new could not be taken in: .*clew cannot be written to\n/);
  },
);

test('what would be recorded is refused, and nothing is lost silently', { timeout: 60_000 }, (context) => {
  if (why !== undefined) context.skip(why);
  const { run } = readOnly();
  for (const words of [
    ['note', 'x'],
    ['work', 'start', 'AB-1'],
    ['checkpoint'],
    ['session', 'start', '-p', '.'],
  ])
    expect(run(...words)).toMatchObject({
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
