// An issue joined with what was done for it: real transcripts, real records, real trackers.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { spentHome } from '../../test/support/spent.ts';
import { testHome } from '../../test/support/home.ts';
import type { TestHome } from '../../test/support/home.ts';
import { openClew } from '../index.ts';
import type { Clew, IssueDetail } from '../index.ts';
import { createRecorder } from '../journal/index.ts';
import type { NewRecord } from '../journal/index.ts';
import { loadConfig } from '../model/index.ts';
import { makeBeads, session as closer } from '../../test/support/beads.ts';

const now = Date.parse('2026-02-10T12:00:00Z');
const at = (clock: string): string => `2026-02-09T${clock}:00.000Z`;
const one = '0e64b7d3-1111-4111-8111-111111111111';
const two = '1f75c8e4-2222-4222-8222-222222222222';

interface Project {
  readonly home: TestHome;
  readonly root: string;
  /** A turn: a prompt, an answer that costs so many tokens two minutes later, and a write to a file. */
  readonly turn: (session: string, clock: string, prompt: string, tokens: number, file?: string) => void;
  readonly record: (...records: readonly NewRecord[]) => void;
  readonly open: () => Clew;
  readonly issue: (id: string) => Promise<IssueDetail>;
}

function project(): Project {
  const home = testHome({ now: () => now });
  const root = path.join(home.context.cwd, 'project');
  mkdirSync(path.join(root, '.git'), { recursive: true });
  mkdirSync(home.context.clewHome, { recursive: true });
  const price = { input: 1, output: 1 };
  writeFileSync(
    path.join(home.context.clewHome, 'config.json'),
    JSON.stringify({ prices: { overrides: { m: price } } }),
  );
  const context = { ...home.context, cwd: root };
  const opened: Clew[] = [];
  const open = (): Clew => (opened[0] ??= openClew({ context }));
  const lines = new Map<string, object[]>();
  let n = 0;
  let branch = 'main';
  return {
    home,
    root,
    turn(session, clock, prompt, tokens, file) {
      const id = n++;
      const told = { sessionId: session, cwd: root, version: '2.1.329', gitBranch: branch };
      const later = new Date(Date.parse(at(clock)) + 120_000).toISOString();
      const all = lines.get(session) ?? [];
      lines.set(session, all);
      const [match] = /^\[on ([^\]]+)\] /.exec(prompt) ?? [];
      if (match) branch = match.slice(4, -2);
      const asked = { ...told, gitBranch: branch, timestamp: at(clock), uuid: `u${id}`, type: 'user' };
      const content = [
        { type: 'text', text: 'Done.' },
        ...(file === undefined
          ? []
          : [
              {
                type: 'tool_use',
                id: `t${id}`,
                name: 'Write',
                input: { file_path: path.join(root, file), content: 'a\nb\n' },
              },
            ]),
      ];
      const usage = { input_tokens: tokens, output_tokens: 0 };
      const message = {
        id: `m${id}`,
        role: 'assistant',
        model: 'm',
        stop_reason: 'end_turn',
        usage,
        content,
      };
      all.push(
        { ...asked, message: { role: 'user', content: prompt.replace(match ?? '', '') } },
        { ...asked, type: 'assistant', uuid: `a${id}`, parentUuid: `u${id}`, timestamp: later, message },
      );
      if (file !== undefined)
        all.push({
          ...asked,
          uuid: `r${id}`,
          parentUuid: `a${id}`,
          timestamp: later,
          message: {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: `t${id}`,
                content: 'ok',
              },
            ],
          },
          toolUseResult: {
            type: 'create',
            filePath: path.join(root, file),
            content: 'a\nb\n',
            structuredPatch: [],
          },
        });
      home.write(`project/${session}.jsonl`, all);
    },
    record(...records) {
      createRecorder(context, loadConfig(context.clewHome)).recordAll(records);
    },
    open,
    async issue(id) {
      await open().import();
      return open().issue(id);
    },
  };
}

const shares = (detail: IssueDetail) =>
  Object.fromEntries(detail.sessions.map((it) => [it.id, [it.share, it.use.cost.computed]]));
const kinds = (detail: IssueDetail) => detail.sessions.flatMap((it) => it.evidence.map((e) => e.kind));

