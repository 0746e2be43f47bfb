// Real git calls the hooks, beside hooks of others: what they are given, what counts, and what is left when they are gone.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemContext } from '../../model/index.ts';
import type { Context } from '../../model/index.ts';
import { tempFolder } from '../../../test/support/home.ts';
import { onSmallDisk } from '../../../test/support/small-disk.ts';
import { gitHookChecks, installGitHooks, knownHooks, removeGitHooks } from './index.ts';

let home: string;
let repo: string;
let context: Context;
beforeEach(() => {
  home = tempFolder();
  repo = path.join(home, "it's a repo\nof two lines");
  mkdirSync(repo);
  context = { ...systemContext({ HOME: home, CLEW_HOME: path.join(home, 'clew') }), cwd: repo };
  git('init', '-q', '-b', 'main');
});

interface Done {
  readonly status: number | null;
  readonly out: string;
}
function run(command: string, args: readonly string[], { cwd = repo, more = {} } = {}): Done {
  const env = { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...author, ...more };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, out: stdout + stderr };
}
const author = {
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};
function git(...args: string[]): string {
  const { status, out } = run('git', args);
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${out}`);
  return out.trim();
}
const commit = (message: string, how: { cwd?: string; more?: object } = {}): Done =>
  run('git', ['commit', '-q', '--allow-empty', '-m', message], how);
const install = (how: object = {}) => installGitHooks(context, { folder: repo, ...how });
const remove = (how: object = {}) => removeGitHooks(context, { folder: repo, ...how });
const spool = (): string => path.join(home, 'clew', 'spool');
/** What waits in the spool, the oldest first. */
const calls = (): Record<string, string>[] =>
  readdirSync(spool())
    .filter((name) => name.startsWith('commit.'))
    .map((name) => readFileSync(path.join(spool(), name), 'utf8').split('\0').slice(0, -1))
    .map((fields) =>
      Object.fromEntries(fields.map((one) => [one.split(' ', 1)[0], one.replace(/^\S+ ?/, '')])),
    );
const hooks = (): string => path.join(repo, '.git', 'hooks');
function hook(name: string, text: string, mode = 0o755, folder = hooks()): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), text, 'latin1');
  chmodSync(path.join(folder, name), mode);
}
/** Every file of a folder with its mode and bytes. */
const stateOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .map((name) => {
        const at = path.join(folder, name);
        const stat = lstatSync(at);
        if (stat.isSymbolicLink()) return [name, `-> ${readlinkSync(at)}`];
        return [name, stat.isDirectory() ? '/' : `${stat.mode.toString(8)} ${readFileSync(at, 'latin1')}`];
      }),
  );

describe('what the hooks tell', () => {
  test('a commit: where, on which branch, what was before, in which session', () => {
    commit('before');
    const before = git('rev-parse', 'HEAD');
    install();
    git('checkout', '-q', '-b', `q"uote's`);
    expect(commit('one', { more: { CLEW_SESSION_ID: 'se ss"ion' } })).toEqual({ status: 0, out: '' });
    expect(calls()).toEqual([
      {
        clew: 'commit 1',
        kind: 'commit',
        head: git('rev-parse', 'HEAD'),
        previous: before,
        branch: `q"uote's`,
        told: 'commit: one',
        session: 'se ss"ion',
        within: expect.stringMatching(/^\d+( \d+)*$/) as string,
        pairs: '',
        gitdir: path.join(repo, '.git'),
        root: repo,
        end: '',
      },
    ]);
  });

  test('an amend and a rebase: which commit took the place of which', () => {
    commit('base');
    install();
    writeFileSync(path.join(repo, 'a'), '1');
    git('add', 'a');
    commit('one');
    const one = git('rev-parse', 'HEAD');
    git('commit', '-q', '--amend', '-m', 'once more');
    const amended = git('rev-parse', 'HEAD');
    git('checkout', '-q', '-b', 'other', 'HEAD~1');
    commit('beside');
    git('checkout', '-q', 'main');
    git('rebase', '-q', 'other');
    const kinds = Map.groupBy(calls(), (call) => call['kind']);
    expect(kinds.get('amend')?.map((call) => call['pairs'])).toEqual([`${one} ${amended}`]);
    expect(kinds.get('rewrite')?.map((call) => call['pairs'])).toEqual([
      `${amended} ${git('rev-parse', 'HEAD')}`,
    ]);
  });

  test('a merge, and a worktree that has its own folder of hooks', () => {
    commit('base');
    git('worktree', 'add', '-q', '-b', 'beside', path.join(home, 'beside'));
    git('config', 'extensions.worktreeConfig', 'true');
    const beside = path.join(home, 'beside');
    run('git', ['config', '--worktree', 'core.hooksPath', path.join(home, 'own hooks')], { cwd: beside });
    install();
    commit('there', { cwd: beside });
    expect(calls().map((call) => [call['root'], call['branch']])).toEqual([[beside, 'beside']]);
    commit('here');
    git('merge', '-q', '-m', 'both', 'beside');
    expect(calls().filter((call) => call['kind'] === 'merge')).toMatchObject([
      { head: git('rev-parse', 'HEAD'), told: "merge beside: Merge made by the 'ort' strategy." },
    ]);
  });

  test('in a submodule, and in worktrees of a bare repository', () => {
    commit('base');
    const bare = path.join(home, 'bare.git');
    run('git', ['clone', '-q', '--bare', repo, bare], { cwd: home });
    const tree = path.join(home, 'tree');
    run('git', ['worktree', 'add', '-q', '-b', 'work', tree], { cwd: bare });
    installGitHooks(context, { folder: bare });
    expect(commit('there', { cwd: tree }).status).toBe(0);
    run('git', ['-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', bare, 'sub'], { cwd: repo });
    const sub = path.join(repo, 'sub');
    installGitHooks(context, { folder: sub });
    expect(commit('in it', { cwd: sub }).status).toBe(0);
    expect(new Set(calls().map((call) => `${call['root']} ${call['gitdir']}`))).toEqual(
      new Set([
        `${tree} ${path.join(bare, 'worktrees', 'tree')}`,
        `${sub} ${path.join(repo, '.git', 'modules', 'sub')}`,
      ]),
    );
  });
});

