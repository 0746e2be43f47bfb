// `clew stats` and the two summaries, on hand-made sessions whose numbers can be added up by eye.
import { describe, expect, test } from 'vitest';
import type { Clew } from '../src/index.ts';
import { testHome } from './support/home.ts';

const minute = 60_000;
const noon = Date.parse('2026-11-20T12:00:00Z');
const session = '5e550000-0000-4000-8000-000000000001';

interface Step {
  readonly at: number;
  readonly prompt?: string;
  /** Calls that one response asks for, and how they end. */
  readonly calls?: readonly { id: string; name: string; input: object; error?: string; ms?: number }[];
  readonly model?: string;
  readonly cached?: number;
}

/** Lines of a transcript: each response has 100 tokens of input and 10 of output, beside what was cached. */
function transcript(steps: readonly Step[], id = session): object[] {
  let n = 0;
  const common = (at: number) => ({
    sessionId: id,
    cwd: '/home/me/garden',
    version: '2.1.329',
    uuid: `${id.slice(-2)}-${n++}`,
    timestamp: new Date(at).toISOString(),
  });
  return steps.flatMap(({ at, prompt, calls = [], model = 'claude-haiku-4-5', cached = 0 }) => [
    ...(prompt === undefined
      ? []
      : [{ ...common(at), type: 'user', message: { role: 'user', content: prompt } }]),
    ...calls.map((call) => ({
      ...common(at),
      type: 'assistant',
      message: {
        id: `msg_${id.slice(-2)}_${at}`,
        role: 'assistant',
        model,
        stop_reason: 'tool_use',
        content: [{ type: 'tool_use', id: call.id, name: call.name, input: call.input }],
        usage: {
          input_tokens: 100,
          output_tokens: 10,
          cache_read_input_tokens: cached,
          cache_creation_input_tokens: 0,
        },
      },
    })),
    ...calls.map(({ id: tool, error, ms = 1000 }) => ({
      ...common(at + ms),
      type: 'user',
      message: {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: tool,
            content: error ?? 'ok',
            ...(error && { is_error: true }),
          },
        ],
      },
    })),
  ]);
}

const bash = (id: string, command: string, error?: string, ms?: number) => ({
  id,
  name: 'Bash',
  input: { command },
  ...(error !== undefined && { error }),
  ...(ms !== undefined && { ms }),
});
const edit = (id: string, file: string) => ({
  id,
  name: 'Edit',
  input: { file_path: `/home/me/garden/${file}`, old_string: 'a', new_string: 'b' },
});

async function told(
  steps: readonly Step[],
  others: Readonly<Record<string, readonly Step[]>> = {},
): Promise<Clew> {
  const home = testHome({ now: () => noon + 24 * 60 * minute });
  home.write(`-home-me-garden/${session}.jsonl`, transcript(steps));
  for (const [id, list] of Object.entries(others))
    home.write(`-home-me-garden/${id}.jsonl`, transcript(list, id));
  const clew = home.open();
  await clew.import();
  return clew;
}

const failing = 'Exit code 1\n\n> jest\nError: expected 3 to be 4 in /home/me/garden/a.test.ts:12';

describe('errors', () => {
  const steps: Step[] = [
    { at: noon, prompt: 'Mend it.', calls: [bash('t1', 'npm test', failing)] },
    { at: noon + minute, calls: [edit('t2', 'src/a.ts')] },
    { at: noon + 2 * minute, calls: [bash('t3', 'npm test', failing.replace('3 to be 4', '5 to be 6'))] },
    { at: noon + 3 * minute, calls: [edit('t4', 'src/a.ts')] },
    { at: noon + 4 * minute, calls: [bash('t5', 'npm test')] },
    { at: noon + 5 * minute, calls: [bash('t6', 'ls /nowhere', 'ls: cannot access /nowhere: No such file')] },
  ];

  test('of one shape are one, with what was done before the same command went well', async () => {
    const clew = await told(steps);
    const [first, second] = clew.stats().errors;
    expect(first).toMatchObject({
      count: 2,
      sessions: 1,
      tools: ['Bash'],
      fixed: 2,
      fixedBy: [{ what: 'changing a.ts', count: 2 }],
      operation: 't3',
    });
    expect(first?.shape).toBe('Error: expected N to be N in <path>');
    expect(second).toMatchObject({ count: 1, fixed: 0, fixedBy: [], operation: 't6' });
  });

  test('that come often are worth a word, with the number', async () => {
    const again = Array.from({ length: 5 }, (_, i): Step => ({
      at: noon + i * minute,
      calls: [bash(`f${i}`, 'npm test', failing)],
    }));
    const clew = await told([...again, { at: noon + 9 * minute, calls: [bash('g', 'npm test')] }]);
    expect(clew.stats().recommendations[0]?.message).toBe(
      'Bash failed 5 times in 1 session with the same error (Error: expected 3 to be 4 in /home/me/garden/a.test.ts:12); fixed each time, mostly by doing it again',
    );
  });
});

