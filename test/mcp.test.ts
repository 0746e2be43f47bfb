// The server, as an agent meets it: the official client library, over stdio, against the real command.
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from './support/home.ts';
import { testProject } from './support/project.ts';
import { program } from './support/program.ts';

const run = promisify(execFile);
const demo = path.join(import.meta.dirname, '..', 'demo');

interface Server {
  readonly client: Client;
  /** What a tool answers; `!` stands before what it calls an error. */
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<string>;
}

async function serve(
  where: { home: string; clewHome: string; cwd: string },
  args: readonly string[] = [],
  more: Record<string, string> = {},
): Promise<Server> {
  const client = new Client({ name: 'tester', version: '1' });
  const env = { PATH: process.env['PATH'] ?? '', HOME: where.home, CLEW_HOME: where.clewHome, ...more };
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [program, 'mcp', ...args],
    env,
    cwd: where.cwd,
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return {
    client,
    async call(name, given = {}) {
      const { content, isError } = await client.callTool({ name, arguments: given });
      const [first] = content as readonly { readonly text: string }[];
      return (isError === true ? '!' : '') + (first?.text ?? '');
    },
  };
}

const samples = (args: readonly string[] = [], more: Record<string, string> = {}): Promise<Server> => {
  const folder = tempFolder();
  return serve({ home: demo, clewHome: path.join(folder, 'clew'), cwd: folder }, args, more);
};

const here = (project: ReturnType<typeof testProject>, args: readonly string[] = [], more = {}) =>
  serve({ home: project.context.home, clewHome: project.context.clewHome, cwd: project.root }, args, {
    GIT_CONFIG_NOSYSTEM: '1',
    ...more,
  });

const berth = '6b1f0c52-8d0e-4a57-9a43-2f6f1d3be801';

test('recalls what is kept', { timeout: 60_000 }, async () => {
  const { call } = await samples();
  expect(await call('search', { words: 'stations', kinds: ['answer'] })).toContain('«stations»');
  expect(await call('search', { words: 'no-such-word-at-all' })).toBe('nothing was found');
  expect(await call('sessions', { project: 'berth' })).toContain('Fix the noon overlap');
  expect(await call('sessions', { project: 'berth', agent: 'codex' })).toBe('no sessions match');
  const shown = await call('session', { session: '6b1f0c52' });
  expect(shown).toContain(`id: ${berth}`);
  expect(shown).toContain(' · prompt · ');
  expect(await call('session', { session: '6b1f0c52', kinds: ['error'] })).not.toContain(' · prompt · ');
  expect(await call('handoff', { session: '6b1f0c52' })).toContain(`session: "${berth}"`);
  expect(await call('file_history', { path: 'data/stations.csv' })).toContain('+2 −0 · Edit');
  expect(await call('usage', { group: 'model', days: 3660 })).toContain('claude-opus-5 · $');
  expect(await call('active')).toBe('no agent is at work');
  expect(await call('why', { what: 'toolu_01EBa6HozvfGKeHpxjBi8Ng8' })).toMatch(
    /^operation toolu_01EBa6.*\n.*\n.* · prompt in d9b7f640/,
  );
  expect(await call('why', { what: 'no-such-thing' })).toMatch(/^!NOT_FOUND/);
  expect(await call('issue', { issue: 'NO-1' })).toMatch(/^!NOT_FOUND: .*NO-1/);
});

test('says what went wrong, and goes on', { timeout: 60_000 }, async () => {
  const { call } = await samples();
  expect(await call('session', { session: 'nope' })).toMatch(/^!NOT_FOUND: .*nope.*\n.*clew sessions/);
  expect(await call('session', {})).toMatch(/^!.*session/);
  expect(await call('search', { words: 'x', limit: 3 })).toMatch(/^!.*limit/);
  expect(await call('search', { words: 'x', max_tokens: 'many' })).toMatch(/^!.*max_tokens/);
  expect(await call('handoff')).toMatch(/^!NOT_FOUND: no session of/);
  await expect(call('no_such_tool')).rejects.toThrow('no_such_tool');
  expect(await call('sessions')).toContain('Fix the noon overlap');
});

