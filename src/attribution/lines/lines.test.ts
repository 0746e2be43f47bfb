// Whose the lines of commits are, in a real repository in which an agent and its user work.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { session, testProject } from '../../../test/support/project.ts';
import type { TestProject } from '../../../test/support/project.ts';
import { connect } from '../../connection.ts';
import { attributionHere } from '../../attribution-here.ts';
import { loadConfig } from '../../model/index.ts';
import { loadPricing } from '../../prices/index.ts';

const out = (project: TestProject, ...args: string[]): string =>
  spawnSync('git', args, { cwd: project.root, encoding: 'utf8' }).stdout.trimEnd();

/** Each line that HEAD changed: who wrote it. */
async function told(project: TestProject, rev = 'HEAD'): Promise<string[]> {
  await project.clew.import();
  const { context } = project;
  const config = loadConfig(context.clewHome);
  const connection = connect(context, config, () => loadPricing(context.clewHome, config));
  const sha = out(project, 'rev-parse', rev);
  const data = attributionHere(context, config, connection).attributed(project.root, [sha]).get(sha);
  const name = (n: number): string => {
    const author = data?.authors[n];
    return author?.by === 'agent' ? (author.operation ?? '') : 'human';
  };
  const lines = (data?.files ?? []).flatMap((file) => {
    const content = out(project, 'show', `${rev}:${file.path}`).split('\n');
    return file.lines.flatMap(([first, last, who]) =>
      content
        .slice(first - 1, last)
        .map(
          (line) =>
            `${line} = ${typeof who === 'number' ? name(who) : `? ${who.map(name).join(' ')}`.trim()}`,
        ),
    );
  });
  connection.close();
  return lines;
}

const put = (project: TestProject, name: string, lines: readonly string[]): void =>
  writeFileSync(path.join(project.root, name), lines.map((line) => `${line}\n`).join(''));

const edit = (project: TestProject, id: string, work: () => void): void => {
  const call = { tool_name: 'Bash', tool_input: { command: id }, tool_use_id: id };
  project.hook('PreToolUse', call);
  work();
  project.hook('PostToolUse', call);
};

test('an agent and its user in one file', async () => {
  const project = testProject();
  put(project, 'a.ts', ['const first = 1;', 'const second = 2;']);
  project.sh('git add . && git commit -qm base');
  await project.clew.takeCheckpoint();
  project.hook('SessionStart');
  edit(project, 'op1', () =>
    put(project, 'a.ts', ['const first = 1;', 'const middle = 15;', 'const second = 2;']),
  );
  put(project, 'a.ts', ['const first = 1;', 'const middle = 15;', 'const second = 2;', 'const mine = 3;']);
  project.hook('UserPromptSubmit');
  project.sh('git commit -qam two');
  expect(await told(project)).toEqual(['const middle = 15; = op1', 'const mine = 3; = human']);
});

test('a bracket behind a bracket is nobody’s for certain', async () => {
  const project = testProject();
  const one = ['function one() {', '  return 111111;', '}'];
  put(project, 'a.ts', ['const top = "of the file";']);
  project.sh('git add . && git commit -qm base');
  await project.clew.takeCheckpoint();
  edit(project, 'op1', () => put(project, 'a.ts', ['const top = "of the file";', ...one]));
  put(project, 'a.ts', ['const top = "of the file";', ...one, 'function two() {', '  return 222222;', '}']);
  project.hook('UserPromptSubmit');
  project.sh('git commit -qam two');
  expect(await told(project)).toEqual([
    'function one() { = op1',
    '  return 111111; = op1',
    '} = ? human op1',
    'function two() { = human',
    '  return 222222; = human',
    '} = ? human op1',
  ]);
});