describe('hooks that are there', () => {
  const note = (words: string): string => `printf '%s\\n' ${words} >> "$HOME/ran"`;
  const ran = (): string => readFileSync(path.join(home, 'ran'), 'utf8');

  const kinds: [string, () => void, string][] = [
    ['in sh', () => hook('post-commit', `#!/bin/sh -e\n${note('"$0" "$#"')}`), '.git/hooks/post-commit\n0\n'],
    [
      'in bash, by env',
      () => hook('post-commit', `#!/usr/bin/env bash\n${note('${0##*/}')}\n`),
      'post-commit\n',
    ],
    [
      'in another language',
      () =>
        hook(
          'post-commit',
          `#!/usr/bin/env -S node\nrequire('fs').writeFileSync(process.env.HOME + '/ran', 'node')`,
        ),
      'node',
    ],
    ['without a first line', () => hook('post-commit', note('bare')), 'bare\n'],
    [
      'with bytes that are no UTF-8',
      () => hook('post-commit', `#!/bin/sh\n# \xff\xfe\n${note('bytes')}`),
      'bytes\n',
    ],
    [
      'a link, that looks at its own name',
      () => {
        writeFileSync(path.join(repo, 'every.sh'), `#!/bin/sh\n${note('${0##*/}')}`, { mode: 0o755 });
        mkdirSync(hooks(), { recursive: true });
        symlinkSync('../../every.sh', path.join(hooks(), 'post-commit'));
      },
      'post-commit\n',
    ],
    [
      "beads' file",
      () => hook('post-commit', `#!/bin/sh\n# bd-shim v1\n# bd-hooks-version: 0.47.0\n${note('beads')}\n`),
      'beads\n',
    ],
    [
      "beads' block",
      () =>
        hook(
          'post-commit',
          `#!/usr/bin/env sh\n# --- BEGIN BEADS INTEGRATION v1.0.3 ---\n${note('block')}\n# --- END BEADS INTEGRATION v1.0.3 ---\n`,
        ),
      'block\n',
    ],
    [
      "lefthook's",
      () =>
        hook('post-commit', `#!/bin/sh\n\nif [ "$LEFTHOOK" = "0" ]; then exit 0; fi\n${note('lefthook')}\n`),
      'lefthook\n',
    ],
    [
      "husky's",
      () => {
        const folder = path.join(repo, '.husky', '_');
        hook('h', `#!/bin/sh\nsh -e "$(dirname "$(dirname "$0")")/$(basename "$0")" "$@"\n`, 0o755, folder);
        hook('post-commit', `#!/usr/bin/env sh\n. "$(dirname "$0")/h"`, 0o755, folder);
        hook('post-commit', `${note('husky')}\n`, 0o644, path.join(repo, '.husky'));
        git('config', 'core.hooksPath', '.husky/_');
      },
      'husky\n',
    ],
    [
      'in a folder below the home folder',
      () => {
        hook('post-commit', `#!/bin/sh\n${note('tilde')}`, 0o755, path.join(home, 'my hooks'));
        git('config', 'core.hooksPath', '~/my hooks');
      },
      'tilde\n',
    ],
    [
      'in an absolute folder',
      () => {
        hook('post-commit', `#!/bin/sh\n${note('absolute')}`, 0o755, path.join(home, 'abs'));
        git('config', 'core.hooksPath', path.join(home, 'abs'));
      },
      'absolute\n',
    ],
  ];

  test.each(kinds)('%s: runs as before, and comes back byte for byte', (_name, make, told) => {
    commit('base');
    make();
    cpSync(home, `${home}.before`, { recursive: true, verbatimSymlinks: true });
    const folder = path.resolve(repo, git('rev-parse', '--git-path', 'hooks'));
    const before = stateOf(folder);
    install();
    expect(commit('one').status).toBe(0);
    expect(ran()).toBe(told);
    expect(calls().map((call) => call['kind'])).toEqual(['commit']);
    // Once more changes nothing.
    const installed = stateOf(folder);
    install();
    expect(stateOf(folder)).toEqual(installed);
    remove();
    expect(stateOf(folder)).toEqual(before);
    rmSync(`${home}.before`, { recursive: true });
  });

  test('one that is switched off stays so', () => {
    hook('post-commit', `#!/bin/sh\n${note('never')}`, 0o644);
    const before = stateOf(hooks());
    install();
    commit('one');
    expect(existsSync(path.join(home, 'ran'))).toBe(false);
    expect(calls()).toHaveLength(1);
    remove();
    expect(stateOf(hooks())).toEqual(before);
  });

  test.each([
    ['a shell script', '#!/bin/sh\n'],
    ['another language', '#!/usr/bin/env -S sh\r\n'],
    ['kept beside', '#!/usr/bin/perl\n'],
  ])('%s is given its input and arguments, and its exit code counts', (_name, first) => {
    const code = first.includes('perl')
      ? 'open(F, ">", "$ENV{HOME}/ran"); print F "@ARGV ", <STDIN>; close F; exit 7;'
      : 'printf "%s %s\\n" "$*" "$(cat)" > "$HOME/ran"; exit 7';
    hook('post-rewrite', `${first.replace('\r', '')}${code}\n`);
    hook('commit-msg', '#!/usr/bin/perl\nexit 3;\n');
    install({ trailer: true });
    expect(commit('refused', { more: { CLEW_SESSION_ID: 's-1' } }).status).toBe(1);
    rmSync(path.join(hooks(), 'commit-msg'));
    commit('one');
    const one = git('rev-parse', 'HEAD');
    git('commit', '-q', '--allow-empty', '--amend', '-m', 'two');
    expect(ran()).toBe(`amend ${one} ${git('rev-parse', 'HEAD')}\n`);
    const direct = run(path.join(hooks(), 'post-rewrite'), ['rebase']);
    expect(direct.status).toBe(7);
  });

  test('one that is kept beside is not lost when another tool takes its place', () => {
    hook('post-commit', '#!/usr/bin/perl\nexit 0;\n');
    install();
    hook('post-commit', '#!/usr/bin/env python3\n');
    const before = stateOf(hooks());
    expect(() => install()).toThrow('where another hook is kept already');
    expect(stateOf(hooks())).toEqual(before);
  });

  test('what another has added to a hook of ours since stays', () => {
    install();
    const file = path.join(hooks(), 'post-commit');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# of another\n`);
    remove();
    expect(readdirSync(hooks()).filter((name) => !name.endsWith('.sample'))).toEqual(['post-commit']);
    expect(readFileSync(file, 'utf8')).toBe('#!/bin/sh\n# of another\n');
  });
});