describe('tools', () => {
  test('share the response that asked for several of them', async () => {
    const clew = await told([
      { at: noon, prompt: 'Look.', calls: [bash('t1', 'ls', undefined, 500), edit('t2', 'a.ts')] },
      { at: noon + minute, calls: [bash('t3', 'pwd', undefined, 1500)] },
    ]);
    const { tools } = clew.stats();
    // A response is 110 tokens, 150 micro-dollars.
    expect(tools.map(({ name, calls, tokens, cost }) => ({ name, calls, tokens, cost }))).toEqual([
      { name: 'Bash', calls: 2, tokens: 165, cost: 225 },
      { name: 'Edit', calls: 1, tokens: 55, cost: 75 },
    ]);
    expect(tools.reduce((n, one) => n + one.cost, 0)).toBe(clew.stats().sessions.cost.computed);
  });

  test('succeed, fail, are blocked or interrupted; durations are by nearest rank', async () => {
    const calls = [
      ...Array.from({ length: 98 }, (_, i) => bash(`s${i}`, `echo ${i}`, undefined, i + 1)),
      bash('slow', 'sleep 9', undefined, 9000),
      bash('bad', 'false', 'Exit code 1'),
    ];
    const denied = "The user doesn't want to proceed with this tool use. The tool use was rejected";
    const clew = await told([
      ...calls.map((call, i): Step => ({ at: noon + i * minute, calls: [call] })),
      { at: noon + 200 * minute, calls: [bash('no', 'rm -rf /', denied)] },
    ]);
    const [tool] = clew.stats({ since: 0 }).tools;
    expect(tool).toMatchObject({ calls: 101, success: 99, failed: 1, blocked: 1, successRate: 0.99 });
    // Of 101 durations: 1 to 98 ms, three of a second and more.
    expect(tool?.durations).toMatchObject({ p95: 96, p99: 1000, longest: 9000 });
    expect(clew.stats({ since: 0 }).slowest[0]).toMatchObject({
      id: 'slow',
      durationMs: 9000,
      target: 'sleep 9',
    });
  });
});

test('models: what of the prompts came out of the cache', async () => {
  const clew = await told([
    { at: noon, prompt: 'Look.', calls: [bash('t1', 'ls')], cached: 300 },
    { at: noon + minute, calls: [bash('t2', 'ls')], model: 'mystery-9' },
  ]);
  const models = new Map(clew.stats().models.map((one) => [one.model, one]));
  expect(models.get('claude-haiku-4-5')).toMatchObject({ cacheHits: 0.75, cost: { unpricedTokens: 0 } });
  expect(models.get('mystery-9')).toMatchObject({ cacheHits: 0, cost: { computed: 0, unpricedTokens: 110 } });
});

test('waiting: until the next prompt, unless nobody was there', async () => {
  const clew = await told([
    { at: noon, prompt: 'One.', calls: [bash('t1', 'ls')] },
    { at: noon + 5 * minute, prompt: 'Two.', calls: [bash('t2', 'ls')] },
    { at: noon + 90 * minute, prompt: 'Three.' },
  ]);
  const { waiting, away } = clew.stats().sessions;
  // The last thing done is the call, at which its result is put.
  expect(waiting).toEqual({ times: 1, total: 5 * minute, median: 5 * minute });
  expect(away).toBe(85 * minute);
});

test('only what was done in the time counts', async () => {
  const clew = await told([
    { at: noon - 24 * 60 * minute, prompt: 'Yesterday.', calls: [bash('t1', 'ls')] },
    { at: noon, prompt: 'Today.', calls: [bash('t2', 'ls'), bash('t3', 'ls')] },
  ]);
  const { tools, sessions } = clew.stats({ since: noon - minute });
  expect([tools[0]?.calls, sessions.tokens.output]).toEqual([2, 10]);
});

describe('the summary of a day', () => {
  const steps: Step[] = [
    { at: Date.parse('2026-11-19T23:30:00Z'), prompt: 'Late.', calls: [bash('t1', 'ls')] },
    { at: noon, prompt: 'Noon.', calls: [bash('t2', 'ls'), bash('t3', 'false', 'Exit code 1')] },
  ];

  test('has exactly its fields', async () => {
    const clew = await told(steps);
    expect(clew.daily({ at: noon, timezone: 'UTC' })).toEqual({
      date: '2026-11-20',
      userId: expect.any(String),
      sessionCount: 1,
      operationCount: 2,
      totalTokens: 110,
      totalCost: 150,
      successRate: 0.5,
      blockedOperations: 0,
    });
  });

  test('is of the day where the user is', async () => {
    const clew = await told(steps);
    const of = (timezone: string) => clew.daily({ at: noon, timezone }).operationCount;
    expect([of('UTC'), of('Europe/Berlin')]).toEqual([2, 3]);
    expect(clew.daily({ at: noon - 48 * 60 * minute, timezone: 'UTC' })).toMatchObject({
      sessionCount: 0,
      operationCount: 0,
      totalCost: 0,
      successRate: 1,
    });
  });
});

describe('the summary of a project', () => {
  test('has exactly its fields, of the period that is going on', async () => {
    const clew = await told([
      { at: Date.parse('2026-10-31T12:00:00Z'), prompt: 'Last month.', calls: [bash('t0', 'ls')] },
      { at: noon, prompt: 'Now.', calls: [bash('t1', 'ls'), edit('t2', 'a.ts')] },
      { at: noon + minute, calls: [bash('t3', 'ls')], model: 'claude-opus-4-5' },
    ]);
    const summary = clew.projectSummary({ at: noon, timezone: 'UTC', project: 'garden' });
    expect(summary).toEqual({
      projectId: '/home/me/garden',
      period: 'month',
      activeUsers: 1,
      totalCost: 150 + 750,
      topModels: [
        { model: 'claude-opus-4-5', cost: 750 },
        { model: 'claude-haiku-4-5', cost: 150 },
      ],
      topOperations: [
        { type: 'execute', count: 2 },
        { type: 'write', count: 1 },
      ],
    });
  });

  test('is named by a part of its path that only one has', async () => {
    const clew = await told([{ at: noon, prompt: 'Now.' }]);
    expect(() => clew.projectSummary({ project: 'nowhere' })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    expect(clew.projectSummary().projectId).toBe('/home/me/garden');
  });
});