describe('a session that has one issue', () => {
  test('belongs to it, all of it', async () => {
    const { turn, issue, root, open } = project();
    writeFileSync(path.join(root, 'ISSUES.md'), '- [ ] ABC-1 The clock\n');
    turn(one, '10:00', 'Please do ABC-1', 100, 'clock.ts');
    turn(one, '10:10', 'And now the test', 50, 'clock.test.ts');
    const detail = await issue('ABC-1');
    expect(shares(detail)).toEqual({ [one]: ['all', 150] });
    expect(kinds(detail)).toEqual(['prompt']);
    expect(detail).toMatchObject({
      issue: { title: 'The clock', state: 'open' },
      tracker: 'ISSUES.md',
      project: root,
      agents: ['claude-code'],
      models: ['m'],
      operations: 2,
      startedAt: at('10:00'),
      endedAt: at('10:12'),
      elapsedMs: 12 * 60_000,
      activeMs: 4 * 60_000,
      undivided: { sessions: 0 },
    });
    expect(detail.files.map((file) => path.relative(root, file.path)).toSorted()).toEqual([
      'clock.test.ts',
      'clock.ts',
    ]);
    open().close();
  });

  test('and reports of use tell the same', async () => {
    const { turn, issue, root, open } = project();
    writeFileSync(path.join(root, 'ISSUES.md'), '- [ ] ABC-1 The clock\n- [ ] ABC-2 Zones\n');
    turn(one, '10:00', 'Please do ABC-1', 100);
    turn(one, '10:10', 'Now ABC-2', 50);
    turn(two, '11:00', 'ABC-1 again', 7);
    turn(two, '11:00', 'nothing of the sort', 1);
    await open().import();
    await open().issues();
    const rows = open().usage({ group: 'issue', all: true }).rows;
    expect(Object.fromEntries(rows.map((row) => [row.key, row.cost.computed]))).toEqual({
      'ABC-1': 108,
      'ABC-2': 50,
    });
    for (const row of rows) {
      const detail = await issue(row.key);
      expect(detail.use.cost.computed).toBe(row.cost.computed);
      const { sum } = open().explainUsage(row.key, { group: 'issue', all: true });
      expect(sum.computed).toBe(row.cost.computed);
    }
    open().close();
  });
});

describe('a session that has several', () => {
  test('is divided by the prompts that name them', async () => {
    const { turn, issue, record, root, open } = project();
    turn(one, '10:00', 'Please do ABC-1', 100, 'a.ts');
    turn(one, '10:10', 'Then ABC-2', 20, 'b.ts');
    turn(one, '10:20', 'And what is left', 3, 'c.ts');
    record({ kind: 'issue', subject: 'ABC-1', data: {} }, { kind: 'issue', subject: 'ABC-2', data: {} });
    const detail = await issue('ABC-1');
    expect(shares(detail)).toEqual({ [one]: ['part', 100] });
    expect(detail.files.map((file) => path.relative(root, file.path))).toEqual(['a.ts']);
    expect(detail).toMatchObject({ operations: 1, activeMs: 120_000 });
    expect(shares(await issue('ABC-2'))).toEqual({ [one]: ['part', 20] });
    open().close();
  });

  test('is divided by the times of work, which count more than prompts', async () => {
    const { turn, issue, record, open } = project();
    turn(one, '10:00', 'Go', 100);
    turn(one, '10:30', 'Is it like ABC-2?', 20);
    turn(one, '11:00', 'Go on', 3);
    record(
      { kind: 'work', id: 'w1', subject: 'ABC-1', session: one, at: Date.parse(at('10:00')), text: 'late' },
      { kind: 'work_done', parent: 'w1', at: Date.parse(at('10:50')), text: 'fixed' },
      { kind: 'work', id: 'w2', subject: 'ABC-2', session: one, at: Date.parse(at('10:55')) },
    );
    const detail = await issue('ABC-1');
    expect(shares(detail)).toEqual({ [one]: ['part', 120] });
    expect(detail.work).toMatchObject([{ id: 'w1', rationale: 'late', notes: 'fixed', completed: true }]);
    expect(shares(await issue('ABC-2'))).toEqual({ [one]: ['part', 3] });
    open().close();
  });

  test('is told as a whole where nothing divides it, and is in no total', async () => {
    const { turn, issue, record, open } = project();
    turn(one, '10:00', 'Go', 100, 'a.ts');
    const decided = (id: string, subject: string): NewRecord => {
      const data = { question: `how to do ${subject}?`, options: [], selected: 'so', alternatives: [] };
      return {
        kind: 'decision',
        id,
        subject,
        session: one,
        text: data.question,
        data,
        at: Date.parse(at('10:01')),
      };
    };
    record(decided('d1', 'ABC-1'), decided('d2', 'ABC-2'));
    const detail = await issue('ABC-1');
    expect(shares(detail)).toEqual({ [one]: ['undivided', 100] });
    expect(detail).toMatchObject({
      use: { messages: 0, cost: { computed: 0 } },
      undivided: { sessions: 1, cost: { computed: 100 } },
      operations: 0,
      activeMs: 0,
      files: [],
    });
    expect(detail.decisions.map((it) => it.question)).toEqual(['how to do ABC-1?']);
    const rows = open().usage({ group: 'issue', all: true }).rows;
    expect(rows.map((row) => [row.key, row.cost.computed])).toEqual([['no issue', 100]]);
    open().close();
  });
});