test(
  'answers within a bound, at whole entries, and says how to get the rest',
  { timeout: 60_000 },
  async () => {
    const { call } = await samples();
    const whole = (await call('search', { words: 'the', max_tokens: 50_000 })).split('\n');
    const got: string[] = [];
    for (let offset = 0; ;) {
      const answer = await call('search', { words: 'the', max_tokens: 400, offset });
      expect(answer.length).toBeLessThanOrEqual(1600);
      const lines = answer.split('\n');
      const next = /^… \d+ more left out: call again with offset (\d+)/.exec(lines.at(-1) ?? '')?.[1];
      got.push(...lines.slice(0, next === undefined ? undefined : -1));
      if (next === undefined) break;
      offset = Number(next);
    }
    expect(whole.length).toBeGreaterThan(20);
    expect(got).toEqual(whole);
    expect((await call('handoff', { session: '0e64b7d3', max_tokens: 500 })).length).toBeLessThanOrEqual(
      2000,
    );
  },
);

test('has sessions and handoffs as resources', { timeout: 60_000 }, async () => {
  const { client } = await samples();
  const { resources } = await client.listResources();
  const uris = resources.map((one) => one.uri);
  expect(uris).toContain(`clew://session/${berth}`);
  expect(uris).toContain(`clew://handoff/${berth}`);
  const { resourceTemplates } = await client.listResourceTemplates();
  expect(resourceTemplates.map((one) => one.uriTemplate).toSorted()).toEqual([
    'clew://handoff/{id}',
    'clew://session/{id}',
  ]);
  for (const kind of ['session', 'handoff']) {
    const { contents } = await client.readResource({ uri: `clew://${kind}/6b1f0c52` });
    expect((contents[0] as { text: string }).text).toContain('noon overlap');
  }
  const missing = client.readResource({ uri: 'clew://session/nope' });
  await expect(missing).rejects.toThrow(/nope[^]*clew sessions/);
  await expect(missing).rejects.toMatchObject({ data: { uri: 'clew://session/nope' } });
});

test('only reads where it is told to', { timeout: 60_000 }, async () => {
  const { client } = await samples(['--read-only']);
  const { tools } = await client.listTools();
  expect(tools.filter((tool) => tool.annotations?.readOnlyHint !== true)).toEqual([]);
  expect(tools.map((tool) => tool.name)).not.toContain('note');
  await expect(client.callTool({ name: 'note', arguments: { text: 'x' } })).rejects.toThrow('note');
});

test('tells which tools record, and that none destroys', { timeout: 60_000 }, async () => {
  const { client } = await samples();
  const { tools } = await client.listTools();
  const recording = tools.filter((tool) => tool.annotations?.readOnlyHint === false).map((tool) => tool.name);
  expect(recording).toEqual(
    expect.arrayContaining(['checkpoint', 'start_work', 'finish_work', 'record_decision', 'note']),
  );
  expect(recording).not.toContain('search');
  expect(tools.filter((tool) => tool.annotations?.destructiveHint !== false)).toEqual([]);
  expect(tools.filter((tool) => (tool.description ?? '').length < 40)).toEqual([]);
});

