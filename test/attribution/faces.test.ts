// What is shown of who wrote which line, and handed to others, in a repository in which an agent and its user work.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { beforeEach, describe, expect, test } from 'vitest';
import { session, testProject } from '../support/project.ts';
import type { TestProject } from '../support/project.ts';

let project: TestProject;
const git = (...args: string[]): string =>
  spawnSync('git', args, { cwd: project.root, encoding: 'utf8' }).stdout.trim();
const put = (...lines: readonly string[]): void =>
  writeFileSync(path.join(project.root, 'a.ts'), lines.map((line) => `${line}\n`).join(''));
function operation(id: string, work: () => void): void {
  const call = { tool_name: 'Bash', tool_input: { command: id }, tool_use_id: id };
  project.hook('PreToolUse', call);
  work();
  project.hook('PostToolUse', call);
}

const [first, middle, last, mine, open] = [
  'const first = 1;',
  'const middle = 15;',
  'const last = 2;',
  'const mine = "of the user";',
  'const open = true;',
];

beforeEach(async () => {
  project = testProject();
  put(first, last);
  project.sh('git add . && git commit -qm base');
  await project.clew.takeCheckpoint();
  project.hook('UserPromptSubmit', { prompt: 'put one in the middle' });
  operation('op1', () => put(first, middle, last));
  put(first, middle, last, mine);
  project.hook('UserPromptSubmit', { prompt: 'and now?' });
  project.sh('git commit -qam two');
  operation('op2', () => put(first, middle, last, mine, open));
  await project.clew.import();
});

describe('blame', () => {
  test('names the operation, the user, and nobody for what was there before', () => {
    const lines = project.clew.blame('a.ts').map(({ text, by, certain, authors, commit }) => {
      const [author] = authors;
      return [
        text,
        by,
        certain,
        author?.operation ?? null,
        commit === null ? null : git('log', '-1', '--format=%s', commit),
      ];
    });
    expect(lines).toEqual([
      [first, 'unknown', false, null, 'base'],
      [middle, 'agent', true, 'op1', 'two'],
      [last, 'unknown', false, null, 'base'],
      [mine, 'human', true, null, 'two'],
      [open, 'agent', true, 'op2', null],
    ]);
  });

  test('knows the session, and takes lines and commits as git does', () => {
    const [line] = project.clew.blame('a.ts', { rev: 'HEAD', lines: [2, 2] });
    expect(line).toMatchObject({ line: 2, text: middle, authors: [{ agent: 'claude-code', session }] });
  });

  test('says what is wrong', () => {
    expect(() => project.clew.blame('/a.ts')).toThrow(/no git repository/);
    expect(() => project.clew.blame('no.ts')).toThrow(/no such path/);
    expect(() => project.clew.blame('.')).toThrow(/is a folder/);
  });

  test('outlives the commit that it was found by', async () => {
    project.clew.blame('a.ts');
    project.sh('git commit -q --amend -m "two, said better" a.ts');
    const [, line] = project.clew.blame('a.ts');
    expect(line).toMatchObject({ by: 'agent', certain: true, authors: [{ operation: 'op1' }] });
  });
});

test('attribution counts lines, by agent and by file, and what is left of them', async () => {
  expect(project.clew.attribution('HEAD~1..HEAD')).toMatchObject({
    commits: 1,
    lines: 2,
    ai: 1,
    human: 1,
    agents: [{ agent: 'claude-code', lines: 1 }],
    files: [{ path: 'a.ts', lines: 2 }],
    retained: null,
  });
  put(first, last, mine);
  project.hook('UserPromptSubmit', { prompt: 'gone' });
  project.sh('git commit -qam three');
  await project.clew.import();
  const later = { ...project.context, now: () => Date.now() + 2 * 24 * 3_600_000 };
  expect(project.clew.attribution('HEAD~2..HEAD', { retainedDays: 1 }).retained).toMatchObject({
    ai: { added: 0, kept: 0 },
  });
  const { openClew } = await import('../../src/index.ts');
  const clew = openClew({ context: later });
  const { retained } = clew.attribution('HEAD~2..HEAD', { retainedDays: 1 });
  clew.close();
  expect(retained).toMatchObject({ ai: { added: 1, kept: 0 }, human: { added: 1, kept: 1 } });
});

