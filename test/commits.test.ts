// Commits in real repositories, seen by hooks, by the reflog alone and by what agents' shells tell, and linked to the sessions
// that were at work there.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openClew } from '../src/index.ts';
import type { Clew, CommitRow, Context } from '../src/index.ts';
import { createRecorder } from '../src/journal/index.ts';
import { tempFolder } from './support/home.ts';

let home: string;
let root: string;
let clock: number | undefined;
let clew: Clew;
beforeEach(() => {
  home = tempFolder();
  root = path.join(home, 'work', 'project');
  mkdirSync(root, { recursive: true });
  clock = undefined;
  sh(root, 'git init -q -b main && echo 0 > a.txt && git add -A && git commit -qm "before clew"');
  clew = open();
});

function open(): Clew {
  const context: Context = {
    env: {},
    home,
    clewHome: path.join(home, 'clew'),
    cwd: root,
    machine: 'm',
    now: () => clock ?? Date.now(),
  };
  return openClew({ context });
}

function sh(cwd: string, command: string, more: object = {}): string {
  const name = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.org' };
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_COMMITTER_NAME: 'Ann',
    GIT_COMMITTER_EMAIL: 'ann@example.org',
    ...name,
    ...more,
  };
  const done = spawnSync('sh', ['-ec', command], { cwd, env, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command}: ${done.stderr}`);
  return done.stdout.trim();
}
const head = (cwd = root): string => sh(cwd, 'git rev-parse HEAD');

/** A session of Claude Code's that seems to be at work in a folder. */
function agent(id: string, cwd = root, started = Date.now()) {
  const file = path.join(home, '.claude', 'projects', 'p', `${id}.jsonl`);
  mkdirSync(path.dirname(file), { recursive: true });
  let n = 0;
  const tell = (record: object, at = Date.now()): void => {
    n++;
    const told = {
      sessionId: id,
      cwd,
      version: '2.1.329',
      uuid: `${id}-${n}`,
      timestamp: new Date(at).toISOString(),
    };
    appendFileSync(file, `${JSON.stringify({ ...told, ...record })}\n`);
  };
  const call = (op: string, name: string, input: object, at?: number): void =>
    tell(
      {
        type: 'assistant',
        message: {
          id: `m-${op}`,
          role: 'assistant',
          model: 'claude-opus-5',
          stop_reason: 'tool_use',
          usage: { input_tokens: 100, output_tokens: 100 },
          content: [{ type: 'tool_use', id: op, name, input }],
        },
      },
      at,
    );
  const result = (op: string, content: string, toolUseResult: object, at?: number): void =>
    tell(
      {
        type: 'user',
        message: { role: 'user', content: [{ type: 'tool_result', tool_use_id: op, content }] },
        toolUseResult,
      },
      at,
    );
  tell({ type: 'user', message: { role: 'user', content: `work of ${id}` } }, started);
  return {
    /** Writes a file by an edit tool. */
    write(op: string, name: string, lines: number, at?: number): void {
      const content = Array.from({ length: lines }, (_, i) => `${op} ${i}\n`).join('');
      const filePath = path.join(cwd, name);
      call(op, 'Write', { file_path: filePath, content }, at);
      writeFileSync(filePath, content);
      result(op, 'written', { type: 'create', filePath, content, structuredPatch: [] }, at);
    },
    /** A shell command, run where the agent is. */
    run(op: string, command: string, where = cwd): void {
      call(op, 'Bash', { command });
      const stdout = sh(where, command);
      result(op, stdout, { stdout, stderr: '', interrupted: false });
    },
    say: (at?: number) => tell({ type: 'user', message: { role: 'user', content: 'go on' } }, at),
  };
}
const one = '11111111-0000-4000-8000-000000000001';
const two = '22222222-0000-4000-8000-000000000002';

const commit = (message: string, how = '', more: object = {}): string => {
  sh(root, `git add -A && git commit -q --allow-empty ${how} -m '${message}'`, more);
  return head();
};
/** Commits by message, the earliest first, with their sessions; the primary one has a star. */
async function seen(options: object = {}): Promise<Record<string, string[]>> {
  await clew.import();
  const short = (row: CommitRow) =>
    row.sessions.map((each) => `${each.primary ? '*' : ''}${each.id.slice(0, 1)} ${each.by}`);
  return Object.fromEntries(
    clew
      .commits(options)
      .toReversed()
      .map((row) => [row.subject, short(row)]),
  );
}

describe('a commit is seen', () => {
  test('by the reflog alone, from when clew knows the project', async () => {
    agent(one).write('w1', 'b.txt', 3);
    const sha = commit('by a person');
    expect(await seen()).toEqual({ 'by a person': ['*1 reflog'] });
    expect(clew.commit(sha)).toMatchObject({
      sha,
      author: 'Ann',
      email: 'ann@example.org',
      branch: 'main',
      root,
      added: 3,
      removed: 0,
      changedFiles: [{ path: 'b.txt', added: 3, removed: 0 }],
      seen: 'reflog',
      sessions: [{ id: one, primary: true, lines: 3, operations: ['w1'] }],
    });
    expect(clew.find(sha.slice(0, 8))).toEqual({ kind: 'commit', id: sha });
    expect(clew.session(one).commits).toEqual([`${sha.slice(0, 7)} by a person`]);
  });

  test('by the hook, without any session', async () => {
    clew.initGit();
    const sha = commit('by hand');
    expect(await seen()).toEqual({ 'by hand': [] });
    expect(clew.commit(sha).seen).toBe('hook');
    expect(readdirSync(path.join(home, 'clew', 'spool')).filter((name) => name.startsWith('commit'))).toEqual(
      [],
    );
  });

  test("by the shell's word, which names the operation, where there is no reflog", async () => {
    sh(root, 'git config core.logAllRefUpdates false && rm -rf .git/logs');
    const session = agent(one);
    session.run('c1', 'echo x > x.txt; git add -A; git commit -m "by its shell"');
    expect(await seen()).toEqual({ 'by its shell': ['*1 shell'] });
    expect(clew.commit(head())).toMatchObject({ seen: 'shell', sessions: [{ operations: ['c1'] }] });
    // The session's own record has it, too: once is enough.
    expect(clew.session(one).commits).toHaveLength(1);
    expect(clew.timeline(one).entries.filter((entry) => entry.kind === 'commit')).toHaveLength(1);
  });

  test('once, however often it is looked at, and again from the streams alone', async () => {
    clew.initGit();
    agent(one).run('c1', 'echo x > x.txt; git add -A; git commit -m "all ways"');
    const before = [await seen(), await seen()];
    clew.close();
    rmSync(path.join(home, 'clew', 'index.db'));
    clew = open();
    expect([...before, await seen()]).toEqual(
      Array.from({ length: 3 }, () => ({ 'all ways': ['*1 shell'] })),
    );
    expect(commitRecords()).toEqual([`commit|${head()}`, `commit_link|${head()}|${one}`]);
  });

  test('in a worktree, on its branch, and after a checkout on the other', async () => {
    const tree = path.join(home, 'work', 'tree');
    const session = agent(one, tree);
    sh(root, `git worktree add -q -b side ${tree}`);
    session.write('w1', 'b.txt', 2);
    sh(
      tree,
      'git add -A && git commit -qm there && git checkout -qb next && git commit -qm after --allow-empty',
    );
    commit('here, where no session is');
    expect(await seen()).toEqual({
      there: ['*1 reflog'],
      after: ['*1 reflog'],
      'here, where no session is': [],
    });
    expect(clew.commits().map((row) => row.branch)).toEqual(['main', 'next', 'side']);
  });

  test('if it was made here: what was fetched and merged without a commit is not', async () => {
    const other = path.join(home, 'other');
    sh(home, `git clone -q ${root} ${other}`);
    sh(other, 'for n in 1 2 3; do git commit -q --allow-empty -m "theirs $n"; done');
    agent(one).say();
    sh(root, `git pull -q ${other} main`);
    commit('ours');
    sh(other, 'git commit -q --allow-empty -m more');
    sh(root, `git -c pull.rebase=false pull -q --no-edit ${other} main`);
    expect(Object.keys(await seen())).toEqual(['ours', expect.stringContaining('Merge branch')]);
    // A range has the others as well.
    expect(clew.commits({ of: 'HEAD' }).map((row) => row.seen)).toEqual(
      expect.arrayContaining([null, 'reflog']) as unknown,
    );
  });

  test('with many files: five hundred are named, the rest is counted', async () => {
    agent(one).say();
    sh(root, 'mkdir many; for n in $(seq 520); do echo $n > many/$n; done');
    const sha = commit('many');
    await clew.import();
    expect(clew.commit(sha)).toMatchObject({ files: 520, added: 520 });
    expect(clew.commit(sha).changedFiles).toHaveLength(500);
  });

  test('whatever its paths are', async () => {
    agent(one).say();
    writeFileSync(path.join(root, 'quo"te\nand line'), 'x\n');
    sh(root, 'git mv a.txt "b \t.txt"');
    const sha = commit('odd');
    await clew.import();
    expect(clew.commit(sha).changedFiles).toEqual([
      { path: 'b \t.txt', added: 0, removed: 0 },
      { path: 'quo"te\nand line', added: 1, removed: 0 },
    ]);
  });
});

/** The ids of what is recorded of commits and their links; whose their lines are is another's test. */
const commitRecords = (): string[] =>
  readFileSync(recordsFile(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id)
    .filter((id) => id.startsWith('commit'));
const recordsFile = (): string => {
  const folder = path.join(home, 'clew', 'spool', 'records');
  return path.join(folder, readdirSync(folder)[0] ?? '');
};

describe('it is linked', () => {
  test('to both of two sessions that wrote of it; the one that wrote most is primary', async () => {
    agent(one).write('w1', 'b.txt', 2);
    agent(two).write('w2', 'c.txt', 9);
    commit('of both');
    agent(one).write('w3', 'd.txt', 2);
    commit('of the first');
    expect(await seen()).toEqual({
      'of both': ['*2 reflog', '1 reflog'],
      'of the first': ['*1 reflog'],
    });
  });

  test('and the attribution of its lines decides which is primary, where there is one', async () => {
    agent(one).write('w1', 'b.txt', 2);
    agent(two).write('w2', 'c.txt', 9);
    const sha = commit('of both');
    expect(await seen()).toEqual({ 'of both': ['*2 reflog', '1 reflog'] });
    const by = (session: string) => ({
      by: 'agent',
      operation: null,
      session,
      run: null,
      agent: null,
      model: null,
    });
    const files = [
      {
        path: 'c.txt',
        lines: [
          [1, 5, 0],
          [6, 7, 1],
          [8, 9, []],
        ],
      },
    ];
    const data = { version: 1000, settled: true, authors: [by(one), by(two)], files };
    const recorder = createRecorder(clew.context, clew.config);
    recorder.record({ kind: 'attribution', id: 'a', subject: sha, root, data });
    expect(await seen()).toEqual({ 'of both': ['*1 reflog', '2 reflog'] });
    expect(clew.commit(sha).sessions.map((each) => each.lines)).toEqual([5, 2]);
  });

  test('to the session that the environment names, whoever else is there', async () => {
    clew.initGit();
    const kept = await clew.startSession({ project: root, agentType: 'human' });
    agent(two).say();
    const sha = commit('forced', '', { CLEW_SESSION_ID: kept.uuid });
    await clew.import();
    expect(clew.commit(sha).sessions).toMatchObject([{ id: kept.uuid, by: 'environment', primary: true }]);
  });

  test('to a session kept by hand, but not when it rests or is over, and then the variable does not force it', async () => {
    clew.initGit();
    const kept = await clew.startSession({ project: root, agentType: 'human' });
    const named = { CLEW_SESSION_ID: kept.uuid };
    commit('while it is active');
    await clew.pauseSession(kept.uuid);
    commit('while it rests');
    await clew.endSession(kept.uuid);
    const late = commit('when it is over', '', named);
    commit('with another', '', { CLEW_SESSION_ID: two });
    const found = await seen();
    expect(Object.values(found).map((list) => list.length)).toEqual([1, 0, 0, 0]);
    expect(clew.commit(late).notes).toEqual([
      `commit ${late.slice(0, 7)} was made with CLEW_SESSION_ID=${kept.uuid} and is not linked: it had ended by then`,
    ]);
  });

  test('to the one whose process ran git, where nobody wrote of it', async () => {
    clew.initGit();
    agent(one).say();
    agent(two).say();
    const sessions = path.join(home, '.claude', 'sessions');
    mkdirSync(sessions);
    writeFileSync(
      path.join(sessions, `${process.pid}.json`),
      JSON.stringify({ sessionId: two, pid: process.pid }),
    );
    commit('of the second');
    expect(await seen()).toEqual({ 'of the second': ['*2 hook'] });
  });

  test('commits of others keep no session alive', async () => {
    const minute = 60_000;
    const begin = Date.now() - 60 * minute;
    agent(one, root, begin).say(begin);
    const dated = (minutes: number): object => ({
      GIT_COMMITTER_DATE: new Date(begin + minutes * minute).toISOString(),
    });
    commit('five minutes after', '', dated(5));
    await clew.import();
    commit('twelve minutes after', '', dated(12));
    expect(await seen()).toMatchObject({ 'five minutes after': ['*1 reflog'], 'twelve minutes after': [] });
  });

  test('not to a session of another project, even if it is named', async () => {
    clew.initGit();
    const elsewhere = path.join(home, 'work', 'elsewhere');
    sh(home, `git init -q ${elsewhere}`);
    agent(one, elsewhere).say();
    const sha = commit('here', '', { CLEW_SESSION_ID: one });
    expect(await seen()).toEqual({ here: [] });
    expect(clew.commit(sha).notes.join()).toContain('it is of another project');
  });

  test('not to one of which nothing was heard for long, unless it wrote of it', async () => {
    const old = Date.now() - 3 * 3_600_000;
    agent(one, root, old).say(old);
    agent(two, root, old).write('w1', 'b.txt', 2, old);
    commit('of what was left');
    commit('of nobody');
    expect(await seen()).toMatchObject({ 'of what was left': ['*2 content'], 'of nobody': [] });
  });

  test('also when what the session did is taken in only later', async () => {
    clew.initGit();
    writeFileSync(path.join(root, 'b.txt'), 'x\n');
    commit('too early');
    expect(await seen()).toEqual({ 'too early': [] });
    agent(one, root, Date.now() - 60_000).write('w1', 'b.txt', 1, Date.now() - 50_000);
    expect(await seen()).toEqual({ 'too early': ['*1 hook'] });
  });
});

/** A session that is kept by hand while a command runs, and over when it is done; gives its id. */
async function during(command: string): Promise<string> {
  const { uuid } = await clew.startSession({ project: root, agentType: 'human' });
  sh(root, command);
  await clew.import();
  await clew.endSession(uuid);
  return uuid;
}
const linked = (sha: string): string[] => clew.commit(sha).sessions.map((each) => each.id);

describe('the link follows, though the session is over', () => {
  describe.each([
    ['by hooks', true],
    ['without hooks', false],
  ])('%s', (_name, hooked) => {
    beforeEach(() => {
      if (hooked) clew.initGit();
    });

    test('an amend', async () => {
      const session = await during('echo x > x.txt; git add -A; git commit -qm "first try"');
      const first = head();
      const again = commit('second try', '--amend');
      expect(Object.keys(await seen())).toEqual(['second try']);
      expect(linked(again)).toEqual([session]);
      expect(clew.commit(again).replaces).toEqual([first]);
      expect(clew.commit(first).replacedBy).toBe(again);
      expect(Object.keys(await seen({ replaced: true }))).toEqual(['first try', 'second try']);
    });

    test('a rebase', async () => {
      const session = await during(
        'git checkout -q -b topic; echo x > x.txt; git add -A; git commit -qm topic',
      );
      sh(root, 'git checkout -q main && echo y > y.txt && git add -A && git commit -q -m main');
      sh(root, 'git rebase -q main topic');
      await clew.import();
      expect(linked(head())).toEqual([session]);
      expect(clew.commit(head()).branch).toBe('topic');
      expect(
        clew
          .commits()
          .map((row) => row.subject)
          .toSorted(),
      ).toEqual(['main', 'topic']);
    });

    test('a squash: of all that went into it', async () => {
      const sessions = [
        await during('echo x > x.txt; git add -A; git commit -qm one'),
        await during('echo y > y.txt; git add -A; git commit -qm two'),
        await during('echo z > z.txt; git add -A; git commit -qm three'),
      ];
      const dropped = await during('echo no > no.txt; git add -A; git commit -qm dropped');
      sh(root, 'git rebase -q -i HEAD~4', {
        GIT_SEQUENCE_EDITOR: `sed -i '2s/pick/squash/; 3s/pick/fixup/; 4s/pick/drop/'`,
        GIT_EDITOR: 'true',
      });
      await clew.import();
      expect(linked(head()).toSorted()).toEqual(sessions.toSorted());
      expect(linked(head())).not.toContain(dropped);
    });

    test('a cherry-pick, which replaces nothing', async () => {
      const session = await during(
        'git checkout -q -b topic; echo x > x.txt; git add -A; git commit -qm picked',
      );
      const original = head();
      sh(root, 'git checkout -q main && git commit -q --allow-empty -m between && git cherry-pick topic');
      await clew.import();
      expect(clew.commit(head())).toMatchObject({ copyOf: [original], replaces: [] });
      expect(linked(head())).toEqual([session]);
      expect(clew.commits({ of: session }).map((row) => row.sha)).toEqual([head(), original]);
    });
  });
});

test('a look where nothing was committed reads no reflog, and a lost memory costs nothing but time', async () => {
  agent(one).say();
  commit('one');
  const before = await seen();
  const log = path.join(root, '.git', 'logs', 'HEAD');
  expect(existsSync(log)).toBe(true);
  // What is read again is known already.
  appendFileSync(log, '');
  sh(root, `cp .git/logs/HEAD .git/logs/copy && mv .git/logs/copy .git/logs/HEAD`);
  expect(await seen()).toEqual(before);
  expect(commitRecords()).toHaveLength(2);
});