test('records work, decisions, numbers, notes and checkpoints', { timeout: 120_000 }, async () => {
  const project = testProject();
  project.sh('echo 1 > a; git add -A; git commit -qm one');
  const { call } = await here(project);
  project.sh('echo 2 >> a; echo 3 >> a');
  expect(await call('blame', { path: 'a' })).toMatch(
    /^1 · .* · commit [0-9a-f]{12} · 1\n2–3 · .* · not committed · 2$/,
  );
  expect(await call('blame', { path: 'a', from: 2, to: 2 })).toMatch(/^2 · .* · not committed · 2$/);
  expect(await call('blame', { path: 'no-such-file' })).toMatch(/^!/);
  expect(await call('blame', { path: 'a', from: 3, to: 2 })).toMatch(/^!BAD_INPUT: .* from 3 to 2/);
  expect(await call('start_work', { issue: 'bd-7', rationale: 'it is first' })).toContain(
    'on bd-7 has begun',
  );
  expect(await call('work_status', { issue: 'bd-7', status: 'blocked' })).toContain('bd-7 is blocked');
  expect(
    await call('record_decision', { question: 'Which store?', selected: 'SQLite', issue: 'bd-7' }),
  ).toContain('Which store? → SQLite');
  expect(await call('record_decision', { question: 'Which?', selected: 'c', options: ['a', 'b'] })).toMatch(
    /^!BAD_INPUT: "c" is none of the options/,
  );
  expect(await call('record_metric', { name: 'coverage', value: 0.8 })).toContain(
    'coverage is recorded as 0.8',
  );
  expect(await call('note', { text: 'mind the gap' })).toContain('is recorded; it is for no session');
  expect(await call('checkpoint', { message: 'so far' })).toContain(project.root);
  expect(await call('finish_work', { notes: 'done' })).toContain('on bd-7 is over');
  expect(await call('finish_work', {})).toMatch(/^!NOT_FOUND: no open work/);
  const issue = await call('issue', { issue: 'bd-7' });
  expect(issue).toMatch(
    /^bd-7 · in no tracker here\n0 sessions of tester, .* 0 tokens, .*\nfrom .* to .*, \d+ s, of these active 0 s\n/,
  );
  expect(issue).toContain('work done by tester · it is first → done');
  expect(issue).toContain('Which store? → SQLite');
  expect(await call('why', { what: 'bd-7' })).toContain('Which store? → SQLite');

  const { clew } = project;
  await clew.import();
  expect(clew.work()).toMatchObject([
    {
      issue: 'bd-7',
      agent: 'tester',
      rationale: 'it is first',
      status: 'blocked',
      notes: 'done',
      completed: true,
    },
  ]);
  expect(clew.decisions()).toMatchObject([{ question: 'Which store?', selected: 'SQLite', issue: 'bd-7' }]);
  expect(clew.metrics()).toMatchObject([{ name: 'coverage', value: 0.8 }]);
  expect(clew.notes()).toMatchObject([{ text: 'mind the gap' }]);
  expect(clew.checkpoints()).toMatchObject([{ message: 'so far', trigger: 'manual' }]);
});

test('finds the session that it is called from', { timeout: 120_000 }, async () => {
  const project = testProject();
  const { clew, root, context } = project;
  const [mine, other] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
  const prompt = (session: string, at: number) => {
    const told = {
      sessionId: session,
      uuid: `${session}-p`,
      timestamp: new Date(at).toISOString(),
      cwd: root,
    };
    const folder = path.join(context.home, '.claude', 'projects', 'p');
    mkdirSync(folder, { recursive: true });
    const record = { ...told, type: 'user', message: { role: 'user', content: 'go on' } };
    writeFileSync(path.join(folder, `${session}.jsonl`), `${JSON.stringify(record)}\n`);
  };
  prompt(mine, Date.now());
  const only = await here(project);
  expect(await only.call('note', { text: 'one' })).toContain(
    `session ${mine.slice(0, 18)}, the only one at work in this folder`,
  );

  prompt(other, Date.now());
  expect(await only.call('note', { text: 'two' })).toMatch(/^!AMBIGUOUS: several sessions are at work/);
  expect(await only.call('note', { text: 'three', session: 'aaaa' })).toContain(mine.slice(0, 18));
  expect(await only.call('start_work', { issue: 'bd-7', session: mine })).not.toContain('!');
  expect(await only.call('start_work', { issue: 'bd-7', session: other })).toMatch(
    new RegExp(`\\n! at work on it, too: claude-code in session ${mine.slice(0, 18)}$`),
  );
  const named = await here(project, [], { CLEW_SESSION_ID: other });
  expect(await named.call('note', { text: 'four' })).toContain(
    `${other.slice(0, 18)}, named by CLEW_SESSION_ID`,
  );

  // The agent's list of its processes: this one, which has started the server.
  const processes = path.join(context.home, '.claude', 'sessions');
  mkdirSync(processes, { recursive: true });
  writeFileSync(
    path.join(processes, `${process.pid}.json`),
    JSON.stringify({ pid: process.pid, sessionId: other }),
  );
  const started = await here(project);
  expect(await started.call('note', { text: 'five' })).toContain(
    `${other.slice(0, 18)}, found by your process`,
  );
  // An agent that takes up a session takes up another than its own.
  expect(await started.call('handoff')).toContain(`session: "${mine}"`);
  const env = { PATH: process.env['PATH'], HOME: context.home, CLEW_HOME: context.clewHome };
  const shell = await run(process.execPath, [program, 'handoff'], { env, cwd: root });
  expect(shell.stdout).toContain(`session: "${mine}"`);
  expect(await started.call('active')).toContain(`${other.slice(0, 18)} (you)`);

  await clew.import();
  const kept = Object.fromEntries(clew.notes().map((one) => [one.text, one.session]));
  expect(kept).toEqual({ one: mine, three: mine, four: other, five: other });
});

