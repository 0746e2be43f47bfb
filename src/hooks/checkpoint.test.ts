// Checkpoints of real working trees, of every awkward kind, compared byte for byte with what is on disk.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkpointScript, hookScript, installStore } from './index.ts';

let folder: string;
let home: string;
let root: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "clew tree's-")));
  home = path.join(folder, 'clew');
  root = path.join(folder, 'project');
  mkdirSync(root);
  mkdirSync(path.join(folder, 'user'));
  env = {
    PATH: process.env['PATH'],
    HOME: path.join(folder, 'user'),
    GIT_AUTHOR_NAME: 'u',
    GIT_AUTHOR_EMAIL: 'u@example.org',
    GIT_COMMITTER_NAME: 'u',
    GIT_COMMITTER_EMAIL: 'u@example.org',
    CLEW_BUDGET_MS: '5000',
  };
  installStore(home);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env, stdio: 'pipe' });
function put(name: string, content: string | Buffer = `${name}\n`, at = root): void {
  mkdirSync(path.dirname(path.join(at, name)), { recursive: true });
  writeFileSync(path.join(at, name), content);
}
const script =
  '. "$0"; clew_checkpoint "$1" "$2" && printf "%s\\n" "$tree" || { printf "%s\\n" "$why"; exit 1; }';
const argumentsFor = (at: string) => ['-c', script, checkpointScript(), home, at];
function checkpoint(at = root, more: NodeJS.ProcessEnv = {}, uid = process.getuid!()): string {
  const run = spawnSync('sh', argumentsFor(at), { env: { ...env, ...more }, encoding: 'utf8', uid });
  if (run.status !== 0) throw new Error(run.stdout + run.stderr);
  return run.stdout.trim();
}
const refusal = (at = root, more: NodeJS.ProcessEnv = {}) => {
  const run = spawnSync('sh', argumentsFor(at), { env: { ...env, ...more }, encoding: 'utf8' });
  expect(run.status).toBe(1);
  return run.stdout.trim();
};
const stateOf = (at = root) => path.join(home, `workspaces${at}`, '%clew');
const leftOut = (at = root) => readFileSync(path.join(stateOf(at), 'left-out'), 'utf8').trimEnd();

const blobId = (content: Buffer) =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

/** What a tree holds, as `mode id name`, with names as bytes. */
function held(tree: string): string[] {
  const list = execFileSync('git', [`--git-dir=${home}/objects.git`, 'ls-tree', '-r', '-z', tree], { env });
  return list
    .toString('latin1')
    .split('\0')
    .filter(Boolean)
    .map((line) => line.replace(/^(\d+) (?:blob|commit) (\w+)\t/, '$1 $2 '))
    .sort();
}

/** What is on disk, but for `.git` and the names given. */
function onDisk(at = root, without: readonly string[] = []): string[] {
  const rows: string[] = [];
  const walk = (dir: Buffer, prefix: Buffer): void => {
    for (const name of readdirSync(dir, { encoding: 'buffer' })) {
      const file = Buffer.concat([dir, Buffer.from('/'), name]);
      const shown = Buffer.concat([prefix, name]);
      const text = shown.toString('latin1');
      if (text === '.git' || without.includes(text)) continue;
      const stat = lstatSync(file);
      if (stat.isDirectory()) walk(file, Buffer.concat([shown, Buffer.from('/')]));
      else if (stat.isSymbolicLink())
        rows.push(`120000 ${blobId(readlinkSync(file, { encoding: 'buffer' }))} ${text}`);
      else if (stat.isFile())
        rows.push(`${stat.mode & 0o100 ? '100755' : '100644'} ${blobId(readFileSync(file))} ${text}`);
    }
  };
  walk(Buffer.from(at), Buffer.alloc(0));
  return rows.sort();
}

/** Fails with the difference where the tree is not what is on disk. */
function whole(tree = checkpoint(), at = root, without: readonly string[] = []): boolean {
  expect(held(tree)).toEqual(onDisk(at, without));
  // Every object is there.
  execFileSync('git', [`--git-dir=${home}/objects.git`, 'rev-list', '--objects', tree], {
    env,
    stdio: 'pipe',
  });
  return true;
}

/** A hash of every byte and name below a folder. */
function hashOf(dir: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })
    .map((one) => ({ file: path.join(one.parentPath, one.name), isFile: one.isFile() }))
    .sort((a, b) => (a.file < b.file ? -1 : 1)))
    hash.update(`${entry.file}\0${entry.isFile ? readFileSync(entry.file).toString('base64') : ''}\0`);
  return hash.digest('hex');
}

function commitAll(message = 'x'): void {
  git('add', '-A');
  git('commit', '-qm', message);
}