test('two agents at once and their user in one file', async () => {
  const project = testProject();
  put(project, 'a.ts', ['const top = "of the file";']);
  project.sh('git add . && git commit -qm base');
  await project.clew.takeCheckpoint();
  const lines = ['const top = "of the file";'];
  const add = (line: string): void => {
    lines.push(line);
    put(project, 'a.ts', lines);
  };
  const call = (id: string, of?: string) => ({
    tool_name: 'Bash',
    tool_input: { command: id },
    tool_use_id: id,
    ...(of && { session_id: of }),
  });
  const other = '22222222-2222-4333-8444-555555555555';
  project.hook('PreToolUse', call('alone'));
  add('const early = "while one ran alone";');
  project.hook('PreToolUse', call('beside', other));
  add('const both = "while both ran";');
  project.hook('PostToolUse', call('alone'));
  add('const late = "while the other one ran on";');
  project.hook('PostToolUse', call('beside', other));
  add('const between = "of the user";');
  edit(project, 'next', () => add('const next = "of the next call";'));
  project.sh('git commit -qam two');
  expect(await told(project)).toEqual([
    'const early = "while one ran alone"; = alone',
    'const both = "while both ran"; = ? alone beside',
    'const late = "while the other one ran on"; = beside',
    'const between = "of the user"; = human',
    'const next = "of the next call"; = next',
  ]);
});

test('what a person commits in part, formats, stashes and squashes stays the agent’s', async () => {
  const project = testProject();
  const top = 'const top = "of the file";';
  const [one, two] = ['const one = "written by the agent";', 'const two = "written by it as well";'];
  put(project, 'a.ts', [top]);
  project.sh('git add . && git commit -qm base && git checkout -qb topic');
  await project.clew.takeCheckpoint();
  edit(project, 'op1', () => put(project, 'a.ts', [one, top, two]));
  // The first of the two lines is staged alone.
  project.sh(
    `printf '%s\\n' '${one}' '${top}' > part && git update-index --cacheinfo 100644,$(git hash-object -w part),a.ts && rm part`,
  );
  project.sh('git commit -qm part');
  expect(await told(project)).toEqual([`${one} = op1`]);
  project.sh('git stash -q && git stash pop -q');
  project.hook('UserPromptSubmit');
  project.sh(`sed -i 's/^/    /' a.ts && git commit -qam formatted`);
  expect(await told(project)).toEqual([`    ${one} = op1`, `    ${top} = ?`, `    ${two} = op1`]);
  project.sh('git checkout -q main && git merge -q --squash topic && git commit -qm squashed');
  project.hook('UserPromptSubmit');
  expect(await told(project)).toEqual([`    ${one} = op1`, `    ${top} = ?`, `    ${two} = op1`]);
});

test('an undo brings lines back with their author', async () => {
  const project = testProject();
  put(project, 'a.ts', ['const top = "of the file";']);
  project.sh('git add . && git commit -qm base');
  await project.clew.takeCheckpoint();
  edit(project, 'op1', () =>
    put(project, 'a.ts', ['const top = "of the file";', 'const kept = "by the first call";']),
  );
  edit(project, 'op2', () => put(project, 'a.ts', ['const top = "of the file";']));
  await project.clew.import();
  expect(await project.clew.undo('op2')).toMatchObject({ done: true });
  project.sh('git commit -qam two');
  expect(await told(project)).toEqual(['const kept = "by the first call"; = op1']);
});

test.each(['at once', 'later'])(
  'what came while a shell of an agent without hooks ran is not told to be the user’s; its record is read %s',
  async (when) => {
    const project = testProject();
    const [top, shell, mine] = ['const top = "of the file";', 'const shell = "of sed";', 'const mine = 3;'];
    put(project, 'a.ts', [top]);
    project.sh('git add . && git commit -qm base');
    const folder = path.join(project.context.home, '.claude', 'projects', '-p');
    mkdirSync(folder, { recursive: true });
    const tell = (type: 'user' | 'assistant', uuid: string, content: unknown): void =>
      appendFileSync(
        path.join(when === 'later' ? project.context.home : folder, `${session}.jsonl`),
        `${JSON.stringify({
          type,
          uuid,
          parentUuid: null,
          sessionId: session,
          cwd: project.root,
          timestamp: new Date().toISOString(),
          message: { role: type, content, ...(type === 'assistant' && { id: uuid, model: 'm', usage: {} }) },
        })}\n`,
      );
    await project.clew.takeCheckpoint();
    tell('assistant', 'u1', [{ type: 'tool_use', id: 'shell1', name: 'Bash', input: { command: 'sed' } }]);
    put(project, 'a.ts', [top, shell]);
    tell('user', 'u2', [{ type: 'tool_result', tool_use_id: 'shell1', content: 'done' }]);
    await project.clew.takeCheckpoint();
    put(project, 'a.ts', [top, shell, mine]);
    await project.clew.takeCheckpoint();
    if (when === 'later')
      renameSync(path.join(project.context.home, `${session}.jsonl`), path.join(folder, `${session}.jsonl`));
    project.sh('git commit -qam two');
    expect(await told(project)).toEqual([`${shell} = ? human shell1`, `${mine} = human`]);
  },
);

