// What the model says and asks for, and what must become of each call. A prompt names its scenario as `[[scenario:NAME]]`;
// the step served is the number of answers since then.

import { storySteps } from '../going-on/steps.ts';

export interface Call {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly becomes: 'success' | 'failed';
}

export interface Step {
  readonly thought?: string;
  readonly say?: string;
  readonly calls?: readonly Call[];
}

const ok = 'success' as const;
const failed = 'failed' as const;

/** `{work}` stands for the folder that the client runs in. */
export const scenarios: Readonly<Record<string, readonly Step[]>> = {
  main: [
    {
      thought: '**Plan** Make the file',
      say: 'I make the file.',
      calls: [
        { name: 'write_file', args: { file_path: '{work}/app.txt', content: 'one\ntwo\n' }, becomes: ok },
      ],
    },
    {
      calls: [
        {
          name: 'replace',
          args: { file_path: '{work}/app.txt', old_string: 'two', new_string: 'three', instruction: 'fix' },
          becomes: ok,
        },
      ],
    },
    {
      say: 'Both at once.',
      calls: [
        { name: 'read_file', args: { file_path: '{work}/app.txt' }, becomes: ok },
        { name: 'list_directory', args: { dir_path: '{work}' }, becomes: ok },
      ],
    },
    {
      calls: [
        {
          name: 'run_shell_command',
          args: { command: 'git add -A && git commit -q -m "a file" && git log -1 --format="[main %h] %s"' },
          becomes: ok,
        },
      ],
    },
    { calls: [{ name: 'run_shell_command', args: { command: 'echo oops; exit 3' }, becomes: failed }] },
    { calls: [{ name: 'read_file', args: { file_path: '{work}/none.txt' }, becomes: failed }] },
    { calls: [{ name: 'no_such_tool', args: {}, becomes: failed }] },
    {
      calls: [
        {
          name: 'invoke_agent',
          args: { agent_name: 'generalist', prompt: 'Look. [[scenario:helper]]' },
          becomes: ok,
        },
      ],
    },
    { say: 'All done.' },
  ],
  helper: [
    { calls: [{ name: 'read_file', args: { file_path: '{work}/app.txt' }, becomes: ok }] },
    {
      say: 'Seen.',
      calls: [{ name: 'complete_task', args: { result: { response: 'seen' } }, becomes: ok }],
    },
  ],
  next: [
    {
      calls: [
        {
          name: 'replace',
          args: {
            file_path: '{work}/app.txt',
            old_string: 'three',
            new_string: 'four',
            instruction: 'go on',
          },
          becomes: ok,
        },
      ],
    },
    { say: 'Went on.' },
  ],
  branch: [{ say: 'Branched.' }],
  ...Object.fromEntries(
    storySteps.map(([name, ...commands]): [string, readonly Step[]] => [
      name,
      [
        ...commands.map((command) => ({
          calls: [{ name: 'run_shell_command', args: { command }, becomes: ok }],
        })),
        { say: `Done with ${name}.` },
      ],
    ]),
  ),
};