describe('what a checkpoint holds', () => {
  test('a plain folder, step by step', () => {
    put('a');
    put('d/b');
    const first = checkpoint();
    expect(whole(first)).toBe(true);
    expect(checkpoint()).toBe(first);
    put('d/b', 'other\n');
    rmSync(path.join(root, 'a'));
    put('new/c');
    expect(whole()).toBe(true);
    expect(readFileSync(path.join(stateOf(), 'HEAD'), 'utf8').trim()).toBe(checkpoint());
    put('a');
    put('d/b');
    rmSync(path.join(root, 'new'), { recursive: true });
    expect(checkpoint()).toBe(first);
  });

  test('names with newlines, quotes, tabs, patterns, and bytes that are no UTF-8', () => {
    const names = [
      'a b',
      'n\nl',
      't\tb',
      'q"q',
      "it's",
      'b\\s',
      '-dash',
      '--',
      '*?[x]',
      '#h',
      '!n',
      ' lead',
      'trail ',
      '%s%n',
      '$x`y`',
      'ü',
      'git~1',
      'a:b',
      '"',
      ':(top)',
    ];
    for (const name of names) put(name);
    put('d\n/ä\n"');
    for (const bytes of [
      [0xff, 0xfe],
      [0x81, 0x82, 0x88],
      [0x01, 0x7f],
      [0x41, 0x5c, 0xff],
    ])
      writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from(bytes)]), 'bytes');
    expect(whole()).toBe(true);
    for (const name of names) put(name, 'changed');
    expect(whole()).toBe(true);
    rmSync(path.join(root, 'n\nl'));
    expect(whole()).toBe(true);
  });

  test('symbolic links, modes, empty files; no pipes', () => {
    put('run', '#!/bin/sh\n');
    chmodSync(path.join(root, 'run'), 0o755);
    put('empty', '');
    put('dir/x');
    symlinkSync('nowhere', path.join(root, 'dangling'));
    symlinkSync('dir', path.join(root, 'to-dir'));
    execFileSync('mkfifo', [path.join(root, 'pipe')]);
    expect(whole()).toBe(true);
    chmodSync(path.join(root, 'run'), 0o644);
    rmSync(path.join(root, 'to-dir'));
    symlinkSync('empty', path.join(root, 'to-dir'));
    expect(whole()).toBe(true);
    rmSync(path.join(root, 'empty'));
    execFileSync('mkfifo', [path.join(root, 'empty')]);
    expect(whole()).toBe(true);
  });

  test('a file becomes a folder, a folder a file, a link a folder', () => {
    put('a');
    put('d/x/y');
    symlinkSync('d', path.join(root, 'l'));
    expect(whole()).toBe(true);
    rmSync(path.join(root, 'a'));
    rmSync(path.join(root, 'd'), { recursive: true });
    rmSync(path.join(root, 'l'));
    put('a/b/c');
    put('d');
    put('l/m');
    expect(whole()).toBe(true);
    rmSync(path.join(root, 'l'), { recursive: true });
    symlinkSync('a', path.join(root, 'l'));
    expect(whole()).toBe(true);
  });

  test('edits of the same size within one tick of the clock', () => {
    put('a', 'aaaa');
    const seen = new Set<string>();
    for (let round = 0; round < 10; round++) {
      put('a', `${round}${round}${round}${round}`);
      const tree = checkpoint();
      expect(whole(tree)).toBe(true);
      seen.add(tree);
    }
    expect(seen.size).toBe(10);
    // The time of change is set back, as tools that unpack do; only the inode's own time tells.
    const { atime, mtime } = lstatSync(path.join(root, 'a'));
    put('a', 'zzzz');
    utimesSync(path.join(root, 'a'), atime, mtime);
    expect(whole()).toBe(true);
  });

  test('many files at once', () => {
    for (let n = 0; n < 600; n++) put(`d${n % 7}/some file ${n}.txt`, `${n}`);
    put('d1/n\nl');
    expect(whole()).toBe(true);
    for (let n = 0; n < 600; n += 2) rmSync(path.join(root, `d${n % 7}/some file ${n}.txt`));
    expect(whole()).toBe(true);
  });
});