describe('active time', () => {
  test('is not what was said of a session later, nor a commit that came of it', async () => {
    const { turn, issue, record, open } = project();
    turn(one, '10:00', 'Please do ABC-1', 100);
    const later = { session: one, at: Date.parse(at('15:00')) };
    const sha = '5d0c9b1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6a7b';
    record(
      { kind: 'note', text: 'that was good', ...later, at: Date.parse(at('16:00')) },
      { kind: 'commit_link', id: `commit_link|${sha}|${one}`, subject: sha, text: 'The clock', ...later },
    );
    expect(await issue('ABC-1')).toMatchObject({ activeMs: 120_000, elapsedMs: 5 * 60 * 60_000 });
    open().close();
  });

  test('of a session that only people kept is that between its steps, but for its pauses', async () => {
    const { issue, record, open } = project();
    const step = (clock: string, kind: 'session' | 'interaction', subject: string): NewRecord => {
      return { kind, subject, session: two, at: Date.parse(at(clock)) };
    };
    record(
      { ...step('10:00', 'session', 'start'), data: {}, values: { goal: 'ABC-1', started: at('10:00') } },
      { kind: 'work', subject: 'ABC-1', session: two, at: Date.parse(at('10:00')) },
      step('10:05', 'interaction', 'file_write'),
      step('10:20', 'interaction', 'user_message'),
      step('10:21', 'session', 'pause'),
      step('11:00', 'session', 'resume'),
      step('11:10', 'session', 'end'),
    );
    expect(await issue('ABC-1')).toMatchObject({ activeMs: 16 * 60_000, elapsedMs: 70 * 60_000 });
    open().close();
  });
});

test('a branch tells the issue for as long as the session was on it', async () => {
  const { turn, issue, open } = project();
  turn(one, '10:00', 'Go', 100);
  turn(one, '10:30', '[on fix-bd-a3f2-clock] Go on', 20);
  const detail = await issue('bd-a3f2');
  expect(shares(detail)).toEqual({ [one]: ['part', 20] });
  expect(detail.sessions[0]?.evidence).toMatchObject([{ kind: 'branch', key: 'fix-bd-a3f2-clock' }]);
  open().close();
});

test('commits that name it are its own, with the session that made them', async () => {
  const { turn, issue, record, root, open } = project();
  turn(one, '10:00', 'Go', 100);
  const sha = '5d0c9b1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6a7b';
  const other = '1d0c9b1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6a7b';
  const commit = (id: string, text: string): NewRecord => {
    return {
      kind: 'commit',
      id: `commit|${id}`,
      subject: id,
      root,
      text,
      at: Date.parse(at('10:02')),
      data: {},
    };
  };
  record(commit(sha, 'Right at noon (ABC-1)\n\nIt was wrong.'), commit(other, 'By hand, for ABC-1'), {
    kind: 'commit_link',
    id: `commit_link|${sha}|${one}`,
    subject: sha,
    session: one,
    root,
    at: Date.parse(at('10:02')),
  });
  const detail = await issue('ABC-1');
  expect(shares(detail)).toEqual({ [one]: ['all', 100] });
  expect(kinds(detail)).toEqual(['commit']);
  expect(detail.commits).toEqual(
    expect.arrayContaining([
      { sha, at: at('10:02'), subject: 'Right at noon (ABC-1)', sessions: [one], named: true },
      { sha: other, at: at('10:02'), subject: 'By hand, for ABC-1', sessions: [], named: true },
    ]),
  );
  open().close();
});