test.each([
  ['cursor', '?'],
  ['human', 'human'],
] as const)(
  'while a session of %s is kept by hand, a line that came is told to be of %s',
  async (agentType, by) => {
    const project = testProject();
    const lines = [
      'const top = "of the file";',
      'const before = 1;',
      'const during = 2;',
      'const after = 3;',
    ];
    const add = async (n: number): Promise<void> => {
      put(project, 'a.ts', lines.slice(0, n));
      await project.clew.takeCheckpoint();
    };
    put(project, 'a.ts', lines.slice(0, 1));
    project.sh('git add . && git commit -qm base');
    await project.clew.takeCheckpoint();
    await add(2);
    const { id } = await project.clew.startSession({ project: project.root, agentType });
    await add(3);
    await project.clew.endSession(id);
    await project.clew.takeCheckpoint();
    await add(4);
    project.sh('git commit -qam two');
    expect(await told(project)).toEqual(['human', by, 'human'].map((who, i) => `${lines[i + 1]} = ${who}`));
  },
);

test.each([false, true])(
  'without hooks: by what edit tools tell of themselves; checkpoints by hand: %s',
  async (hasCheckpoints) => {
    const project = testProject();
    put(project, 'a.ts', ['const first = 1;', 'const last = 2;']);
    project.sh('git add . && git commit -qm base');
    const take = async (): Promise<unknown> => hasCheckpoints && (await project.clew.takeCheckpoint());
    await take();
    const at = new Date().toISOString();
    const place = {
      sessionId: session,
      cwd: project.root,
      timestamp: at,
      version: '2.1.0',
      isSidechain: false,
    };
    const file = path.join(project.root, 'a.ts');
    const structuredPatch = [
      {
        oldStart: 1,
        oldLines: 2,
        newStart: 1,
        newLines: 3,
        lines: [' const first = 1;', '+const middle = 15;', ' const last = 2;'],
      },
    ];
    const input = { file_path: file, old_string: 'const last', new_string: 'const middle = 15;\nconst last' };
    const call = { type: 'tool_use', id: 'edit1', name: 'Edit', input };
    const result = { type: 'tool_result', tool_use_id: 'edit1', content: 'done' };
    const records = [
      { ...place, type: 'user', uuid: 'u1', parentUuid: null, message: { role: 'user', content: 'go' } },
      {
        ...place,
        type: 'assistant',
        uuid: 'u2',
        parentUuid: 'u1',
        message: { id: 'm1', role: 'assistant', model: 'claude-opus-4-5', content: [call], usage: {} },
      },
      {
        ...place,
        type: 'user',
        uuid: 'u3',
        parentUuid: 'u2',
        message: { role: 'user', content: [result] },
        toolUseResult: { filePath: file, structuredPatch, oldString: '', newString: '', originalFile: null },
      },
    ];
    const folder = path.join(project.context.home, '.claude', 'projects', '-p');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(folder, `${session}.jsonl`),
      records.map((one) => `${JSON.stringify(one)}\n`).join(''),
    );
    put(project, 'a.ts', ['const first = 1;', 'const middle = 15;', 'const last = 2;']);
    await take();
    put(project, 'a.ts', ['const first = 1;', 'const middle = 15;', 'const last = 2;', 'const mine = 3;']);
    await take();
    project.sh('git commit -qam two');
    const mine = hasCheckpoints ? 'human' : '?';
    expect(await told(project)).toEqual(['const middle = 15; = edit1', `const mine = 3; = ${mine}`]);
  },
);
