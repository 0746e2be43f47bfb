// What `clew session start` asks on a terminal.
import { expect, test } from 'vitest';
import { program } from '../../../../test/support/program.ts';
import { testProject } from '../../../../test/support/project.ts';
import { hasScript, terminalFor } from '../../../../test/support/terminal.ts';

const start = [program, 'session', 'start', '--project', '.', '--agent-type', 'cursor'];

test.runIf(hasScript)('asks for the version and the goal, and starts with the answers', async () => {
  const project = testProject();
  const terminal = terminalFor(project, start);
  await terminal.shown('Version or model of the agent: ');
  terminal.type('3.1\r');
  await terminal.shown('Goal of the session: ');
  terminal.type('mend the parser\r');
  const text = await terminal.end();
  expect(text).toContain('export CLEW_SESSION_ID=');
  expect(text).toContain('ended 0');
  const [session] = project.clew.sessions();
  expect(session && project.clew.session(session.id)).toMatchObject({
    agentType: 'cursor',
    agentVersion: '3.1',
    goal: 'mend the parser',
    status: 'active',
  });
});

test.runIf(hasScript)('asks nothing of what is given, nor where it is told to ask nothing', async () => {
  const project = testProject();
  const terminal = terminalFor(project, [...start, '--non-interactive']);
  const text = await terminal.end();
  expect(text).not.toContain('Goal of the session');
  expect(text).toContain('ended 0');
});

test.runIf(hasScript)('starts nothing when it is stopped at a question', async () => {
  const project = testProject();
  const terminal = terminalFor(project, start);
  await terminal.shown('Version or model of the agent: ');
  terminal.type('\u0003');
  expect(await terminal.end()).toContain('ended 130');
  await project.clew.import();
  expect(project.clew.sessions()).toEqual([]);
});