describe('whatever happens, the commit stands and nothing is printed', () => {
  const quiet = { status: 0, out: '' };
  test.each([
    ['clew is gone', () => rmSync(path.join(home, 'clew'), { recursive: true })],
    ['the spool is gone', () => rmSync(spool(), { recursive: true })],
    ['the spool is a file', () => (rmSync(spool(), { recursive: true }), writeFileSync(spool(), ''))],
    [
      'the reflog is off',
      () => (
        git('config', 'core.logAllRefUpdates', 'false'),
        rmSync(path.join(repo, '.git', 'logs'), { recursive: true, force: true })
      ),
    ],
  ])('%s', (_name, harm) => {
    commit('base');
    install();
    harm();
    expect(commit('one')).toEqual(quiet);
    expect(git('log', '-1', '--format=%s')).toBe('one');
  });

  test('no file may be written', () => {
    commit('base');
    install();
    const script = path.join(home, 'clew', 'hooks', 'git-commit.sh');
    const done = run('sh', ['-c', `ulimit -f 0; sh '${script}' post-commit`]);
    expect(done).toEqual(quiet);
    expect(readdirSync(spool())).toEqual([]);
    for (const folder of [home, path.join(home, 'clew'), path.dirname(script)]) chmodSync(folder, 0o755);
    chmodSync(spool(), 0o555);
    const { status, output } = spawnSync('sh', [script, 'post-commit'], { cwd: home, uid: 65534 });
    expect([status, ...output.map(String)]).toEqual([0, 'null', '', '']);
    expect(readdirSync(spool())).toEqual([]);
  });

  test('the disk of the spool is really full', (context) => {
    const disk = onSmallDisk(64 << 10);
    context.skip(!disk, 'mounting is not allowed');
    if (!disk) return;
    install();
    rmSync(spool(), { recursive: true });
    symlinkSync(disk.folder, spool());
    run('sh', ['-c', `dd if=/dev/zero of='${disk.folder}/filling' 2> /dev/null`]);
    expect(commit('one')).toEqual(quiet);
    expect(readdirSync(spool())).toEqual(['filling']);
  });

  test('without a reflog the commit is told all the same', () => {
    git('config', 'core.logAllRefUpdates', 'false');
    install();
    commit('one');
    expect(calls()).toMatchObject([{ head: git('rev-parse', 'HEAD'), branch: 'main', told: '' }]);
  });

  test('in other shells', () => {
    commit('base');
    install();
    const script = path.join(home, 'clew', 'hooks', 'git-commit.sh');
    for (const shell of [['dash'], ['bash', '--posix'], ['busybox', 'sh']]) {
      const [command = '', ...args] = shell;
      if (run('sh', ['-c', `command -v ${command}`]).status !== 0) continue;
      for (const call of readdirSync(spool())) rmSync(path.join(spool(), call));
      expect(run(command, [...args, script, 'post-commit'])).toEqual(quiet);
      expect(calls()).toMatchObject([{ head: git('rev-parse', 'HEAD'), root: repo, branch: 'main' }]);
    }
  });
});