describe('what is ignored', () => {
  test('by .gitignore, info/exclude and the global file: not taken; what is tracked all the same: taken', () => {
    git('init', '-q');
    put('.gitignore', '*.log\nout/\n');
    put('.git/info/exclude', '*.private\n');
    put('user/ignore', '*.swp\n', folder);
    git('config', '--global', 'core.excludesFile', '~/ignore');
    put('a.log');
    put('out/x');
    put('b.private');
    put('c.swp');
    put('kept.log');
    put('d e.log');
    git('add', '-f', 'kept.log', 'd e.log');
    const ignored = ['a.log', 'out', 'b.private', 'c.swp'];
    expect(whole(undefined, root, ignored)).toBe(true);
    put('kept.log', 'changed');
    expect(whole(undefined, root, ignored)).toBe(true);
    put('later.log');
    expect(whole(undefined, root, [...ignored, 'later.log'])).toBe(true);
    git('add', '-f', 'later.log');
    expect(whole(undefined, root, ignored)).toBe(true);
  });

  test('rules that change: what they now ignore leaves, what they no longer ignore comes', () => {
    git('init', '-q');
    put('a');
    put('node_modules/x');
    put('b c/y');
    put('t.o');
    git('add', 't.o');
    expect(whole()).toBe(true);
    put('.gitignore', 'node_modules\n*.o\n');
    expect(whole(undefined, root, ['node_modules'])).toBe(true);
    put('.git/info/exclude', 'b c\n');
    expect(whole(undefined, root, ['node_modules', 'b c'])).toBe(true);
    rmSync(path.join(root, '.git/info/exclude'));
    rmSync(path.join(root, '.gitignore'));
    expect(whole()).toBe(true);
  });
});

describe("the user's repository", () => {
  const inConflict = (how: 'merge' | 'rebase') => {
    git('init', '-q', '-b', 'main');
    put('a', 'base\n');
    commitAll();
    git('checkout', '-qb', 'side');
    put('a', 'side\n');
    commitAll();
    git('checkout', '-q', 'main');
    put('a', 'main\n');
    commitAll();
    expect(spawnSync('git', [how, 'side'], { cwd: root, env }).status).not.toBe(0);
  };
  const layouts: [string, () => string | void][] = [
    ['in the middle of a merge', () => inConflict('merge')],
    ['in the middle of a rebase', () => inConflict('rebase')],
    ['with sha256', () => void git('init', '-q', '--object-format=sha256')],
    [
      'a linked worktree',
      () => {
        git('init', '-q');
        put('a');
        commitAll();
        git('worktree', 'add', '-q', '../linked');
        return path.join(folder, 'linked');
      },
    ],
    [
      'a bare repository and a worktree',
      () => {
        put('a', 'a', path.join(folder, 'other'));
        git('init', '-q', '--bare', '../store.git');
        git('--git-dir=../store.git', '--work-tree=../other', 'add', '-A');
        git('--git-dir=../store.git', '--work-tree=../other', 'commit', '-qm', 'x');
        git('--git-dir=../store.git', 'worktree', 'add', '-q', '../linked');
        return path.join(folder, 'linked');
      },
    ],
    [
      'a sparse checkout',
      () => {
        git('init', '-q');
        put('in/a');
        put('out/b');
        commitAll();
        git('sparse-checkout', 'set', 'in');
        expect(existsSync(path.join(root, 'out/b'))).toBe(false);
      },
    ],
    [
      'with core.autocrlf, attributes, filters and LFS',
      () => {
        git('init', '-q');
        git('config', 'core.autocrlf', 'true');
        git('config', 'filter.lfs.clean', 'echo pointer');
        git('config', 'filter.lfs.required', 'true');
        put(
          '.gitattributes',
          '* text=auto eol=crlf ident\n*.bin filter=lfs\n*.u16 working-tree-encoding=UTF-16\n',
        );
        put('crlf', 'a\r\nb\n$Id$\n');
        put('x.bin', 'large\r\n');
        put('y.u16', Buffer.from('\uFEFFhi\r\n', 'utf16le'));
      },
    ],
  ];
  test.each(layouts)('%s: the tree is what is on disk, and nothing of git changes', (_name, make) => {
    const at = make() ?? root;
    put('un tracked', 'u\r\n', at);
    const gits = () =>
      ['project/.git', 'store.git', 'linked/.git']
        .map((name) => path.join(folder, name))
        .filter((one) => existsSync(one))
        .map((one) => (lstatSync(one).isFile() ? readFileSync(one, 'utf8') : hashOf(one)));
    const before = gits();
    expect(whole(checkpoint(at), at)).toBe(true);
    put('un tracked', 'changed', at);
    expect(whole(checkpoint(at), at)).toBe(true);
    expect(gits()).toEqual(before);
  });

  test('a bare repository within the folder of its worktrees', () => {
    git('init', '-q', '--bare', '.bare');
    put('.git', 'gitdir: ./.bare\n');
    put('notes');
    expect(whole(undefined, root, ['.bare'])).toBe(true);
  });

  test('git gc --prune=now, a new clone and a hook of git do no harm', () => {
    git('init', '-q');
    put('a');
    commitAll();
    put('b');
    const tree = checkpoint();
    put('b', 'changed');
    git('reflog', 'expire', '--expire=now', '--all');
    git('gc', '-q', '--prune=now');
    rmSync(path.join(root, '.git'), { recursive: true });
    expect(held(tree)).toHaveLength(2);
    git('init', '-q');
    const before = hashOf(path.join(root, '.git'));
    const inHook = { GIT_DIR: path.join(root, '.git'), GIT_INDEX_FILE: '.git/index', GIT_PREFIX: 'x/' };
    expect(whole(checkpoint(root, inHook))).toBe(true);
    expect(hashOf(path.join(root, '.git'))).toBe(before);
    execFileSync('git', [`--git-dir=${home}/objects.git`, 'gc', '-q', '--prune=now'], { env });
    expect(held(tree)).toHaveLength(2);
    expect(whole()).toBe(true);
  });
});

