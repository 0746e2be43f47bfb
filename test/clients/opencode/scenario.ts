// What the model says and asks for, and what must become of each call.
import { storySteps } from '../going-on/steps.ts';
import type { Scenarios, Step } from '../stub/scenario.ts';

export const scenarios: Scenarios = {
  main: [
    {
      think: 'A file first.',
      say: 'I make the file.',
      calls: [{ tool: 'write', input: { filePath: '{work}/app.txt', content: 'one\ntwo\n' } }],
    },
    {
      calls: [{ tool: 'edit', input: { filePath: '{work}/app.txt', oldString: 'two', newString: 'three' } }],
    },
    {
      say: 'A command.',
      calls: [{ tool: 'bash', input: { command: 'cat app.txt > notes.txt', description: 'copy' } }],
    },
    {
      say: 'Both at once.',
      calls: [
        { tool: 'read', input: { filePath: '{work}/app.txt' } },
        { tool: 'read', input: { filePath: '{work}/notes.txt' } },
      ],
    },
    {
      calls: [
        { tool: 'bash', input: { command: 'echo no >&2; exit 3', description: 'fail' }, becomes: 'failed' },
      ],
    },
    { calls: [{ tool: 'read', input: { filePath: '{work}/nothing.txt' }, becomes: 'failed' }] },
    {
      calls: [
        {
          tool: 'todowrite',
          input: { todos: [{ id: '1', content: 'a', status: 'in_progress', priority: 'high' }] },
        },
      ],
    },
    {
      say: 'A helper.',
      calls: [
        {
          tool: 'task',
          input: { description: 'look', prompt: 'Look. [[scenario:helper]]', subagent_type: 'general' },
        },
      ],
    },
    { say: 'All done.' },
  ],
  helper: [
    { calls: [{ tool: 'read', input: { filePath: '{work}/app.txt' } }] },
    { say: 'The helper is done.' },
  ],
  next: [
    {
      say: 'On.',
      calls: [{ tool: 'edit', input: { filePath: '{work}/app.txt', oldString: 'three', newString: 'four' } }],
    },
    { say: 'Went on.' },
  ],
  fork: [{ say: 'In the fork.' }],
  denied: [
    {
      calls: [{ tool: 'bash', input: { command: 'rm app.txt', description: 'remove' }, becomes: 'blocked' }],
    },
    { say: 'Not allowed.' },
  ],
  fails: [{ fails: { status: 400, type: 'invalid_request_error', message: 'the stub says no' } }],
  branch: [{ say: 'From the branch.' }],
  ...Object.fromEntries(
    storySteps.map(([name, ...commands]): [string, readonly Step[]] => [
      name,
      [
        ...commands.map((command) => ({
          calls: [{ tool: 'bash', input: { command, description: name } }],
        })),
        { say: `Done with ${name}.` },
      ],
    ]),
  ),
};
