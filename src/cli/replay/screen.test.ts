// The terminal part on a real terminal, which script(1) makes: keys go in, and the terminal is given back.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { session, testProject } from '../../../test/support/project.ts';
import type { TestProject } from '../../../test/support/project.ts';

const main = path.join(import.meta.dirname, '..', 'main.ts');
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');

interface Terminal {
  readonly shown: (words: string) => Promise<void>;
  readonly type: (keys: string) => void;
  /** All that was shown, once the command has ended. */
  readonly end: () => Promise<string>;
}

/** Runs `clew replay` in a terminal of 12 rows; then says how it ended, and how the terminal is set. */
function terminalIn(project: TestProject, before = ''): Terminal {
  const clew = `"${process.execPath}" "${main}" replay ${session}`;
  const child = spawn(
    'script',
    ['-qec', `stty rows 12 cols 70; ${before} ${clew}; echo "ended $?"; stty -a`, '/dev/null'],
    {
      cwd: project.root,
      env: {
        PATH: process.env['PATH'],
        HOME: project.context.home,
        CLEW_HOME: project.context.clewHome,
        TERM: 'xterm',
        SHELL: '/bin/sh',
      },
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (data) => {
    text += String(data);
    for (const look of waiting) look();
  });
  return {
    shown: (words) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!text.includes(words)) return;
          waiting.delete(look);
          // What is waited for next has to come after this.
          resolve();
        };
        waiting.add(look);
        look();
      }),
    type: (keys) => void child.stdin.write(keys),
    async end() {
      await once(child, 'close');
      return text;
    },
  };
}

async function recorded(): Promise<TestProject> {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.hook('UserPromptSubmit', { prompt: 'go' });
  project.bash('t1', 'echo one > one.txt');
  project.bash('t2', 'echo two > two.txt');
  await project.clew.import();
  return project;
}

const givenBack = /\u001B\[\?25h\u001B\[\?1049l/;

test.runIf(hasScript)('steps, jumps, shows files, and gives the terminal back', async () => {
  const terminal = terminalIn(await recorded());
  await terminal.shown('+one');
  terminal.type('\u001B[C');
  await terminal.shown('step 2 of 2');
  terminal.type('1\r');
  await terminal.shown('step 1 of 2');
  terminal.type('/two.txt\r');
  await terminal.shown('+two');
  terminal.type('f');
  await terminal.shown('2 files changed');
  terminal.type('q');
  const text = await terminal.end();
  expect(text.startsWith('\u001B[?1049h')).toBe(true);
  expect(text).toMatch(givenBack);
  expect(text).toMatch(/clew restore \w+/);
  expect(text.split('\u001B[?1049l')[1]).toMatch(/ended 0[^]* icanon[^]* echo /);
});

test.runIf(hasScript)('gives the terminal back when it is told to stop', async () => {
  const terminal = terminalIn(await recorded(), 'timeout --foreground -s TERM 3');
  await terminal.shown('+one');
  const text = await terminal.end();
  expect(text).toMatch(givenBack);
  expect(text.split('\u001B[?1049l')[1]).toMatch(/ended \d+[^]* icanon[^]* echo /);
});