describe('repositories inside', () => {
  const inside = (name: string, ...args: string[]) =>
    execFileSync('git', ['-C', path.join(root, name), '-c', 'protocol.file.allow=always', ...args], {
      env,
      stdio: 'pipe',
    })
      .toString()
      .trim();
  function repository(name: string, ...how: string[]): void {
    git('init', '-q', ...how, name);
    put(`${name}/x`);
    inside(name, 'add', '-A');
    inside(name, 'commit', '-qm', 'x');
  }
  const asCommit = (name: string) =>
    `160000 ${inside(name, 'rev-parse', 'HEAD')} ${Buffer.from(name).toString('latin1')}`;
  /** The tree holds these as their commits, and all else as it is on disk. */
  function wholeBut(names: readonly string[], without: readonly string[] = [], tree = checkpoint()): string {
    const rows = [...onDisk(root, [...names, ...without]), ...names.map(asCommit)];
    expect(held(tree)).toEqual(rows.sort());
    return tree;
  }
  /** Until git's caches are no longer doubted for being as young as the files. */
  const settle = () => spawnSync('sleep', ['0.05']);

  test('a nested one and a submodule are their commits; nothing of git changes', () => {
    git('init', '-q');
    put('a');
    repository('src');
    repository('lib/in ner');
    repository('n\nl "q"/x');
    put('lib/y');
    inside('.', 'submodule', '--quiet', 'add', './src', 'sub');
    commitAll();
    const names = ['src', 'lib/in ner', 'n\nl "q"/x', 'sub'];
    const gits = () => ['.git', ...names.map((name) => `${name}/.git`)].map((name) => hashAt(name));
    const hashAt = (name: string) => {
      const at = path.join(root, name);
      return lstatSync(at).isFile() ? readFileSync(at, 'utf8') : hashOf(at);
    };
    const before = gits();
    const tree = wholeBut(names);
    // Their own files are none of the project's.
    put('sub/dirty');
    put('src/x', 'dirty');
    expect(wholeBut(names)).toBe(tree);
    settle();
    expect(wholeBut(names)).toBe(tree);
    expect(gits()).toEqual(before);
    expect(existsSync(path.join(stateOf(), 'left-out'))).toBe(false);
  });

  test('a commit moves it, also packed; removed, it goes; a plain folder in its place is files again', () => {
    git('init', '-q');
    repository('src');
    inside('.', 'submodule', '--quiet', 'add', './src', 'sub');
    const first = wholeBut(['src', 'sub']);
    inside('sub', 'commit', '-q', '--allow-empty', '-m', 'moved');
    expect(wholeBut(['src', 'sub'])).not.toBe(first);
    inside('sub', 'checkout', '-q', 'HEAD~');
    expect(wholeBut(['src', 'sub'])).toBe(first);
    inside('src', 'commit', '-q', '--allow-empty', '-m', 'moved');
    inside('src', 'pack-refs', '--all');
    wholeBut(['src', 'sub']);
    for (let n = 0; n < 120; n++) inside('src', 'branch', `a-${n}`);
    inside('src', 'pack-refs', '--all');
    inside('src', 'commit', '-q', '--allow-empty', '-m', 'moved');
    inside('src', 'pack-refs', '--all');
    wholeBut(['src', 'sub']);
    rmSync(path.join(root, 'sub'), { recursive: true });
    wholeBut(['src']);
    settle();
    wholeBut(['src']);
    rmSync(path.join(root, 'src/.git'), { recursive: true });
    wholeBut([]);
    rmSync(path.join(root, 'src'), { recursive: true });
    put('src');
    wholeBut([]);
  });

  test('one without a commit, or with sha256, cannot be named by a tree: left out with the reason', () => {
    git('init', '-q');
    put('a');
    git('init', '-q', 'em pty');
    put('em pty/x');
    repository('long', '--object-format=sha256');
    wholeBut([], ['em pty', 'long']);
    expect(leftOut()).toBe('no-commit\t-\t"em pty"\nsha256\t-\tlong');
    inside('em pty', 'commit', '-q', '--allow-empty', '-m', 'x');
    wholeBut(['em pty'], ['long']);
    expect(leftOut()).toBe('sha256\t-\tlong');
    inside('em pty', 'checkout', '-q', '--orphan', 'other');
    wholeBut([], ['em pty', 'long']);
    rmSync(path.join(root, 'long/.git'), { recursive: true });
    wholeBut([], ['em pty']);
  });

  test('a worktree of the project inside it; a link in the place of a repository', () => {
    git('init', '-q');
    put('a');
    commitAll();
    git('worktree', 'add', '-q', 'trees/one');
    const before = hashOf(path.join(root, '.git'));
    wholeBut(['trees/one']);
    expect(hashOf(path.join(root, '.git'))).toBe(before);
    repository('elsewhere');
    rmSync(path.join(root, 'trees/one'), { recursive: true });
    symlinkSync('../elsewhere', path.join(root, 'trees/one'));
    wholeBut(['elsewhere']);
    rmSync(path.join(root, 'trees'), { recursive: true });
    symlinkSync('.', path.join(root, 'trees'));
    wholeBut(['elsewhere']);
  });

  test('one that rules ignore is no part of the project, unless the user tracks it', () => {
    git('init', '-q');
    repository('kept');
    repository('gone');
    wholeBut(['kept', 'gone']);
    put('.gitignore', 'gone\n');
    wholeBut(['kept'], ['gone']);
    inside('gone', 'commit', '-q', '--allow-empty', '-m', 'moved');
    wholeBut(['kept'], ['gone']);
    git('add', '-f', 'gone');
    wholeBut(['kept', 'gone']);
    put('.gitignore', '');
    expect(wholeBut(['kept', 'gone'])).toHaveLength(40);
  });

  test('kill -9 anywhere while commits move: the next checkpoint is right', async () => {
    git('init', '-q');
    repository('src');
    repository('other');
    put('a');
    for (let round = 0; round < 12; round++) {
      inside('src', 'commit', '-q', '--allow-empty', '-m', `${round}`);
      if (round % 3 === 0) rmSync(path.join(root, 'other'), { recursive: true, force: true });
      else if (round % 3 === 1) repository('other');
      const child = spawn('sh', argumentsFor(root), { env, stdio: 'ignore', detached: true });
      const closed = new Promise((resolve) => child.on('close', resolve));
      await new Promise((resolve) => setTimeout(resolve, 3 + round * 2));
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // It was done before.
      }
      await closed;
      expect(wholeBut(round % 3 === 0 ? ['src'] : ['src', 'other'])).toHaveLength(40);
    }
  });
});