describe('the trailer', () => {
  const message = (): string => run('git', ['log', '-1', '--format=%B']).out.trim();
  const inSession = { more: { CLEW_SESSION_ID: 'b1946ac9-2d4e-4b1a-9f0e-0a1b2c3d4e5f' } };
  const line = `Clew-Session: ${inSession.more.CLEW_SESSION_ID}`;
  beforeEach(() => install({ trailer: true }));

  test('stands below the message, beside other trailers, once', () => {
    commit('one', inSession);
    expect(message()).toBe(`one\n\n${line}`);
    run('git', ['commit', '-q', '--amend', '--no-edit', '--allow-empty'], inSession);
    expect(message()).toBe(`one\n\n${line}`);
    commit('two\n\nbody\n\nSigned-off-by: A <a@example.org>', inSession);
    expect(message()).toBe(`two\n\nbody\n\nSigned-off-by: A <a@example.org>\n${line}`);
  });

  test('is not there without a session, or where the message is empty', () => {
    commit('one');
    expect(message()).toBe('one');
    const editor = { more: { ...inSession.more, GIT_EDITOR: 'true' } };
    expect(run('git', ['commit', '--allow-empty'], editor).status).toBe(1);
    run('git', ['config', 'commit.verbose', 'true']);
    writeFileSync(path.join(repo, 'a'), 'x\n');
    git('add', 'a');
    expect(run('git', ['commit'], editor).status).toBe(1);
  });

  test('stands above what `commit.verbose` shows', () => {
    git('config', 'commit.verbose', 'true');
    writeFileSync(path.join(repo, 'a'), 'x\n');
    git('add', 'a');
    const editor = { more: { ...inSession.more, GIT_EDITOR: `sed -i '1s/^/written/'` } };
    expect(run('git', ['commit', '-q'], editor).status).toBe(0);
    expect(message()).toBe(`written\n\n${line}`);
  });
});

