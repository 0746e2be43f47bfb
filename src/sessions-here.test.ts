// Sessions kept by hand, on a real project: real git, real hooks, real processes.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { session as captured, testProject, write } from '../test/support/project.ts';
import { hookScript } from './hooks/index.ts';
import { openClew } from './index.ts';
import type { Clew, Context } from './index.ts';
import { createRecorder } from './journal/index.ts';
import { indexFile, openIndex, takeLock } from './store/index.ts';

const run = promisify(execFile);
const tables = ['session', 'entry', 'record', 'joined', 'session_value'] as const;

const begin = (clew: Clew, more: object = {}) =>
  clew.startSession({ project: '.', goal: 'mend the parser', noContext: true, ...more });

/** A hook of Claude Code's, which runs where CLEW_SESSION_ID is set. */
function hookInside({ context }: { context: Context }, kept: string, event: string, payload: object): void {
  const told = { session_id: captured, cwd: context.cwd, hook_event_name: event, ...payload };
  const done = spawnSync('sh', [hookScript(), path.join(context.clewHome, 'spool'), 'claude-code', event], {
    cwd: context.cwd,
    input: JSON.stringify(told),
    env: { PATH: process.env['PATH'], HOME: context.home, CLEW_SESSION_ID: kept, CLEW_BUDGET_MS: '20000' },
  });
  expect(done.status).toBe(0);
}

/** A transcript of Claude Code's with one prompt and one answer. */
function transcript({ context }: { context: Context }, at: number): void {
  const told = {
    sessionId: captured,
    cwd: context.cwd,
    version: '2.1.329',
    gitBranch: 'main',
    isSidechain: false,
  };
  const lines = [
    {
      ...told,
      type: 'user',
      uuid: 'u1',
      parentUuid: null,
      timestamp: new Date(at).toISOString(),
      message: { role: 'user', content: 'why does it fail?' },
    },
    {
      ...told,
      type: 'assistant',
      uuid: 'u2',
      parentUuid: 'u1',
      timestamp: new Date(at + 1000).toISOString(),
      message: {
        id: 'm1',
        role: 'assistant',
        model: 'claude-opus-4-5',
        stop_reason: 'end_turn',
        content: [{ type: 'text', text: 'a comma is missing' }],
        usage: { input_tokens: 100, output_tokens: 20 },
      },
    },
  ];
  write(
    path.join(context.home, '.claude', 'projects', 'p', `${captured}.jsonl`),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  );
}