describe('limits', () => {
  test('a large file is left out, also one that grew, and comes when it is small', () => {
    const limit = { CLEW_MAX_FILE: '1000' };
    put('b ig', Buffer.alloc(1001));
    put('n\nl', Buffer.alloc(1001));
    put('grows');
    put('d/[x]*', Buffer.alloc(1001));
    expect(whole(checkpoint(root, limit), root, ['b ig', 'n\nl', 'd/[x]*'])).toBe(true);
    put('grows', Buffer.alloc(2000));
    expect(whole(checkpoint(root, limit), root, ['b ig', 'n\nl', 'd/[x]*', 'grows'])).toBe(true);
    expect(leftOut().split('\n').sort()).toEqual([
      'large\t1001\t"b ig"',
      String.raw`large	1001	"n\nl"`,
      'large\t1001\td/[x]*',
      'large\t2000\tgrows',
    ]);
    const same = checkpoint(root, limit);
    expect(checkpoint(root, limit)).toBe(same);
    put('grows');
    put('n\nl');
    put('d/x');
    expect(whole(checkpoint(root, limit), root, ['b ig', 'd/[x]*'])).toBe(true);
    rmSync(path.join(root, 'b ig'));
    rmSync(path.join(root, 'd/[x]*'));
    expect(whole(checkpoint(root, limit))).toBe(true);
    expect(leftOut()).toBe('');
  });

  test('a large file that the user tracks though it is ignored', () => {
    git('init', '-q');
    put('.gitignore', '*.bin\n');
    put('x.bin', Buffer.alloc(2000));
    put('y.bin');
    git('add', '-f', 'x.bin', 'y.bin');
    const limit = { CLEW_MAX_FILE: '1000' };
    expect(whole(checkpoint(root, limit), root, ['x.bin'])).toBe(true);
    git('add', '-f', 'y.bin');
    expect(whole(checkpoint(root, limit), root, ['x.bin'])).toBe(true);
    expect(leftOut()).toBe('large\t2000\tx.bin');
    put('x.bin');
    expect(whole(checkpoint(root, limit))).toBe(true);
  });

  test('too many files, too many bytes: refused with a word', () => {
    for (let n = 0; n < 12; n++) put(`f${n}`, 'x'.repeat(100));
    expect(refusal(root, { CLEW_MAX_FILES: '10' })).toBe('too many files: 12, the limit is 10');
    expect(refusal(root, { CLEW_MAX_TOTAL: '1000' })).toBe('too large: 1200 bytes, the limit is 1000');
    writeFileSync(path.join(home, 'workspaces/limits'), 'clew_max_files=11\n');
    expect(refusal()).toBe('too many files: 12, the limit is 11');
    rmSync(path.join(root, 'f1'));
    expect(whole()).toBe(true);
    // What was counted too often is counted anew.
    for (let n = 0; n < 12; n++) {
      put('f0', `${n}`);
      expect(whole()).toBe(true);
    }
  });

  test('no file system, no home folder or what is above it, not clew itself', () => {
    expect(refusal('/')).toBe('the root of the file system');
    expect(refusal(env['HOME'])).toBe('the home folder');
    expect(refusal(folder)).toBe('a folder above the home folder');
    expect(refusal(path.join(home, 'workspaces'))).toBe("clew's own folder");
    expect(refusal(path.join(folder, 'nowhere'))).toBe('cannot enter the folder');
  });

  test("clew's own folder within the project is left out", () => {
    home = path.join(root, 'my clew');
    expect(installStore(home)).toBeUndefined();
    put('a');
    expect(whole(undefined, root, ['my clew'])).toBe(true);
    expect(whole(undefined, root, ['my clew'])).toBe(true);
  });

  test('a file that cannot be read is left out, and comes when it can', (context) => {
    if (process.getuid!() !== 0) context.skip('needs root, to become someone else');
    const nobody = 65_534;
    put('a');
    put('closed');
    chmodSync(path.join(root, 'closed'), 0o000);
    execFileSync('chown', ['-R', String(nobody), folder]);
    expect(whole(checkpoint(root, {}, nobody), root, ['closed'])).toBe(true);
    expect(leftOut()).toBe('unreadable\t-\tclosed');
    chmodSync(path.join(root, 'closed'), 0o644);
    expect(whole(checkpoint(root, {}, nobody))).toBe(true);
    chownSync(path.join(root, 'closed'), 0, 0);
  });
});