test('beads tells which session closed an issue, also where clew has nothing else of it', async () => {
  const { issue, root, turn, open } = project();
  makeBeads(root, '0.50.3');
  expect(await issue('bd-a3f2.1')).toMatchObject({
    issue: { state: 'closed', closedBySession: closer },
    tracker: 'beads (SQLite)',
    sessions: [{ id: closer, agent: null, share: 'all', evidence: [{ kind: 'closed_by_session' }] }],
  });
  turn(closer, '10:00', 'Close it', 100);
  expect(shares(await issue('bd-a3f2.1'))).toEqual({ [closer]: ['all', 100] });
  rmSync(path.join(root, '.beads'), { recursive: true });
  const gone = { closeReason: 'Right since Friday', closedBySession: closer };
  expect((await issue('bd-a3f2.1')).issue).toMatchObject(gone);
  open().close();
});

describe('an issue outlives its tracker', () => {
  test('as it was last seen, and each state is recorded once', async () => {
    const { issue, root, open, home } = project();
    const { clewHome } = home.context;
    const recorded = (): string[] =>
      readFileSync(path.join(clewHome, 'spool', 'records', '2026-02-10.jsonl'), 'utf8').match(
        /"kind":"issue"/g,
      ) ?? [];
    const file = path.join(root, 'ISSUES.md');
    writeFileSync(file, '- [ ] #1 The clock\n- [ ] #2 Zones\n');
    await open().issues();
    await open().issues();
    writeFileSync(file, '- [x] #1 The clock\n- [ ] #2 Zones\n');
    await open().issues();
    await open().issue('#1');
    expect(recorded()).toHaveLength(3);
    rmSync(file);
    expect(await issue('#1')).toMatchObject({
      issue: { title: 'The clock', state: 'closed' },
      tracker: 'ISSUES.md',
      seenAt: new Date(now).toISOString(),
    });
    const { issues, trackers } = await open().issues();
    expect(trackers).toEqual([]);
    expect(issues.map((row) => [row.id, row.title, row.state])).toEqual([
      ['#2', 'Zones', 'open'],
      ['#1', 'The clock', 'closed'],
    ]);
    open().reindex();
    expect((await open().issues()).issues).toHaveLength(2);
    open().close();
  });
});

test('a title with a secret in it is recorded once, without the secret', async () => {
  const { root, home, open } = project();
  const key = ['ghp', 'q7Zx0LmT4vKpR9sWc2Yb8NfHd3JgA6uEi1Xo'].join('_');
  writeFileSync(path.join(root, 'ISSUES.md'), `- [ ] AB-1 Remove ${key}\n`);
  await open().issues();
  await open().issues();
  const kept = readFileSync(path.join(home.context.clewHome, 'spool', 'records', '2026-02-10.jsonl'), 'utf8');
  expect(kept).not.toContain(key);
  expect(kept.trim().split('\n')).toHaveLength(1);
  open().close();
});

