// Whose the lines of commits are, in a real repository in which an agent and its user work.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { testProject } from '../../../test/support/project.ts';
import type { TestProject } from '../../../test/support/project.ts';
import { connect } from '../../connection.ts';
import { attributionHere } from '../../attribution-here.ts';
import { loadConfig } from '../../model/index.ts';
import { loadPricing } from '../../prices/index.ts';

const out = (project: TestProject, ...args: string[]): string =>
  spawnSync('git', args, { cwd: project.root, encoding: 'utf8' }).stdout.trim();

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
