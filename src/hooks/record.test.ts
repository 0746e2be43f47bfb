// The hook is run as an agent runs it: a shell, a payload on stdin, and whatever state the disk is in.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hookScript, installScript } from './index.ts';

let folder: string;
let spool: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "clew hook's-"));
  spool = path.join(folder, 'spool');
  mkdirSync(spool, { mode: 0o700 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const silentSuccess = { status: 0, stdout: '', stderr: '' };
function hook(input: string | Buffer, { into = spool, env = process.env, uid = process.getuid!() } = {}) {
  const { status, stdout, stderr, error } = spawnSync('/bin/sh', [hookScript(), into, 'claude-code'], {
    input,
    env,
    uid,
  });
  // A broken pipe would be the agent's to deal with.
  expect(error).toBeUndefined();
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}
const kept = (at = spool) => readdirSync(at).map((name) => readFileSync(path.join(at, name)));

describe('what is kept', () => {
  test.each([
    ['a payload', Buffer.from('{"a":1}\n')],
    ['no newline at the end', Buffer.from('{"a":1}')],
    ['NUL and invalid UTF-8', Buffer.from([0, 255, 254, 13, 10, 0])],
    ['20 MB', Buffer.alloc(20_000_000, 'clew\n')],
    ['nothing', Buffer.alloc(0)],
  ])('%s, byte for byte', (_name, payload) => {
    expect(hook(payload)).toEqual(silentSuccess);
    expect(kept()).toHaveLength(1);
    expect(kept()[0]!.equals(payload)).toBe(true);
    const [name] = readdirSync(spool);
    expect(name).toMatch(/^claude-code\.\d+\.\d+\.0\.json$/);
    expect(statSync(path.join(spool, name!)).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['3f2a9c01-0000-4000-8000-000000000001', '.3f2a9c01-0000-4000-8000-000000000001'],
    ['../../etc/x', ''],
    ['3f2a 9c01', ''],
    ['a'.repeat(300), ''],
    ['', ''],
  ])('the session that it runs inside of, %s', (given, kept) => {
    expect(hook('{}', { env: { ...process.env, CLEW_SESSION_ID: given } })).toEqual(silentSuccess);
    expect(readdirSync(spool).map((name) => name.replace(/^claude-code\.\d+\.\d+\.0/, ''))).toEqual([
      `${kept}.json`,
    ]);
  });

  test('all of 50 calls at once', async () => {
    const calls = Array.from({ length: 50 }, (_, index) => {
      const child = spawn('/bin/sh', [hookScript(), spool, 'codex'], { stdio: ['pipe', 'ignore', 'ignore'] });
      child.stdin.end(`payload ${index} ${'x'.repeat(3000)}`);
      return new Promise((resolve) => child.on('close', resolve));
    });
    expect(new Set(await Promise.all(calls))).toEqual(new Set([0]));
    expect(new Set(kept().map((bytes) => bytes.toString().split(' ')[1])).size).toBe(50);
  });

  test('a call whose name is taken, as it is when containers share a spool', () => {
    // The shell puts files in the way of its own process id, then becomes the hook.
    const script = `n=$2/claude-code.$PPID.$$; : > "$n.0.json"; : > "$n.1.part"; exec sh "$1" "$2" claude-code`;
    expect(spawnSync('/bin/sh', ['-c', script, 'sh', hookScript(), spool], { input: 'new' }).status).toBe(0);
    expect(
      readdirSync(spool)
        .map((name) => name.split('.').slice(3).join('.'))
        .sort(),
    ).toEqual(['0.json', '1.part', '2.json']);
    expect(kept().map(String).sort()).toEqual(['', '', 'new']);
  });

  test('the last event of a terminal that closes', async () => {
    const child = spawn('/bin/sh', [hookScript(), spool, 'claude-code'], {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.write('first ');
    while (!readdirSync(spool).some((name) => name.endsWith('.part')))
      await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => setTimeout(done, 100));
    process.kill(-child.pid!, 'SIGHUP');
    process.kill(-child.pid!, 'SIGINT');
    child.stdin.end('second');
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(kept().map(String)).toEqual(['first second']);
  });

  test('a payload when PATH leads nowhere', () => {
    expect(hook('x', { env: { PATH: '/nowhere' } })).toEqual(silentSuccess);
    expect(kept().map(String)).toEqual(['x']);
  });
});

describe('what cannot be kept does not trouble the agent', () => {
  const large = Buffer.alloc(1_000_000, 'x');

  test('no spool: it is not made again', () => {
    rmSync(spool, { recursive: true });
    expect(hook(large)).toEqual(silentSuccess);
    expect(existsSync(spool)).toBe(false);
  });

  test('a spool that is a file', () => {
    writeFileSync(path.join(folder, 'file'), 'mine');
    expect(hook(large, { into: path.join(folder, 'file') })).toEqual(silentSuccess);
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('mine');
  });

  test('no arguments', () => {
    const run = spawnSync('/bin/sh', [hookScript()], { input: large });
    expect([run.status, run.error]).toEqual([0, undefined]);
  });

  test('a spool that may not be written', () => {
    chmodSync(folder, 0o755);
    chmodSync(spool, 0o555);
    // Root may write anywhere, so it becomes someone else.
    const uid = process.getuid!() === 0 ? 65_534 : process.getuid!();
    expect(hook(large, { uid })).toEqual(silentSuccess);
    expect(kept()).toEqual([]);
  });

  test('a limit on file sizes: the loss is marked', () => {
    const script = 'ulimit -f 0; exec sh "$1" "$2" claude-code';
    const run = spawnSync('/bin/sh', ['-c', script, 'sh', hookScript(), spool], { input: large });
    expect({ ...run, stdout: String(run.stdout), stderr: String(run.stderr) }).toMatchObject(silentSuccess);
    expect(readdirSync(spool)).toEqual(['.lost']);
  });

  test('a full disk, a read-only disk', (context) => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', spool], { stdio: 'ignore' });
    } catch {
      context.skip('this user may not mount a file system');
    }
    try {
      expect(hook('small')).toEqual(silentSuccess);
      expect(hook(large)).toEqual(silentSuccess);
      expect(hook(large)).toEqual(silentSuccess);
      expect(readdirSync(spool).filter((name) => name !== '.lost')).toHaveLength(1);
      expect(readFileSync(path.join(spool, '.lost'), 'utf8')).toBe('..');

      execFileSync('mount', ['-o', 'remount,ro', spool]);
      expect(hook('small')).toEqual(silentSuccess);
      expect(readFileSync(path.join(spool, '.lost'), 'utf8')).toBe('..');
    } finally {
      execFileSync('umount', [spool]);
    }
  });
});

test('the script is copied into $CLEW_HOME, and brought up to date there', () => {
  const target = installScript(folder);
  expect(target).toBe(path.join(folder, 'hooks', 'record.sh'));
  expect(statSync(target).mode & 0o777).toBe(0o755);
  writeFileSync(target, 'an older one');
  expect(installScript(folder)).toBe(target);
  expect(readFileSync(target)).toEqual(readFileSync(hookScript()));
  expect(readdirSync(path.dirname(target))).toEqual(
    readdirSync(import.meta.dirname).filter((name) => name.endsWith('.sh') && !name.startsWith('git-')),
  );
});