describe('at the same time', () => {
  const start = (at = root, args = argumentsFor(at)) =>
    spawn('sh', args, { env, stdio: ['ignore', 'pipe', 'ignore'], detached: true });

  test('two calls: each gets a whole tree', async () => {
    for (let n = 0; n < 300; n++) put(`d${n % 9}/f${n}`);
    const results = await Promise.all(
      [start(), start(), start()].map(
        (child) =>
          new Promise<string>((resolve) => {
            let out = '';
            child.stdout.on('data', (data) => (out += String(data)));
            child.on('close', () => resolve(out.trim()));
          }),
      ),
    );
    expect(new Set(results).size).toBe(1);
    expect(whole(results[0])).toBe(true);
  });

  test('kill -9 anywhere: the next checkpoint is right', async () => {
    for (let n = 0; n < 200; n++) put(`d${n % 9}/f${n}`);
    for (let round = 0; round < 20; round++) {
      for (let n = 0; n < 20; n++) put(`d${n % 9}/f${n * 3}`, `${round}`);
      const child = start();
      const closed = new Promise((resolve) => child.on('close', resolve));
      await new Promise((resolve) => setTimeout(resolve, round * 2));
      try {
        // Every second time only the shell dies, and git goes on.
        process.kill(round % 2 ? child.pid! : -child.pid!, 'SIGKILL');
      } catch {
        // It was done before.
      }
      if (round % 2 === 0) await closed;
      put('d1/f1', `after ${round}`);
      expect(whole()).toBe(true);
    }
  });
});

