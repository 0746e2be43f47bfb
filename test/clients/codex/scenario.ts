// What the model says and asks for, and what must become of each call. A prompt names its scenario as `[[scenario:NAME]]`;
// the step served is the number of answers since then.

import { storySteps } from '../going-on/steps.ts';

export interface Call {
  readonly name: string;
  /** A string is the input of a tool that takes plain text. */
  readonly input: string | Readonly<Record<string, unknown>>;
  readonly namespace?: string;
  /** Of a search for tools no result is ever told, so it looks cut off. */
  readonly becomes: 'success' | 'failed' | 'interrupted';
}

export interface Step {
  readonly reasoning?: string;
  readonly say?: string;
  readonly calls?: readonly Call[];
}

const ok = 'success' as const;
const failed = 'failed' as const;
const patch = (...lines: readonly string[]): string =>
  ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n');
const shell = (cmd: string, becomes: Call['becomes']): Call => ({
  name: 'exec_command',
  input: { cmd, yield_time_ms: 5000 },
  becomes,
});
const oldShell = (script: string, becomes: Call['becomes']): Call => ({
  name: 'shell',
  input: { command: ['bash', '-lc', script] },
  becomes,
});

function goingOn(
  age: string,
  run: (command: string, becomes: Call['becomes']) => Call,
): Record<string, readonly Step[]> {
  const does = (name: string, ...commands: readonly string[]): [string, readonly Step[]] => [
    `${name}_${age}`,
    [...commands.map((command) => ({ calls: [run(command, ok)] })), { say: `Done with ${name}.` }],
  ];
  return Object.fromEntries(storySteps.map(([name, ...commands]) => does(name, ...commands)));
}

export const scenarios: Readonly<Record<string, readonly Step[]>> = {
  main: [
    {
      reasoning: 'Make the file',
      say: 'I make the file.',
      calls: [{ name: 'apply_patch', input: patch('*** Add File: app.txt', '+one', '+two'), becomes: ok }],
    },
    {
      calls: [
        {
          name: 'apply_patch',
          input: patch('*** Update File: app.txt', '@@', ' one', '-two', '+three'),
          becomes: ok,
        },
      ],
    },
    { say: 'Both at once.', calls: [shell('cat app.txt', ok), shell('ls', ok)] },
    { calls: [shell('git add -A && git commit -m "a file"', ok)] },
    { calls: [shell('echo oops >&2; exit 3', failed)] },
    {
      calls: [
        { name: 'apply_patch', input: patch('*** Update File: none.txt', '@@', '-x', '+y'), becomes: failed },
      ],
    },
    { calls: [{ name: 'no_such_tool', input: {}, becomes: failed }] },
    { calls: [{ name: 'tool_search', input: { query: 'spawn agent multi agent' }, becomes: 'interrupted' }] },
    {
      calls: [
        {
          name: 'spawn_agent',
          namespace: 'multi_agent_v1',
          input: { message: 'Look. [[scenario:helper]]' },
          becomes: ok,
        },
      ],
    },
    { calls: [shell('sleep 2', ok)] },
    { say: 'All done.' },
  ],
  helper: [{ calls: [shell('wc -l app.txt', ok)] }, { say: 'Seen.' }],
  next: [{ calls: [shell("sed -i 's/three/four/' app.txt", ok)] }, { say: 'Went on.' }],
  branch: [{ say: 'Branched.' }],
  old: [
    { reasoning: 'Make', say: 'I make the file.', calls: [oldShell('echo one > app.txt; cat app.txt', ok)] },
    { calls: [oldShell('exit 3', failed)] },
    { say: 'All done.' },
  ],
  // What is gone on with: shell commands alone, of the names that each version has.
  ...goingOn('new', shell),
  ...goingOn('old', oldShell),
  oldNext: [{ calls: [oldShell('echo two >> app.txt', ok)] }, { say: 'Went on.' }],
};
