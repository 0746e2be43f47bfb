// Branches from moments at which the files and the conversation are told by different hands: checkpoints by hooks or by the
// user, the transcript by the agent, a little later.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Branch } from './index.ts';
import { session, testProject, write } from '../test/support/project.ts';
import type { TestProject } from '../test/support/project.ts';

/** Writes what was said by now: a line of the transcript for each, now and one behind the other. */
function transcriptIn({ context, root }: TestProject): (...said: readonly object[]) => void {
  const file = path.join(context.home, '.claude', 'projects', 'p', `${session}.jsonl`);
  const lines: string[] = [];
  return (...said) => {
    for (const message of said) {
      const n = lines.length + 1;
      const record = {
        type: 'role' in message && message.role === 'assistant' ? 'assistant' : 'user',
        uuid: `u${n}`,
        parentUuid: n === 1 ? null : `u${n - 1}`,
        sessionId: session,
        cwd: root,
        version: '2.1.329',
        timestamp: new Date(Date.now()).toISOString(),
        message,
      };
      lines.push(`${JSON.stringify(record)}\n`);
    }
    write(file, lines.join(''));
  };
}

const asks = (content: string): object => ({ role: 'user', content });
const says = (id: string, block: object): object => ({
  id,
  role: 'assistant',
  model: 'claude-opus-5',
  stop_reason: 'end_turn',
  usage: { input_tokens: 1, output_tokens: 1 },
  content: [block],
});
const calls = (id: string, command: string): object =>
  says(`m-${id}`, { type: 'tool_use', id, name: 'Bash', input: { command } });
const gives = (id: string): object => ({
  role: 'user',
  content: [{ type: 'tool_result', tool_use_id: id, content: 'ok' }],
});
const text = (words: string): object => says(`m-${words}`, { type: 'text', text: words });
const tick = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

const fileIn = ({ folder }: Branch): string => readFileSync(path.join(folder, 'a'), 'utf8').trim();
function conversationOf(project: TestProject, { folder, session: id }: Branch): string {
  const slug = folder.replaceAll(/[^A-Za-z0-9]/g, '-');
  return readFileSync(path.join(project.context.home, '.claude', 'projects', slug, `${id}.jsonl`), 'utf8');
}

test('behind a call: its result is in the conversation, though it was written later', async () => {
  const project = testProject({ git: false });
  const say = transcriptIn(project);
  project.sh('echo 0 > a');
  await project.clew.takeCheckpoint();
  project.hook('UserPromptSubmit', { prompt: 'Go.' });
  say(asks('Go.'), calls('t1', 'echo 1 > a'));
  project.bash('t1', 'echo 1 > a');
  await tick();
  say(gives('t1'), calls('t2', 'echo 2 > a'));
  project.bash('t2', 'echo 2 > a');
  await tick();
  say(gives('t2'), text('Done.'));
  await project.clew.import();
  const point = project.clew
    .checkpoints()
    .find((one) => one.operation === 't1' && one.trigger === 'PostToolUse');
  const made = await project.clew.branch(point?.id ?? '');
  expect(fileIn(made)).toBe('1');
  expect(conversationOf(project, made)).toContain('"tool_use_id":"t1"');
  expect(conversationOf(project, made)).not.toContain('"t2"');
});

test('a turn, and a checkpoint taken by hand in it, where the agent has no hooks', async () => {
  const project = testProject({ git: false });
  const say = transcriptIn(project);
  project.sh('echo 0 > a');
  say(asks('One.'), calls('t1', 'echo 1 > a'));
  project.sh('echo 1 > a');
  say(gives('t1'), text('First.'));
  await tick();
  const point = await project.clew.takeCheckpoint();
  await tick();
  say(asks('Two.'), calls('t2', 'echo 2 > a'));
  project.sh('echo 2 > a');
  say(gives('t2'), text('Second.'));
  await project.clew.import();
  for (const from of ['u1', point.id]) {
    const made = await project.clew.branch(from);
    expect(made).toMatchObject({ from: session, checkpoint: point.id, handoff: null, why: null });
    expect(fileIn(made)).toBe('1');
    expect(conversationOf(project, made)).toContain('First.');
    expect(conversationOf(project, made)).not.toContain('Two.');
  }
});

test('a turn: the state at the next prompt is its last, unless that was taken when the agent was at work', async () => {
  for (const late of [false, true]) {
    const project = testProject({ git: false });
    const say = transcriptIn(project);
    await project.clew.takeCheckpoint();
    project.hook('UserPromptSubmit', { prompt: 'One.' });
    say(asks('One.'), calls('t1', 'echo 1 > a'));
    project.bash('t1', 'echo 1 > a');
    say(gives('t1'), text('First.'));
    project.hook('Stop');
    await tick();
    project.sh('echo mine > a');
    say(asks('Two.'));
    project.hook('UserPromptSubmit', { prompt: 'Two.' });
    // Turns may follow each other within a moment.
    say(calls('t2', 'echo 2 > a'));
    project.bash('t2', 'echo 2 > a');
    say(gives('t2'), text('Second.'), asks('Three.'));
    project.hook('UserPromptSubmit', { prompt: 'Three.' });
    const spool = path.join(project.context.clewHome, 'spool');
    if (late)
      project.sh(
        `grep -l "event UserPromptSubmit" "${spool}"/checkpoint.*.json | xargs -n 1 sed -i "s/^late 0/late 1/"`,
      );
    await project.clew.import();
    expect(fileIn(await project.clew.branch('u1'))).toBe(late ? '1' : 'mine');
  }
});

test('before anything was answered: the files, a handoff, and why', async () => {
  const project = testProject({ git: false });
  const say = transcriptIn(project);
  project.sh('echo 0 > a');
  say(asks('One.'));
  await tick();
  const point = await project.clew.takeCheckpoint();
  await tick();
  say(text('First.'));
  await project.clew.import();
  const made = await project.clew.branch(point.id);
  expect(made).toMatchObject({
    session: null,
    command: [],
    why: 'nothing had been said and answered at that moment',
  });
  expect(readFileSync(made.handoff ?? '', 'utf8')).toContain('One.');
  expect(project.clew.branches()).toMatchObject([{ why: made.why, handoff: made.handoff }]);
});