test('works in the folder that is named', { timeout: 60_000 }, async () => {
  const project = testProject();
  const { context } = project;
  const elsewhere = await serve({ home: context.home, clewHome: context.clewHome, cwd: context.home }, [
    '--project',
    project.root,
  ]);
  expect(await elsewhere.call('checkpoint')).toContain(` of ${project.root}:`);
});

test('ends with its input, and refuses a folder that is none', { timeout: 60_000 }, () => {
  const folder = tempFolder();
  const start = (input: string, ...args: string[]) =>
    spawnSync(process.execPath, [program, 'mcp', ...args], {
      env: { PATH: process.env['PATH'], HOME: folder, CLEW_HOME: path.join(folder, 'clew') },
      cwd: folder,
      stdio: [openSync(input, 'r'), 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  expect(start('/dev/null')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(start('/dev/null', '--project', 'nowhere')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('"nowhere" is no folder') as string,
  });
});

test(
  'keeps sessions and the activity log for agents that clew does not read',
  { timeout: 120_000 },
  async () => {
    const project = testProject();
    project.sh('echo 1 > a; git add -A; git commit -qm one');
    const { call } = await here(project);
    expect(await call('end_session')).toMatch(/^!NOT_FOUND: no session is at work here/);
    const begun = await call('start_session', { goal: 'try it', agent_type: 'custom', agent_name: 'weaver' });
    const id = /^session ([0-9a-f-]{36}) has begun/.exec(begun)?.[1] ?? begun;
    expect(await call('start_session', { agent_type: 'custom', agent_name: 'weaver' })).toMatch(
      /^!WRONG_STATE/,
    );
    expect(await call('note', { text: 'in it' })).toContain(`${id.slice(0, 18)}, the only one at work`);
    const event = { event_type: 'test.run_started', fields: {}, session: id };
    expect(await call('record_event', event)).toMatch(/^!BAD_INPUT/);
    expect(await call('record_event', { ...event, event_type: 'no_such_type' })).toMatch(/^!.*event_type/);
    const told = { agent: 'weaver', error_type: 'Trouble', error_message: 'it broke', context: {} };
    expect(await call('record_event', { event_type: 'error', fields: told, session: id })).toMatch(
      /^event \S+ is recorded; it is for session/,
    );
    expect(await call('end_session', { status: 'failed', message: 'no use' })).toBe(
      `session ${id} is failed`,
    );
    expect(await call('end_session', { session: id })).toContain('stays as it is');
    await project.clew.import();
    expect(project.clew.session(id)).toMatchObject({ goal: 'try it', status: 'failed' });
    expect(project.clew.events()).toMatchObject([{ type: 'error' }]);
  },
);
