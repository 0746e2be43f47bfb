// From a line, a commit, an operation or an issue back to the prompt and the decision behind it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { decided, decidedSession, question, sha } from '../test/support/decided.ts';
import { testHome } from '../test/support/home.ts';
import type { TestHome } from '../test/support/home.ts';
import { session as captured, testProject } from '../test/support/project.ts';
import { createRecorder } from './journal/index.ts';
import { openClew } from './index.ts';
import type { Clew } from './index.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
let home: TestHome;
let clew: Clew;
let root: string;

beforeEach(async () => {
  const made = testHome({ now: () => start + 3_600_000 });
  root = path.join(made.context.cwd, 'project');
  mkdirSync(root);
  home = { ...made, context: { ...made.context, cwd: root } };
  clew = openClew({ context: home.context });
  decidedSession(home, root, start, true);
  await clew.import();
});

const idsOf = (all: readonly { readonly id: string }[]): string[] => all.map((one) => one.id);

test('an operation: its prompt, what was decided before, and the commit that it went into', () => {
  expect(clew.why('toolu_two')).toMatchObject({
    target: { kind: 'operation', id: 'toolu_two' },
    certainty: 'certain',
    sessions: [{ id: decided, agent: 'claude-code' }],
    prompts: [{ turn: 'p1', text: 'write a parser' }],
    decisions: [{ question, selected: 'hand-written' }],
    operations: [{ id: 'toolu_two', paths: [path.join(root, 'lex.ts')] }],
    commits: [{ sha: sha.slice(0, 7), session: decided }],
  });
});

test('a decision that came later is no reason', () => {
  expect(clew.why('toolu_ask').decisions).toEqual([]);
});

test('a commit that a transcript tells of: what its session had changed by then, which is likely', () => {
  const found = clew.why(sha);
  expect(found).toMatchObject({
    target: { kind: 'commit' },
    certainty: 'likely',
    sessions: [{ id: decided }],
  });
  expect(idsOf(found.operations)).toEqual(['toolu_one', 'toolu_two', 'toolu_git']);
  expect(found.prompts.map((one) => one.text)).toEqual(['write a parser', 'commit it']);
  expect(found.decisions.map((one) => one.question)).toEqual([question]);
});

test('a commit that is linked with operations: these, and no others', async () => {
  createRecorder(home.context, clew.config).recordAll([
    {
      kind: 'commit',
      id: `commit|${sha}`,
      at: start + 60_000,
      subject: sha,
      root,
      text: 'a parser\n\nwith words',
      data: { sha, files: [{ path: 'parse.ts', added: 1, removed: 0 }] },
    },
    {
      kind: 'commit_link',
      id: `commit_link|${sha}|${decided}`,
      at: start + 60_000,
      subject: sha,
      session: decided,
      root,
      data: { primary: true, lines: 1, operations: ['toolu_one'], by: 'hook' },
    },
  ]);
  await clew.import();
  const found = clew.why(sha.slice(0, 6));
  expect(found).toMatchObject({
    certainty: 'certain',
    commits: [{ sha, subject: 'a parser', primary: true }],
  });
  expect(idsOf(found.operations)).toEqual(['toolu_one']);
  expect(clew.why('toolu_one').commits).toMatchObject([{ sha, primary: true }]);
});

test('an issue: why it was worked on, what was decided for it, and its commits', async () => {
  const recorder = createRecorder(home.context, clew.config);
  const begun = {
    kind: 'work',
    at: start,
    subject: 'bd-1',
    session: decided,
    text: 'it loses comments',
  } as const;
  recorder.record(begun);
  await clew.import();
  await clew.recordDecision({ question: 'Now?', selected: 'yes', issue: 'bd-1' });
  expect(clew.why('bd-1')).toMatchObject({
    target: { kind: 'issue', id: 'bd-1' },
    certainty: 'certain',
    prompts: [{ text: 'write a parser' }],
    decisions: [{ question }, { question: 'Now?' }],
    commits: [{ sha: sha.slice(0, 7) }],
    work: [{ issue: 'bd-1', rationale: 'it loses comments' }],
  });
  expect(clew.why('toolu_two').work).toMatchObject([{ issue: 'bd-1' }]);
});