describe('a session', () => {
  test('goes from start over pause and resume to its end, and the first end counts', async () => {
    const { clew, root } = testProject();
    const { id, uuid, ...started } = await begin(clew, {
      modelTier: 'sonnet',
      temperature: 0.5,
      metadata: { ticket: 7 },
    });
    expect(uuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(uuid.startsWith(id)).toBe(true);
    expect(started).toMatchObject({
      project: root,
      agent: 'claude-code',
      agentType: 'claude',
      goal: 'mend the parser',
    });
    expect(started.export).toBe(`export CLEW_SESSION_ID=${uuid}`);
    expect(clew.session(id)).toMatchObject({
      id: uuid,
      uuid,
      recordedAs: uuid,
      status: 'active',
      goal: 'mend the parser',
      title: 'mend the parser',
      project: root,
      agentType: 'claude',
      modelTier: { given: 'sonnet', tier: 2, strength: 'base' },
      temperature: 0.5,
      metadata: { ticket: 7 },
      initialContext: null,
    });
    expect((await clew.pauseSession(id)).session.status).toBe('paused');
    expect(await clew.pauseSession(id)).toMatchObject({ changed: false, note: 'it is paused already' });
    expect((await clew.resumeSession(id)).session.status).toBe('active');
    const ended = await clew.endSession(id, {
      status: 'aborted',
      reason: 'context_limit',
      message: 'enough',
    });
    expect(ended).toMatchObject({
      changed: true,
      session: { status: 'aborted', exitReason: 'context_limit' },
    });
    const again = await clew.endSession(id, { status: 'completed' });
    expect(again).toMatchObject({
      changed: false,
      session: { status: 'aborted', endedAt: ended.session.endedAt },
    });
    expect(again.note).toContain('the first end counts');
    await expect(clew.pauseSession(id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await expect(clew.resumeSession(id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    const steps = clew.sessionHistory(id).map(({ type, content }) => [type, content]);
    expect(steps).toEqual([
      ['session_start', 'mend the parser'],
      ['session_end', 'enough'],
    ]);
  });

  test('takes what is recorded of it, in order, with metadata and without content', async () => {
    const { clew } = testProject();
    const { id } = await begin(clew);
    await clew.addInteraction(id, { type: 'user_message', content: 'why?', metadata: { by: 'mira' } });
    await clew.addInteraction(id, { type: 'custom' });
    const [, ...steps] = clew.sessionHistory(id);
    expect(steps.map(({ type, content, metadata }) => [type, content, metadata])).toEqual([
      ['user_message', 'why?', { by: 'mira' }],
      ['custom', null, null],
    ]);
    expect(clew.sessionHistory(id, { limit: 1 }).map((one) => one.type)).toEqual(['custom']);
    expect(clew.session(id).interactions).toEqual({ session_start: 1, user_message: 1, custom: 1 });
    await expect(clew.addInteraction('nobody', { type: 'custom' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('has metrics that are computed, of what is recorded by hand too', async () => {
    const { clew } = testProject();
    const { id } = await begin(clew);
    await clew.addInteraction(id, { type: 'command_execution', content: 'npm test' });
    await clew.addInteraction(id, { type: 'file_write', content: 'src/a.ts' });
    await clew.addInteraction(id, { type: 'file_write', content: 'src/a.ts' });
    const metrics = clew.sessionReport(id).metrics.map(({ name, value }) => [name, value]);
    expect(metrics).toEqual([
      ['tokens_used', 0],
      ['files_modified', 1],
      ['commands_run', 1],
      ['duration_seconds', expect.any(Number)],
    ]);
  });

  test('says what a wrong word could have been', async () => {
    const { clew } = testProject();
    const { id } = await begin(clew);
    const wrong = (given: string) => given as never;
    const hintOf = async (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'none',
        (error: { hint: string }) => error.hint,
      );
    expect(await hintOf(begin(clew, { agentType: wrong('clippy'), parallel: true }))).toContain(
      'claude, codex',
    );
    expect(await hintOf(begin(clew, { modelTier: '5', parallel: true }))).toContain('weak, base, strong');
    for (const temperature of [-1, Number.NaN]) {
      expect(await hintOf(begin(clew, { temperature, parallel: true }))).toContain('from 0 on');
      expect(await hintOf(clew.updateSession(id, { temperature }))).toContain('from 0 on');
    }
    expect(await hintOf(begin(clew, { project: 'nowhere' }))).toContain('project');
    expect(await hintOf(begin(clew, { template: 'none' }))).toContain('sessionTemplates');
    expect(await hintOf(clew.endSession(id, { status: wrong('gone') }))).toContain('completed, aborted');
    expect(await hintOf(clew.endSession(id, { reason: wrong('gone') }))).toContain('context_limit');
    expect(await hintOf(clew.addInteraction(id, { type: wrong('shout') }))).toContain('user_message');
    expect(clew.session(id).status).toBe('active');
  });

  test('begins with what a template has, where nothing else is said', async () => {
    const project = testProject();
    const templates = { review: { goal: 'review it', agentType: 'codex', modelTier: 3, metadata: { a: 1 } } };
    writeFileSync(
      path.join(project.context.clewHome, 'config.json'),
      JSON.stringify({ sessionTemplates: templates }),
    );
    const clew = openClew({ context: project.context });
    const { id } = await clew.startSession({
      project: '.',
      template: 'review',
      noContext: true,
      metadata: { b: 2 },
    });
    expect(clew.session(id)).toMatchObject({
      agent: 'codex',
      goal: 'review it',
      modelTier: { given: '3', tier: 3, strength: 'strong' },
      metadata: { a: 1, b: 2 },
    });
    await expect(begin(clew, { template: 'revue' })).rejects.toMatchObject({ hint: 'there are: review' });
    clew.close();
  });
});

describe('a second active session of the same project and agent', () => {
  test('is refused with the first one named, and is none beside another agent or a paused one', async () => {
    const { clew } = testProject();
    const first = await begin(clew);
    await expect(begin(clew)).rejects.toMatchObject({
      code: 'WRONG_STATE',
      message: expect.stringContaining(first.id) as string,
    });
    await begin(clew, { agentType: 'codex' });
    await begin(clew, { agentName: 'reviewer' });
    await clew.pauseSession(first.id);
    const second = await begin(clew);
    await expect(clew.resumeSession(first.id)).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await clew.endSession(second.id);
    expect((await clew.resumeSession(first.id)).changed).toBe(true);
    expect(await begin(clew, { parallel: true })).toMatchObject({ agentType: 'claude' });
  });

  test('is refused before anything is asked; what is asked then counts before what was given', async () => {
    const { clew } = testProject();
    const asked: string[] = [];
    const ask = async (): Promise<{ goal: string }> => {
      asked.push('goal');
      return { goal: 'the answer' };
    };
    const first = await begin(clew, { ask });
    expect(first.goal).toBe('the answer');
    await expect(begin(clew, { ask })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(asked).toEqual(['goal']);
    const other = await begin(clew, { agentName: 'ann', agentVersion: '4.5' });
    expect(other).toMatchObject({ agentName: 'ann', agentVersion: '4.5' });
    expect(clew.keptSessions().map((row) => row.agentName)).toEqual(['ann', null]);
  });

  test('is refused also where both begin at once', { timeout: 120_000 }, async () => {
    const { clew, context } = testProject();
    const script = path.join(context.home, 'start.ts');
    writeFileSync(
      script,
      `import { existsSync, writeFileSync } from 'node:fs';
       import { openClew } from ${JSON.stringify(path.join(import.meta.dirname, 'index.ts'))};
       const clew = openClew();
       await clew.import();
       writeFileSync(process.argv[2], '');
       while (!existsSync('go')) await new Promise((done) => setTimeout(done, 1));
       try {
         await clew.startSession({ project: '.', noContext: true });
         console.log('started');
       } catch (error) {
         console.log(error.code);
       }
       clew.close();`,
    );
    const env = { PATH: process.env['PATH'], HOME: context.home, CLEW_HOME: context.clewHome };
    const ready = [1, 2, 3, 4].map((n) => path.join(context.cwd, `ready-${n}`));
    const running = ready.map((file) => run(process.execPath, [script, file], { cwd: context.cwd, env }));
    while (!ready.every((file) => existsSync(file))) await new Promise((done) => setTimeout(done, 10));
    writeFileSync(path.join(context.cwd, 'go'), '');
    const all = await Promise.all(running);
    expect(all.map(({ stdout }) => stdout.trim()).toSorted()).toEqual([
      'WRONG_STATE',
      'WRONG_STATE',
      'WRONG_STATE',
      'started',
    ]);
    await clew.import();
    expect(clew.keptSessions()).toHaveLength(1);
  });

  test('is looked for while nobody else takes anything in', async () => {
    const { clew, context } = testProject();
    let other: unknown = 'not tried';
    await clew.import({
      whileAlone: () => {
        other = takeLock(context.clewHome, 0);
      },
    });
    expect(other).toBeUndefined();
  });

  test('is not refused where the process of the agent inside of the first is gone', async () => {
    const project = testProject();
    const { clew } = project;
    const first = await begin(clew);
    // A process that is told twice is the agent's; this one has ended.
    const { pid } = spawnSync('true');
    const spool = path.join(project.context.clewHome, 'spool');
    const tool = { tool_name: 'Bash', tool_input: { command: 'make' }, tool_use_id: 't1' };
    for (const [n, event] of ['UserPromptSubmit', 'PreToolUse'].entries()) {
      const payload = {
        session_id: captured,
        cwd: project.root,
        hook_event_name: event,
        prompt: 'x',
        ...tool,
      };
      const file = path.join(spool, `claude-code.${pid}.${n + 1}.0.${first.uuid}.json`);
      writeFileSync(file, JSON.stringify(payload));
      utimesSync(file, Date.now() / 1000, Date.now() / 1000 + n);
    }
    await clew.import();
    expect(clew.session(first.id).status).toBe('interrupted');
    expect(await begin(clew)).toMatchObject({ agentType: 'claude' });
  });
});

describe('an agent that runs inside', () => {
  test('is one with the session: goal and records of the one, conversation and id of the other', async () => {
    const project = testProject();
    const { clew, context } = project;
    const { uuid } = await begin(clew);
    await clew.addInteraction(uuid, { type: 'custom', content: 'before' });
    hookInside(project, uuid, 'UserPromptSubmit', { prompt: 'why does it fail?' });
    transcript(project, Date.now());
    await clew.import();
    await clew.addInteraction(uuid, { type: 'custom', content: 'after' });
    expect(clew.find(uuid)).toEqual({ kind: 'session', id: captured });
    expect(clew.sessions().map((row) => row.id)).toEqual([captured]);
    expect(clew.session(uuid)).toMatchObject({
      id: captured,
      uuid,
      recordedAs: uuid,
      goal: 'mend the parser',
      agent: 'claude-code',
      agentVersion: '2.1.329',
      model: 'claude-opus-4-5',
      initialPrompt: 'why does it fail?',
      totalTokens: 120,
      status: 'active',
    });
    const steps = clew.sessionHistory(captured).map(({ type, content }) => [type, content]);
    expect(new Set(steps.map(String))).toEqual(
      new Set(
        [
          ['session_start', 'mend the parser'],
          ['custom', 'before'],
          ['custom', 'after'],
          ['user_message', 'why does it fail?'],
          ['agent_response', 'a comma is missing'],
        ].map(String),
      ),
    );
    expect((await clew.endSession(uuid)).session).toMatchObject({ id: captured, status: 'completed' });
    const before = dump(context);
    clew.reindex();
    expect(dump(context)).toEqual(before);
  });

  test('is so by its own id, too: where that is given, and where it is in the environment', async () => {
    const project = testProject();
    const { clew, context } = project;
    transcript(project, Date.now());
    const first = await begin(clew, { agentSession: captured });
    expect(clew.session(first.uuid).id).toBe(captured);
    const env = { CLAUDE_CODE_SESSION_ID: captured };
    const inside = openClew({ context: { ...context, env } });
    const second = await begin(inside, { parallel: true });
    inside.close();
    expect(second.agentSession).toBe(captured);
    expect(clew.session(second.uuid)).toMatchObject({ id: captured, uuid: second.uuid });
    expect(clew.session(first.uuid).id).toBe(captured);
  });

  test('is so by the processes above the one that begins the session', async () => {
    const { clew, context, root } = testProject();
    const tool = { tool_name: 'Bash', tool_input: { command: 'clew' }, tool_use_id: 't1' };
    for (const [n, event] of ['UserPromptSubmit', 'PreToolUse'].entries()) {
      const payload = { session_id: captured, cwd: root, hook_event_name: event, prompt: 'x', ...tool };
      const file = path.join(context.clewHome, 'spool', `codex.${process.ppid}.${n + 1}.0.json`);
      writeFileSync(file, JSON.stringify(payload));
      utimesSync(file, Date.now() / 1000, Date.now() / 1000 + n);
    }
    const { uuid, agentType, agentSession } = await clew.startSession({ project: '.', noContext: true });
    expect({ agentType, agentSession }).toEqual({ agentType: 'codex', agentSession: captured });
    expect(clew.session(uuid)).toMatchObject({ id: captured, agent: 'codex', status: 'active' });
  });

  test('that is another agent than the one named is not in the environment', async () => {
    const { context } = testProject();
    const clew = openClew({ context: { ...context, env: { CLAUDE_CODE_SESSION_ID: captured } } });
    expect((await begin(clew, { agentType: 'human' })).agentSession).toBeNull();
    clew.close();
  });
});

test('a commit that is told twice happened once', async () => {
  const { clew, context } = testProject();
  const { id, uuid } = await begin(clew);
  const link = { kind: 'commit_link', session: uuid, subject: 'abc', text: 'abc fix: it', data: {} } as const;
  createRecorder(context, clew.config).recordAll([
    { ...link, id: 'commit_link|abc|1' },
    { ...link, id: 'commit_link|abc|2' },
  ]);
  await clew.import();
  expect(clew.sessionHistory(id, { type: 'commit' }).map((one) => one.content)).toEqual(['abc fix: it']);
  expect(clew.keptSessions().map((one) => one.commits)).toEqual([1]);
});

test('a captured session has the same fields, as far as its records tell, and cannot be ended by hand', async () => {
  const project = testProject();
  const { clew, context } = project;
  transcript(project, Date.parse('2026-03-01T12:00:00Z'));
  const told = openClew({ context: { ...context, machine: 'test-machine', env: { USER: 'mira' } } });
  await told.import();
  expect(told.session(captured)).toMatchObject({
    uuid: captured,
    user: 'mira',
    recordedAs: null,
    goal: null,
    agentType: 'claude',
    modelTier: null,
    temperature: null,
    initialPrompt: 'why does it fail?',
    contextTokens: 100,
    totalTokens: 120,
    status: 'completed',
    metadata: null,
  });
  expect(told.sessionHistory(captured).map((one) => one.type)).toEqual(['user_message', 'agent_response']);
  told.close();
  await expect(clew.endSession(captured)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

test('a folder that is gone is told, where one is looked at or begun in', async () => {
  const { clew, root } = testProject();
  const { id } = await begin(clew);
  renameSync(root, `${root}-elsewhere`);
  const gone = { code: 'NOT_FOUND', message: `the folder ${root} is not there` };
  await expect(clew.snapshotSession(id)).rejects.toMatchObject(gone);
  await expect(begin(clew, { project: 'project', parallel: true })).rejects.toMatchObject(gone);
  expect((await clew.endSession(id)).session.status).toBe('completed');
});

test('without git, a session is kept all the same', async () => {
  const { clew, root } = testProject({ git: false });
  write(path.join(root, 'a.ts'), '');
  vi.stubEnv('PATH', path.join(root, 'nothing'));
  const { id } = await clew.startSession({ project: '.' });
  vi.unstubAllEnvs();
  expect(clew.contextSnapshots(id)).toMatchObject([
    { content: { branch: null, layout: { files: ['a.ts'] } } },
  ]);
});

test('a snapshot holds the project as it is: layout, branch, commits, instructions, the last handoff', async () => {
  const project = testProject();
  const { clew, root, sh } = project;
  transcript(project, Date.parse('2026-03-01T12:00:00Z'));
  write(path.join(root, 'AGENTS.md'), 'run the tests');
  write(path.join(root, '.gitignore'), 'ignored');
  write(path.join(root, 'ISSUES.md'), '- [ ] bd-7 Mend the parser\n- [x] bd-6 Name it\n');
  write(path.join(root, 'ignored'), '');
  write(path.join(root, 'src', 'a.ts'), '');
  sh('git add . && git commit -qm "first one"');
  write(path.join(root, 'new.ts'), '');
  const { id, context } = await clew.startSession({ project: 'src' });
  const [initial] = clew.contextSnapshots(id);
  expect(initial).toMatchObject({
    type: 'initial',
    fileCount: 5,
    content: {
      project: root,
      branch: 'main',
      layout: { files: ['.gitignore', 'AGENTS.md', 'ISSUES.md', 'new.ts', 'src/a.ts'], more: 0 },
      commits: [{ subject: 'first one', author: 'test' }],
      instructions: [{ path: 'AGENTS.md', text: 'run the tests', cut: false }],
      openIssues: { issues: [{ id: 'bd-7', title: 'Mend the parser', status: 'open' }], more: 0 },
      lastHandoff: { session: captured },
    },
  });
  expect(context).toMatchObject({ id: initial?.id, tokenEstimate: initial?.tokenEstimate });
  expect(initial?.tokenEstimate).toBe(Math.ceil(JSON.stringify(initial?.content).length / 4));
  sh('git checkout -q -b other');
  const taken = await clew.snapshotSession(id, 'refresh');
  expect(taken).toMatchObject({ type: 'refresh', content: { branch: 'other' } });
  expect(clew.contextSnapshots(id).map((one) => one.type)).toEqual(['refresh', 'initial']);
  expect(clew.session(id)).toMatchObject({ snapshots: 2, initialContext: { id: initial?.id } });
  const own = await clew.startSession({
    project: '.',
    agentSession: captured,
    parallel: true,
    goal: 'to the end',
  });
  expect(clew.handoff(own.id).markdown).toContain('The session is for (`11111111`):\n```\nto the end\n```');
  expect(clew.contextSnapshots(own.id)[0]?.content['lastHandoff']).toBeNull();
  await clew.recordNote('the parser is half done', { session: id });
  await clew.endSession(id, { message: 'more tomorrow' });
  const next = await clew.startSession({ project: '.', agentType: 'human' });
  expect(clew.contextSnapshots(next.id)[0]?.content['lastHandoff']).toMatchObject({
    session: expect.stringContaining(id) as string,
    markdown: expect.stringMatching(/completed: more tomorrow[^]*- the parser is half done/) as string,
  });
});

function dump({ clewHome }: Context): Record<string, unknown> {
  const { db } = openIndex(indexFile(clewHome), 0);
  try {
    return Object.fromEntries(
      tables.map((table) => [
        table,
        db
          .prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`)
          .all()
          .map(({ id, ...rest }) => JSON.stringify(table === 'entry' ? rest : { id, ...rest }))
          .toSorted(),
      ]),
    );
  } finally {
    db.close();
  }
}
