// A command that goes on in the background: what it writes behind its result is never told of somebody else alone, and an
// edit meanwhile is still the edit's.
import { expect, test } from 'vitest';
import { testProject } from './support/project.ts';
import type { TestProject } from './support/project.ts';

const bash = (id: string, more: object = {}): object => ({
  tool_name: 'Bash',
  tool_input: { command: id },
  tool_use_id: id,
  ...more,
});

/** A session in which `server` goes on as the task b1. */
async function begun(): Promise<TestProject> {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.sh("printf '1\\n2\\n3\\n' > a.txt");
  project.hook('UserPromptSubmit', { prompt: 'go' });
  project.hook('PreToolUse', bash('server'));
  project.sh('echo 0 > first.txt');
  project.hook('PostToolUse', bash('server', { tool_response: { stdout: '', backgroundTaskId: 'b1' } }));
  return project;
}

/** The agent's edit of a.txt: its hooks, and what it did. */
function edit(project: TestProject, id: string, from: string, to: string, beside = 'true'): void {
  const call = { tool_name: 'Edit', tool_input: { file_path: `${project.root}/a.txt` }, tool_use_id: id };
  project.hook('PreToolUse', call);
  project.sh(`sed -i 's/${from}/${to}/' a.txt; ${beside}`);
  const line = Number(from);
  const patch = { oldStart: line, oldLines: 1, newStart: line, newLines: 1, lines: [`-${from}`, `+${to}`] };
  project.hook('PostToolUse', {
    ...call,
    tool_response: {
      filePath: `${project.root}/a.txt`,
      oldString: from,
      newString: to,
      originalFile: '1\n2\n3\n',
      structuredPatch: [patch],
    },
  });
}

/** Whose doing the last change of each file was. */
function told({ clew }: TestProject): Record<string, string> {
  const effects = clew
    .checkpoints()
    .toReversed()
    .flatMap((one) => clew.checkpoint(one.id).effects);
  return Object.fromEntries(effects.map((one) => [one.path, `${one.by} ${one.operations.join(' ')}`.trim()]));
}

test('what is written beside it is shared; what is written while nothing else runs may be its own', async () => {
  const project = await begun();
  project.sh('echo 1 > between.txt');
  project.hook('PreToolUse', bash('t2'));
  project.sh('echo 2 > beside.txt');
  project.hook('PostToolUse', bash('t2', { tool_response: { stdout: '' } }));
  project.hook('Stop');
  project.sh('echo 3 > after.txt');
  project.hook('UserPromptSubmit', {
    prompt: '<task-notification><task-id>b1</task-id><status>completed</status></task-notification>',
  });
  project.hook('Stop');
  project.sh('echo 4 > mine.txt');
  project.hook('UserPromptSubmit', { prompt: 'more' });
  await project.clew.import();
  expect(told(project)).toMatchObject({
    'first.txt': 'operation server',
    'between.txt': 'unknown server',
    'beside.txt': 'shared server t2',
    'after.txt': 'unknown server',
    'mine.txt': 'user',
  });
});

test('an edit whose record tells the whole change is the edit’s, and can be taken back', async () => {
  const project = await begun();
  edit(project, 't2', '2', 'two');
  await project.clew.import();
  expect(told(project)).toMatchObject({ 'a.txt': 'operation t2' });
  await project.clew.undo('t2');
  expect(project.files()['a.txt']).toBe('- 1\n2\n3\n');
});

test('an edit of a file in which more has changed is shared', async () => {
  const project = await begun();
  edit(project, 't2', '2', 'two', "sed -i 's/3/three/' a.txt; echo x > other.txt");
  await project.clew.import();
  expect(told(project)).toMatchObject({ 'a.txt': 'shared server t2', 'other.txt': 'shared server t2' });
});