describe('doctor', () => {
  test('says which hooks work, and which no longer do', () => {
    expect(gitHookChecks(context.clewHome)).toEqual([]);
    install();
    const checks = () => gitHookChecks(context.clewHome).map(({ ok, message }) => [ok, message]);
    expect(checks()).toEqual([['ok', `in ${hooks()}; a trial call was kept`]]);
    rmSync(path.join(hooks(), 'post-merge'));
    expect(checks()).toEqual([['warn', `post-merge in ${hooks()} no longer tell clew of commits`]]);
    install();
    chmodSync(path.join(hooks(), 'post-commit'), 0o644);
    expect(checks()[0]?.[1]).toContain('not executable');
    chmodSync(path.join(hooks(), 'post-commit'), 0o755);
    writeFileSync(path.join(home, 'clew', 'hooks', 'git-commit.sh'), 'exit 0\n');
    expect(checks()[0]?.[1]).toContain('does not keep');
    remove();
    expect(knownHooks(context.clewHome)).toEqual([]);
  });

  test('a dry run changes nothing', () => {
    const before = stateOf(repo);
    const { steps } = install({ dryRun: true, trailer: true });
    expect(steps.map((step) => step.hook)).toEqual([
      'post-commit',
      'post-merge',
      'post-rewrite',
      'commit-msg',
    ]);
    expect(stateOf(repo)).toEqual(before);
    expect(existsSync(context.clewHome)).toBe(false);
  });

  test('outside of repositories there is nothing to hook', () => {
    expect(() => installGitHooks(context, { folder: home })).toThrow('is in no git repository');
  });

  test('what is committed, or serves other repositories too, is said', () => {
    hook('post-commit', '#!/bin/sh\n', 0o755, path.join(repo, '.githooks'));
    git('add', '.githooks');
    git('config', 'core.hooksPath', '.githooks');
    expect(install().warnings.join()).toContain('is committed in this repository');
    git('config', 'core.hooksPath', '~/shared');
    expect(install().warnings.join()).toContain('serves every repository');
  });
});