test('an issue that is only named: what names it, and what came of that', async () => {
  const project = testProject();
  project.sh('echo "const a = 1;" > a; git add -A; git commit -qm first');
  await project.clew.takeCheckpoint();
  project.hook('UserPromptSubmit', { prompt: 'go on' });
  project.bash('t1', 'echo "const b = 2;" >> a');
  project.sh('git commit -qam "fix: ab-8, the second line"');
  project.hook('UserPromptSubmit', { prompt: 'go on' });
  await project.clew.import();
  expect(project.clew.why('ab-8')).toMatchObject({
    target: { kind: 'issue', id: 'ab-8' },
    certainty: 'likely',
    how: expect.stringMatching(/^no work on the issue is recorded; .* by commits$/) as string,
    sessions: [{ id: captured }],
    operations: [{ id: 't1' }],
    commits: [{ subject: 'fix: ab-8, the second line' }],
    work: [],
  });
  expect(() => project.clew.why('ab-9')).toThrow('nothing is recorded of "ab-9"');
});

test('a line: the operation that wrote it, or that changed its file last; and nobody, where nobody did', () => {
  const file = path.join(root, 'parse.ts');
  writeFileSync(file, 'export const parse = () => 1;\nexport const mine = 2;\n');
  writeFileSync(path.join(root, 'other.ts'), 'x\n');
  expect(clew.why('parse.ts:1')).toMatchObject({
    target: { kind: 'line', path: file, line: 1, text: 'export const parse = () => 1;' },
    prompts: [{ text: 'write a parser' }],
    operations: [{ id: 'toolu_one' }],
  });
  expect(clew.why('other.ts:1')).toMatchObject({ certainty: 'unknown', operations: [], prompts: [] });
  expect(() => clew.why('parse.ts:9')).toThrow('parse.ts has 2 lines, and no line 9');
});

test('a line that is in a commit is whose attribution says that it is', { timeout: 60_000 }, async () => {
  const project = testProject();
  project.sh('echo "const mine = 1;" > a; git add -A; git commit -qm first');
  await project.clew.takeCheckpoint();
  project.hook('UserPromptSubmit', { prompt: 'add a line' });
  const command = 'echo "const theirs = 2;" >> a';
  project.bash('t1', command);
  project.sh('git commit -qam second');
  project.hook('UserPromptSubmit', { prompt: 'go on' });
  await project.clew.import();
  expect(project.clew.why('a:2')).toMatchObject({
    certainty: 'certain',
    operations: [{ id: 't1', target: command }],
    sessions: [{ id: captured }],
  });
  expect(project.clew.why('HEAD')).toMatchObject({
    target: { kind: 'commit' },
    operations: [{ id: 't1' }],
    commits: [{ subject: 'second', session: captured }],
  });
  expect(project.clew.why('a:1')).toMatchObject({ certainty: 'unknown', operations: [], commits: [{}] });
});

test('a commit that only git knows is told as git knows it, also where a line came with it', async () => {
  const project = testProject();
  project.sh('echo "const mine = 1;" > a; git add -A; git commit -qm "before clew"; git tag v1');
  const unknown = {
    certainty: 'unknown',
    commits: [{ at: expect.stringMatching(/^20/) as string, subject: 'before clew', session: null }],
  };
  expect(project.clew.why('a:1')).toMatchObject(unknown);
  for (const name of ['HEAD', 'v1', 'main~0'])
    expect(project.clew.why(name)).toMatchObject({ ...unknown, target: { kind: 'commit' } });
  expect(() => project.clew.why('a')).toThrow(expect.objectContaining({ hint: 'name a line of it: a:1' }));
});

test('what nothing is recorded of is not found', () => {
  for (const what of ['bd-9', 'nothing.ts:1', 'abcdef0', '--all'])
    expect(() => clew.why(what)).toThrow(`nothing is recorded of "${what}"`);
});
