// Events recorded through the library: what is acknowledged is kept, and what is wrong is told.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClew, systemContext } from '../index.ts';
import type { Clew, NewEvent } from '../index.ts';

let home: string;
let clew: Clew;
const opened = (env: Record<string, string> = {}): Clew =>
  openClew({
    context: systemContext({
      HOME: home,
      CLEW_HOME: path.join(home, 'clew'),
      PATH: process.env['PATH'],
      ...env,
    }),
  });
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'clew-events-'));
  clew = opened();
});
afterEach(() => {
  clew.close();
  rmSync(home, { recursive: true, force: true });
});
const uuid = '5f0a7a52-6c1e-4b0e-9a55-0c5d4b3c2d11';
const decision = {
  event_type: 'decision',
  agent: 'planner',
  question: 'Which parser?',
  options: ['own', 'bought'],
  selected: 'own',
  rationale: 'better errors',
} as const satisfies NewEvent;
const kept = (): string => {
  const folder = path.join(home, 'clew', 'spool', 'records');
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('');
};

test('an event is kept when its id is given, and told after the next look', async () => {
  const id = clew.recordEvent({ ...decision, confidence: 0.8, shift: 'night' });
  expect(kept()).toContain(id);
  await clew.import();
  expect(clew.events()).toMatchObject([
    {
      id,
      type: 'decision',
      agent: 'planner',
      session: 'session_default',
      parent: null,
      text: 'Which parser? → own\nbetter errors',
      event: { ...decision, event_id: id, session_id: 'session_default', confidence: 0.8, shift: 'night' },
    },
  ]);
  expect(clew.sessions()).toMatchObject([{ id: 'session_default' }]);
  expect(clew.timeline('session_default').entries).toMatchObject([{ kind: 'decision' }]);
  expect(clew.decisions()).toHaveLength(1);
});

test('the session: that of the event, that of the call, that of the environment', async () => {
  const inside = opened({ CLEW_SESSION_ID: uuid });
  inside.recordEvent({ ...decision, question: 'environment' });
  inside.recordEvent({ ...decision, question: 'call' }, { session: 'session_x1' });
  inside.recordEvent({ ...decision, question: 'event', session_id: 'session_x2' }, { session: 'session_x1' });
  inside.close();
  await clew.import();
  const told = clew.events().map((one) => [one.text.split(' ')[0], one.session, one.event['session_id']]);
  expect(told.toSorted(([a = ''], [b = '']) => ((a ?? '') < (b ?? '') ? -1 : 1))).toEqual([
    ['call', 'session_x1', 'session_x1'],
    ['environment', uuid, `session_${uuid}`],
    ['event', 'session_x2', 'session_x2'],
  ]);
});

test('an event came of another', async () => {
  const parent = clew.recordEvent({
    event_type: 'agent_invocation',
    agent: 'a',
    invoked_by: 'user',
    reason: 'r',
  });
  clew.recordEvent(decision, { parent });
  clew.recordEvents([
    { ...decision, question: 'own id', event_id: 'evt_001' },
    { event_type: 'tool_usage', agent: 'a', tool: 'Read', parent_event_id: 'evt_001' },
  ]);
  await clew.import();
  const all = clew.events();
  const named = all.find((one) => one.event['event_id'] === 'evt_001');
  expect(all.find((one) => one.text.startsWith('Which'))?.parent).toBe(parent);
  expect(all.find((one) => one.type === 'tool_usage')?.parent).toBe(named?.id);
});

test('ids that begin anew tell different events apart, and the same event told twice is one', async () => {
  const first = { ...decision, event_id: 'evt_001', timestamp: '2026-03-04T05:06:07Z' };
  const later = { ...first, timestamp: '2026-03-04T09:06:07Z' };
  clew.recordEvents([first, later]);
  clew.recordEvent(first);
  await clew.import();
  expect(clew.events()).toHaveLength(2);
});

test('all that is wrong with all of them is told, and none is recorded', () => {
  const many = [
    decision,
    { ...decision, confidence: 3 },
    { event_type: 'task.started', stage: 1 },
  ] as unknown as NewEvent[];
  expect(() => clew.recordEvents(many)).toThrow(
    expect.objectContaining({
      code: 'BAD_INPUT',
      message: [
        'event 2, decision: confidence is 3; wanted is a number from 0 to 1',
        'event 3, task.started: task_id is missing; wanted is a string',
        'event 3, task.started: task_name is missing; wanted is a string',
        'event 3, task.started: stage is 1; wanted is a string',
      ].join('\n'),
    }),
  );
  expect(kept()).toBe('');
});

test('no secret is written', () => {
  const key = ['ghp', 'q7Zx0LmT4vKpR9sWc2Yb8NfHd3JgA6uEi1Xo'].join('_');
  clew.recordEvent({
    event_type: 'tool_usage',
    agent: 'a',
    tool: 'Bash',
    parameters: { command: `login ${key}` },
  });
  expect(kept()).not.toContain(key);
  expect(kept()).toContain('[REDACTED:');
});

test('a writer that is killed loses nothing that it acknowledged', async () => {
  const script = path.join(home, 'writer.ts');
  const library = path.join(import.meta.dirname, '..', 'index.ts');
  writeFileSync(
    script,
    `import { writeSync } from 'node:fs';
     import { openClew, systemContext } from ${JSON.stringify(library)};
     const clew = openClew({ context: systemContext() });
     for (let i = 0; ; i++) {
       const event = { event_type: 'tool_usage', agent: 'a', tool: 'Bash', operation: 'step ' + i } as const;
       const ids = i % 3 === 0 ? clew.recordEvents([event, event, event]) : [clew.recordEvent(event)];
       writeSync(1, ids.join('\\n') + '\\n');
     }`,
  );
  const env = { PATH: process.env['PATH'], HOME: home, CLEW_HOME: path.join(home, 'clew') };
  const acknowledged = new Set<string>();
  for (const enough of [100, 1000, 2500]) {
    const writer = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const id of createInterface({ input: writer.stdout })) {
      acknowledged.add(id);
      if (acknowledged.size >= enough) writer.kill('SIGKILL');
    }
  }
  await clew.import();
  const told = new Set(clew.events().map((one) => one.id));
  expect([...acknowledged].filter((id) => !told.has(id))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThanOrEqual(2500);
}, 120_000);