describe('the hook', () => {
  const spool = () => path.join(home, 'spool');
  function hook(event: string, payload: object, { shell = 'sh', more = {}, cwd = root } = {}) {
    mkdirSync(spool(), { recursive: true });
    const [command, ...args] = shell.split(' ') as [string, ...string[]];
    const run = spawnSync(command, [...args, hookScript(), spool(), 'claude-code', event], {
      input: JSON.stringify(payload),
      cwd,
      env: { ...env, ...more },
      encoding: 'utf8',
    });
    expect([run.status, run.stdout, run.stderr]).toEqual([0, '', '']);
  }
  const noted = () =>
    readdirSync(spool())
      .filter((name) => /^checkpoint\.\d+\.\d+\.\d+\.json$/.test(name))
      .map((name) => readFileSync(path.join(spool(), name), 'utf8'));
  const call = (tool: string) => ({
    session_id: 's-1',
    agent_id: 'a-1',
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: {
      agent_id: 'no',
      session_id: 'no',
      tool_use_id: 'no',
      text: '"tool_name":"Read"',
      fill: 'x'.repeat(9000),
    },
    tool_use_id: 'toolu_1',
  });
  const shells = ['dash', 'bash', 'busybox sh'].filter(
    (shell) => spawnSync('sh', ['-c', `command -v ${shell.split(' ')[0]}`]).status === 0,
  );

  test.each(shells)('%s: the state is in the spool when the hook is done', (shell) => {
    git('init', '-q', '-b', 'main');
    put('sub/a');
    commitAll();
    hook('PreToolUse', call('Bash'), { shell, cwd: path.join(root, 'sub') });
    const head = git('rev-parse', 'HEAD').toString().trim();
    const lines = ['clew checkpoint 2', 'session s-1', 'run a-1', 'event PreToolUse', 'tool toolu_1'];
    const rest = [`head ${head}`, 'branch refs/heads/main', 'late 0', 'why ', `root ${root}`];
    expect(noted()).toEqual([`${[...lines, `tree ${checkpoint()}`, ...rest].join('\n')}\n`]);
  });

  test('repositories inside have checkpoints of their own, which the outer one names', () => {
    git('init', '-q');
    put('a');
    put('big', Buffer.alloc(1001));
    const inner = path.join(root, 'in ner');
    git('init', '-q', 'in ner');
    put('in ner/x');
    execFileSync('git', ['-C', inner, 'add', '-A'], { env });
    execFileSync('git', ['-C', inner, 'commit', '-qm', 'x'], { env });
    put('in ner/dirty');
    git('init', '-q', 'in ner/deep');
    put('in ner/deep/y');
    hook('PreToolUse', call('Bash'), { more: { CLEW_MAX_FILE: '1000' } });
    const notes = noted();
    const of = (at: string) => notes.find((note) => note.endsWith(`root ${at}\n`))!;
    const treeOf = (at: string) => /^tree (\w+)$/m.exec(of(at))![1]!;
    expect(notes).toHaveLength(3);
    for (const note of notes)
      expect(note).toContain('session s-1\nrun a-1\nevent PreToolUse\ntool toolu_1\n');
    const head = execFileSync('git', ['-C', inner, 'rev-parse', 'HEAD'], { env }).toString().trim();
    expect(held(treeOf(root))).toEqual([...onDisk(root, ['in ner', 'big']), `160000 ${head} in ner`].sort());
    expect(held(treeOf(inner))).toEqual(onDisk(inner, ['deep']));
    expect(held(treeOf(path.join(inner, 'deep')))).toEqual(onDisk(path.join(inner, 'deep')));
    expect(of(root)).toContain(`inner ${head}\t${treeOf(inner)}\t"in ner"\nleft large\t1001\tbig\nroot `);
    expect(of(inner)).toContain(
      `inner -\t${treeOf(path.join(inner, 'deep'))}\tdeep\nleft no-commit\t-\tdeep\nroot `,
    );
  });

  test('of many repositories inside, the first sixteen; of much that is left out, a hundred', () => {
    for (let n = 10; n < 30; n++) git('init', '-q', `r${n}`);
    for (let n = 10; n < 30; n++) put(`r${n}/x`);
    for (let n = 0; n < 110; n++) put(`big/${n}`, Buffer.alloc(11));
    hook('Stop', { session_id: 's' }, { more: { CLEW_MAX_FILE: '10' } });
    const notes = noted();
    expect(notes).toHaveLength(17);
    const outer = notes.find((note) => note.endsWith(`root ${root}\n`))!;
    expect(outer.match(/^inner -\t\w{40}\t/gm)).toHaveLength(16);
    expect(outer.match(/^inner -\t-\t/gm)).toHaveLength(4);
    expect(outer.match(/^left /gm)).toHaveLength(100);
    expect(outer).toContain('\nmore 30\nroot ');
  });

  test('is noted before another call may take the same project', async () => {
    put('a');
    const slow = path.join(folder, 'slow');
    mkdirSync(slow);
    // Its note takes half a second to get its name.
    writeFileSync(
      path.join(slow, 'mv'),
      '#!/bin/sh\ncase $* in *checkpoint.*) sleep 0.5;; esac\nexec /bin/mv "$@"\n',
      { mode: 0o755 },
    );
    mkdirSync(spool());
    const first = spawn('sh', [hookScript(), spool(), 'claude-code', 'Stop'], {
      cwd: root,
      env: { ...env, PATH: `${slow}:${env['PATH']}` },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    first.stdin.end(JSON.stringify({ session_id: 'first' }));
    while (!readdirSync(spool()).some((name) => /^checkpoint.*part$/.test(name)))
      await new Promise((resolve) => setTimeout(resolve, 10));
    put('a', 'changed');
    hook('Stop', { session_id: 'second' });
    const order = readdirSync(spool())
      .filter((name) => name.startsWith('checkpoint.'))
      .map((name) => ({
        at: lstatSync(path.join(spool(), name)).mtimeMs,
        session: /^session (.*)$/m.exec(readFileSync(path.join(spool(), name), 'utf8'))![1],
      }))
      .sort((a, b) => a.at - b.at);
    expect(order.map((one) => one.session)).toEqual(['first', 'second']);
  });

  test('none for tools that change nothing, for other events, when it is off, and without a store', () => {
    hook('PreToolUse', call('Read'));
    hook('Notification', { session_id: 's' });
    hook('', { session_id: 's' });
    writeFileSync(path.join(home, 'workspaces/off'), '');
    hook('Stop', { session_id: 's' });
    rmSync(path.join(home, 'workspaces/off'));
    rmSync(path.join(home, 'objects.git'), { recursive: true });
    hook('Stop', { session_id: 's' });
    expect(noted()).toEqual([]);
    expect(readdirSync(spool())).toHaveLength(5);
  });

  test('events of Gemini CLI are noted under the names that others have', () => {
    put('a');
    const tool = { session_id: 's', tool_name: 'run_shell_command', tool_input: {} };
    const events = ['BeforeAgent', 'BeforeTool', 'AfterTool', 'AfterAgent'];
    for (const event of events) hook(event, tool);
    hook('BeforeTool', { ...tool, tool_name: 'read_file' });
    const names = noted().map((one) => /^event (.*)$/m.exec(one)?.[1] ?? '');
    expect(new Set(names)).toEqual(new Set(['PostToolUse', 'PreToolUse', 'Stop', 'UserPromptSubmit']));
  });

  test('a prompt is no tool call; the project is the one that the session was started in', () => {
    put('a');
    hook(
      'UserPromptSubmit',
      { session_id: 's', prompt: 'x","tool_name":"Read"' },
      { cwd: folder, more: { CLAUDE_PROJECT_DIR: root } },
    );
    expect(noted()[0]).toContain(
      `tool -\ntree ${checkpoint()}\nhead -\nbranch -\nlate 0\nwhy \nroot ${root}\n`,
    );
  });

  test('what could not be taken says why', () => {
    hook('Stop', { session_id: 's' }, { cwd: env['HOME']! });
    expect(noted()[0]).toMatch(/tree -\nhead -\nbranch -\nlate 0\nwhy the home folder\nroot /);
    writeFileSync(path.join(home, 'workspaces/limits'), 'sleep 0.4\n');
    put('a');
    const started = performance.now();
    hook('Stop', { session_id: 's' }, { more: { CLEW_BUDGET_MS: '100' } });
    expect(performance.now() - started).toBeLessThan(400);
    expect(noted()).toHaveLength(1);
  });

  test('what takes too long is noted when it is done, as late', async () => {
    writeFileSync(path.join(home, 'workspaces/limits'), 'sleep 0.4\n');
    put('a');
    hook('Stop', { session_id: 's' }, { more: { CLEW_BUDGET_MS: '100' } });
    expect(noted()).toEqual([]);
    while (noted().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(noted()[0]).toContain(`tree ${checkpoint()}\nhead -\nbranch -\nlate 1\n`);
  });

  test('busy within the budget: no tree, and the reason', () => {
    put('a');
    checkpoint();
    while (existsSync(path.join(stateOf(), 'lock'))) spawnSync('sleep', ['0.02']);
    writeFileSync(path.join(stateOf(), 'lock'), `${process.pid}\n`);
    hook('Stop', { session_id: 's' }, { more: { CLEW_BUDGET_MS: '100' } });
    const late = noted().length === 0;
    while (noted().length === 0) spawnSync('sleep', ['0.02']);
    expect(noted()[0]).toMatch(new RegExp(`tree -\\nhead -\\nbranch -\\nlate ${late ? 1 : 0}\\nwhy busy\\n`));
  });
});
