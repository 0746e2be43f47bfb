// Places for branches, with real repositories of several layouts.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../test/support/home.ts';
import { cleanEnvironment } from './git.ts';
import { makeWorktree, removeWorktree } from './worktree.ts';

const env = { ...cleanEnvironment(), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
const who = ['-c', 'user.name=T', '-c', 'user.email=t@example.invalid'];
const run = (folder: string, ...args: string[]): string =>
  execFileSync('git', ['-C', folder, ...who, ...args], { env, encoding: 'utf8', stdio: 'pipe' }).trim();

/** A repository with two commits of one file. */
function repository(name = 'project'): { root: string; first: string } {
  const root = path.join(realpathSync(tempFolder()), name);
  mkdirSync(root);
  run(root, 'init', '-q', '-b', 'main');
  const commit = (words: string): string => {
    writeFileSync(path.join(root, 'a.txt'), words);
    run(root, 'add', 'a.txt');
    run(root, 'commit', '-qm', words);
    return run(root, 'rev-parse', 'HEAD');
  };
  const first = commit('one');
  commit('two');
  return { root, first };
}

/** What a repository says of itself, beyond branches and worktrees. */
const stateOf = (root: string): unknown => ({
  head: readFileSync(path.join(root, '.git/HEAD'), 'utf8'),
  index: readFileSync(path.join(root, '.git/index')).toString('base64'),
  config: readFileSync(path.join(root, '.git/config'), 'utf8'),
  status: run(root, 'status', '--porcelain'),
  refs: run(root, 'for-each-ref', '--format=%(refname) %(objectname)'),
  objects: run(root, 'count-objects', '-v'),
});

const coded = (code: string, words: RegExp): object =>
  expect.objectContaining({ code, message: expect.stringMatching(words) as string });

describe('of a repository', () => {
  test('a worktree on a branch of its own, without files, with the index of its commit', () => {
    const { root, first } = repository();
    writeFileSync(path.join(root, 'a.txt'), 'uncommitted');
    writeFileSync(path.join(root, 'new.txt'), 'untracked');
    const before = stateOf(root);
    const made = makeWorktree({ project: root, name: 'try', commit: first.slice(0, 10) });
    expect(made).toEqual({ folder: `${root}-try`, branch: 'clew/try', commit: first });
    expect(readdirSync(made.folder)).toEqual(['.git']);
    expect(run(made.folder, 'status', '--porcelain')).toBe('D a.txt');
    writeFileSync(path.join(made.folder, 'a.txt'), 'one');
    expect(run(made.folder, 'status', '--porcelain')).toBe('');
    expect(run(made.folder, 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('clew/try');

    expect(removeWorktree({ project: root, folder: made.folder })).toEqual({ branch: null });
    expect(existsSync(made.folder)).toBe(false);
    expect(stateOf(root)).toEqual(before);
  });

  test('from a worktree, a path through a link, and a bare repository', () => {
    const { root } = repository('pro ject-ü');
    const side = makeWorktree({ project: root, name: 'side' });
    expect(makeWorktree({ project: side.folder, name: 'deep/er' }).folder).toBe(`${root}-side-deep-er`);
    const link = path.join(path.dirname(root), 'link');
    symlinkSync(root, link);
    expect(makeWorktree({ project: link, name: 'linked' }).folder).toBe(`${root}-linked`);
    const bare = path.join(path.dirname(root), 'bare.git');
    run(root, 'clone', '-q', '--bare', root, bare);
    expect(makeWorktree({ project: bare, name: 'x' })).toMatchObject({
      branch: 'clew/x',
      folder: `${bare}-x`,
    });
  });

  test('in a folder that was named, which may be there if it is empty', () => {
    const { root } = repository();
    const folder = path.join(path.dirname(root), 'empty');
    mkdirSync(folder);
    expect(makeWorktree({ project: root, name: 'x', folder }).folder).toBe(folder);
    const below = path.join(path.dirname(root), 'not', 'there', 'yet');
    expect(makeWorktree({ project: root, name: 'y', folder: below }).folder).toBe(below);
  });

  test('refuses what is taken or cannot be, and changes nothing', () => {
    const { root } = repository();
    const made = makeWorktree({ project: root, name: 'taken' });
    writeFileSync(path.join(root, 'file'), '');
    const before = stateOf(root);
    const make = (more: object) => () => makeWorktree({ project: root, name: 'new', ...more });
    expect(make({ name: 'taken', folder: `${root}-2` })).toThrow(
      coded('BAD_INPUT', /has a branch clew\/taken/),
    );
    expect(make({ folder: made.folder })).toThrow(coded('BAD_INPUT', /is not empty/));
    expect(make({ folder: path.join(root, 'file') })).toThrow(coded('BAD_INPUT', /is no folder/));
    for (const name of ['', 'a b', '../x', 'a..b', 'x.lock', '@{-1}', 'a\nb', '/x', 'x/'])
      expect(make({ name })).toThrow(coded('BAD_INPUT', /cannot be the name/));
    expect(make({ commit: 'no-such' })).toThrow(coded('NOT_FOUND', /no commit no-such/));
    expect(make({ commit: '--all' })).toThrow(coded('NOT_FOUND', /no commit --all/));
    expect(make({ commit: 'HEAD:a.txt' })).toThrow(coded('NOT_FOUND', /no commit/));
    expect(stateOf(root)).toEqual(before);
    expect(existsSync(`${root}-new`)).toBe(false);
  });

  test('without a commit there is nowhere to begin', () => {
    const root = path.join(tempFolder(), 'p');
    mkdirSync(root);
    run(root, 'init', '-q');
    expect(() => makeWorktree({ project: root, name: 'x' })).toThrow(coded('NOT_FOUND', /no commit yet/));
  });

  test('the user’s hooks do not run', () => {
    const { root } = repository();
    const hook = path.join(root, '.git/hooks/post-checkout');
    writeFileSync(hook, '#!/bin/sh\ntouch ../ran', { mode: 0o755 });
    makeWorktree({ project: root, name: 'x' });
    expect(readdirSync(path.dirname(root)).toSorted()).toEqual(['project', 'project-x']);
  });
});

describe('removing', () => {
  test('is refused where files would be lost, unless forced', () => {
    const { root } = repository();
    const { folder } = makeWorktree({ project: root, name: 'x' });
    writeFileSync(path.join(folder, 'a.txt'), 'changed');
    expect(() => removeWorktree({ project: root, folder })).toThrow(coded('CONFLICT', /a\.txt/));
    expect(readFileSync(path.join(folder, 'a.txt'), 'utf8')).toBe('changed');
    expect(removeWorktree({ project: root, folder, force: true })).toEqual({ branch: null });
    expect(existsSync(folder)).toBe(false);
  });

  test('keeps a branch with commits that nothing else has', () => {
    const { root } = repository();
    const { folder } = makeWorktree({ project: root, name: 'x' });
    writeFileSync(path.join(folder, 'a.txt'), 'gone');
    run(folder, 'commit', '-qam', 'gone');
    expect(removeWorktree({ project: root, folder })).toEqual({ branch: 'clew/x' });
    expect(run(root, 'log', '-1', '--format=%s', 'clew/x')).toBe('gone');
  });

  test('is refused for the project, what holds it, and what is none of its worktrees', () => {
    const { root } = repository();
    const other = repository();
    const remove = (folder: string) => () => removeWorktree({ project: root, folder, force: true });
    expect(remove(root)).toThrow(coded('BAD_INPUT', /holds the project/));
    expect(remove(path.dirname(root))).toThrow(coded('BAD_INPUT', /holds the project/));
    expect(remove('/')).toThrow(coded('BAD_INPUT', /holds the project/));
    expect(remove(other.root)).toThrow(coded('NOT_FOUND', /is no worktree/));
    expect(remove(`${root}-none`)).toThrow(coded('NOT_FOUND', /is no folder/));
    expect(existsSync(path.join(other.root, 'a.txt'))).toBe(true);
  });
});

describe('of a plain folder', () => {
  test('an empty folder beside it, also where a folder above is a repository', () => {
    const { root } = repository();
    const plain = path.join(root, 'plain');
    mkdirSync(plain);
    const made = makeWorktree({ project: plain, name: 'try' });
    expect(made).toEqual({ folder: `${plain}-try`, branch: null, commit: null });
    expect(run(root, 'branch', '--list', 'clew/*')).toBe('');
    expect(() => makeWorktree({ project: plain, name: 'a b' })).toThrow(
      coded('BAD_INPUT', /name of a branch/),
    );
    writeFileSync(path.join(made.folder, 'x'), '');
    expect(() => makeWorktree({ project: plain, name: 'try' })).toThrow(coded('BAD_INPUT', /not empty/));
    expect(() => removeWorktree({ project: plain, folder: made.folder })).toThrow(
      coded('CONFLICT', /not empty/),
    );
    expect(removeWorktree({ project: plain, folder: made.folder, force: true })).toEqual({ branch: null });
    rmSync(plain, { recursive: true });
  });
});