test('a line of the agent’s that its user rewords is of both, and one that it replaces by another is not', async () => {
  const reworded = 'const middle = 15 + offset;';
  const other = 'export { first };';
  put(first, reworded, last, mine, open);
  project.hook('UserPromptSubmit', { prompt: 'what did I change?' });
  put(first, reworded, last, mine, other);
  project.hook('UserPromptSubmit', { prompt: 'and now?' });
  const own = 'const mine = "of the user, and longer";';
  operation('op3', () => put(first, reworded, last, own, other));
  project.sh('git commit -qam three');
  await project.clew.import();
  const agent = { by: 'agent', operation: 'op1' };
  const rows = project.clew.blame('a.ts');
  expect(rows.map(({ text, by, reworded: before }) => [text, by, before?.operation ?? before?.by])).toEqual([
    [first, 'unknown', undefined],
    [reworded, 'human', 'op1'],
    [last, 'unknown', undefined],
    [own, 'agent', 'human'],
    [other, 'human', undefined],
  ]);
  expect(rows[1]?.reworded).toMatchObject(agent);
  expect(project.clew.attribution('HEAD~1..HEAD')).toMatchObject({ lines: 3, mixed: 2, human: 1, ai: 0 });
  expect(project.clew.agentTrace('HEAD~1..HEAD')[0]?.files[0]?.conversations).toMatchObject([
    {
      url: `clew:session/${session}`,
      contributor: { type: 'mixed' },
      ranges: [{ start_line: 2 }, { start_line: 4 }],
    },
    { contributor: { type: 'human' }, ranges: [{ start_line: 5 }] },
  ]);
});

describe('Agent Trace', () => {
  const schema = JSON.parse(
    readFileSync(path.join(import.meta.dirname, 'agent-trace', 'trace-record.schema.json'), 'utf8'),
  ) as { properties: object; $defs: Record<string, { properties: object }> };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(schema);

  test('records are valid by the schema of the specification, and by its stricter readers', () => {
    const records = project.clew.agentTrace('HEAD');
    expect(records).toHaveLength(2);
    for (const record of records) {
      validate(record);
      expect(validate.errors ?? []).toEqual([]);
      expect(record.timestamp).toMatch(/Z$/);
      expect(record.tool).toEqual({ name: 'clew', version: expect.stringMatching(/^\d/) as string });
      for (const { conversations, ...file } of record.files) {
        expect(Object.keys(file)).toEqual(['path']);
        for (const { ranges, contributor, url, ...rest } of conversations) {
          expect(rest).toEqual({});
          expect(url ?? 'clew:session/x').toMatch(/^clew:/);
          expect(Object.keys(contributor).every((key) => ['type', 'model_id'].includes(key))).toBe(true);
          for (const { start_line: start, end_line: end } of ranges)
            expect(end).toBeGreaterThanOrEqual(start);
        }
      }
    }
  });

  test('a record says which lines are whose, as numbered in its commit', () => {
    const record = project.clew.agentTrace('HEAD').at(-1);
    expect(record?.vcs).toEqual({ type: 'git', revision: git('rev-parse', 'HEAD') });
    expect(record?.files[0]?.conversations).toMatchObject([
      {
        url: `clew:session/${session}`,
        contributor: { type: 'ai' },
        ranges: [{ start_line: 2, end_line: 2 }],
      },
      { contributor: { type: 'human' }, ranges: [{ start_line: 4, end_line: 4 }] },
    ]);
  });
});

describe('git notes', () => {
  test('are written under clew’s own ref, in git-ai’s format', () => {
    expect(project.clew.writeNotes('HEAD')).toEqual({ ref: 'refs/notes/clew', notes: 1 });
    expect(git('for-each-ref', '--format=%(refname)', 'refs/notes')).toBe('refs/notes/clew');
    const [told = '', json = ''] = git('notes', '--ref=clew', 'show', 'HEAD').split('\n---\n');
    expect(told.replaceAll(/_[0-9a-f]{14}/g, '_')).toBe('a.ts\n  s_::t_ 2\n  h_ 4');
    expect(JSON.parse(json)).toMatchObject({
      schema_version: 'authorship/3.0.0',
      base_commit_sha: git('rev-parse', 'HEAD'),
      prompts: {},
      humans: expect.any(Object) as object,
    });
  });

  test('need no name that git knows the user by', () => {
    project.sh("git config user.name ''");
    expect(project.clew.writeNotes('HEAD').notes).toBe(1);
    expect(git('log', '-1', '--format=%cn', 'refs/notes/clew')).toBe('clew');
  });

  test('can be written again, and never under git’s own ref', () => {
    project.clew.writeNotes('HEAD');
    expect(project.clew.writeNotes('HEAD').notes).toBe(1);
    expect(git('notes', '--ref=clew', 'list').split('\n')).toHaveLength(1);
    expect(() => project.clew.writeNotes('HEAD', 'refs/notes/commits')).toThrow(/writes no notes/);
  });

  test('of git-ai are read for commits of which clew knows nothing', () => {
    const note = [
      'a.ts',
      '  s_825aeb5c5b1c15::t_00112233445566 1-2',
      '---',
      JSON.stringify({
        schema_version: 'authorship/3.0.0',
        base_commit_sha: '',
        prompts: {},
        sessions: {
          s_825aeb5c5b1c15: { agent_id: { tool: 'claude', id: 'theirs', model: 'claude-sonnet-4-5' } },
        },
      }),
    ].join('\n');
    spawnSync('git', ['notes', '--ref=ai', 'add', '-F', '-', 'HEAD~1'], { cwd: project.root, input: note });
    const { agents } = project.clew.attribution('HEAD');
    expect(agents).toContainEqual({ agent: 'claude-code', model: 'claude-sonnet-4-5', lines: 2 });
  });
});
