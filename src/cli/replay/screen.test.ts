// The terminal part on a real terminal, which script(1) makes: keys go in, and the terminal is given back.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { session, testProject } from '../../../test/support/project.ts';
import type { TestProject } from '../../../test/support/project.ts';
import { program } from '../../../test/support/program.ts';
import { hasScript, terminalFor } from '../../../test/support/terminal.ts';

async function recorded(): Promise<TestProject> {
  const project = testProject();
  await project.clew.takeCheckpoint();
  project.hook('UserPromptSubmit', { prompt: 'go' });
  project.bash('t1', 'echo one > one.txt');
  project.bash('t2', 'echo two > two.txt');
  await project.clew.import();
  return project;
}

/** What stands behind the screen: it is left, lines are edited again, and keys are shown. */
const givenBack = (text: string): string => {
  const [screen = '', behind = ''] = text.split('\u001B[?25h\u001B[?1049l');
  expect(screen).toContain('\u001B[?1049h\u001B[?25l');
  expect(behind).toMatch(/ icanon[^]* echo /);
  return behind;
};

test.runIf(hasScript)(
  'steps, jumps, shows files and what is in one, and gives the terminal back',
  async () => {
    const terminal = terminalFor(await recorded(), [program, 'replay', session]);
    await terminal.shown('+one');
    terminal.type('\u001B[C');
    await terminal.shown('step 2 of 2');
    terminal.type('1\r');
    await terminal.shown('step 1 of 2');
    terminal.type('/two.txt\r');
    await terminal.shown('+two');
    terminal.type('f');
    await terminal.shown('+ two.txt');
    terminal.type('j\r');
    await terminal.shown('Ktwo\u001B');
    terminal.type('q');
    const text = await terminal.end();
    expect(text).toMatch(/clew restore \w+/);
    expect(givenBack(text)).toContain('ended 0');
  },
);

test.runIf(hasScript).each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'gives the terminal back at %s',
  async (signal) => {
    const terminal = terminalFor(await recorded(), [program, 'replay', session]);
    await terminal.shown('+one');
    terminal.stop(signal);
    expect(givenBack(await terminal.end())).toContain('ended 0');
  },
);

test.runIf(hasScript)('gives the terminal back when something fails', async () => {
  const project = testProject();
  const program = path.join(project.root, 'failing.mjs');
  writeFileSync(
    program,
    `import { play } from '${path.join(import.meta.dirname, 'screen.ts')}';
     const player = { screen: () => ['here'], press() { throw new Error('broken'); } };
     await play(player, { home: '', now: 0 }, new AbortController().signal);`,
  );
  const terminal = terminalFor(project, [program]);
  await terminal.shown('here');
  terminal.type('x');
  const behind = givenBack(await terminal.end());
  expect(behind).toContain('Error: broken');
  expect(behind).toContain('ended 1');
});