test('a number alone is the issue of the project, and what another project has by it is another', async () => {
  const { turn, root, home, open } = project();
  writeFileSync(path.join(root, 'ISSUES.md'), '- [ ] #1 The clock\n');
  turn(one, '10:00', 'Do #1', 100);
  const told = {
    sessionId: two,
    cwd: path.join(home.context.cwd, 'elsewhere'),
    version: '2.1.329',
    type: 'user',
  };
  home.write(`elsewhere/${two}.jsonl`, [
    { ...told, uuid: 'x', timestamp: at('10:00'), message: { role: 'user', content: 'Do #1 here' } },
  ]);
  await open().import();
  expect(Object.keys(shares(await open().issue('#1')))).toEqual([one]);
  // `#` begins a comment in a shell.
  expect(await open().issue('1')).toMatchObject({ id: '#1', issue: { title: 'The clock' } });
  await expect(open().issue(' ')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  open().close();
});

test('sessions of a repository whose beads is elsewhere are of its issues', async () => {
  const { turn, root, home, open } = project();
  makeBeads(path.join(home.context.cwd, 'shared'), '0.50.3');
  mkdirSync(path.join(root, '.beads'));
  writeFileSync(path.join(root, '.beads', 'redirect'), '../shared/.beads\n');
  turn(one, '10:00', 'Do bd-a3f2', 100);
  await open().import();
  expect((await open().issues()).issues[0]).toMatchObject({
    id: 'bd-a3f2',
    use: { cost: { computed: 100 } },
  });
  expect(await open().syncBeads()).toMatchObject({ sessions: 1 });
  open().close();
});

test('issues are listed by urgency, with what was used for each', async () => {
  const { turn, root, record, open } = project();
  const file = path.join(root, 'ISSUES.md');
  writeFileSync(
    file,
    '## AB-1 One\nStatus: doing\n## AB-2 Two\nPriority: 2\n## AB-3 Three\nPriority: 0\n## [x] AB-4 Four\n',
  );
  turn(one, '10:00', 'Do AB-3', 100);
  record({ kind: 'work', subject: 'AB-9', root, at: Date.parse(at('10:00')) });
  await open().import();
  const { issues, trackers } = await open().issues({ states: ['open', 'in_progress', 'blocked'] });
  expect(issues.map((row) => [row.id, row.state, row.use?.cost.computed ?? null])).toEqual([
    ['AB-1', 'in_progress', null],
    ['AB-3', 'open', 100],
    ['AB-2', 'open', null],
    ['AB-9', null, null],
  ]);
  expect(trackers).toEqual([{ name: 'ISSUES.md', place: file, issues: 4 }]);
  open().close();
});

test('an issue that no tracker shows is named by the newest commit, or by a branch, or by what was recorded for it', async () => {
  const { turn, root, record, open, home } = project();
  const work = (subject: string, text = ''): NewRecord => ({ kind: 'work', subject, root, text });
  const commit = (sha: string, clock: string, text: string, of = root): NewRecord => {
    return {
      kind: 'commit',
      id: `commit|${sha}`,
      subject: sha,
      root: of,
      text,
      at: Date.parse(at(clock)),
      data: {},
    };
  };
  record(
    ...['AB-1', 'AB-2', 'AB-30', 'AB-4', '#5'].map((id) => work(id)),
    work('AB-3', 'it is wrong at noon'),
    commit('a1', '10:00', 'AB-1: a first try'),
    commit('a2', '11:00', 'Right at noon (AB-1)\n\nIt was not.'),
    commit('a3', '11:00', 'Another one, for #5', path.join(home.context.cwd, 'elsewhere')),
  );
  turn(one, '10:30', '[on fix/AB-2-zones] Go on', 20);
  await open().import();
  const { issues } = await open().issues();
  expect(issues.map((row) => [row.id, row.title, row.named])).toEqual([
    ['#5', null, null],
    ['AB-1', null, { by: 'commit', text: 'Right at noon (AB-1)' }],
    ['AB-2', null, { by: 'branch', text: 'fix/AB-2-zones' }],
    ['AB-3', null, { by: 'work', text: 'it is wrong at noon' }],
    ['AB-4', null, null],
    ['AB-30', null, null],
  ]);
  open().close();
});

test('a tracker that cannot be read is told, and what is known is shown', async () => {
  const { root, turn, issue, open } = project();
  writeFileSync(path.join(root, 'issues.json'), 'torn');
  turn(one, '10:00', 'Do ABC-1', 100);
  const detail = await issue('ABC-1');
  expect(detail.issue).toBeNull();
  expect(detail.warnings).toEqual([expect.stringContaining('issues.json')]);
  await expect(open().issue('ABC-2')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  open().close();
});

test('where no issue is known, reports are as they were', async () => {
  const used = { at: '2026-02-09T10:00:00Z', tokens: 5 };
  const clew = spentHome('2026-02-10T12:00:00Z', {}, used).open();
  await clew.import();
  expect(clew.usage({ group: 'issue', all: true }).rows.map((row) => row.key)).toEqual(['no issue']);
});
