// Live: what is written is taken in as it is written, from transcripts and from the spool.
import { appendFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TimelineEntry } from '../src/index.ts';
import { testHome } from './support/home.ts';
import type { TestHome } from './support/home.ts';

const id = '55555555-5555-4555-8555-555555555555';
const stamp = (n: number): string => new Date(Date.now() + n).toISOString();
const common = { sessionId: id, cwd: '/work', version: '2.1.329', isSidechain: false };
const line = (value: object): string => `${JSON.stringify({ ...common, ...value })}\n`;
const prompt = (words: string): string =>
  line({
    type: 'user',
    uuid: words,
    parentUuid: null,
    timestamp: stamp(0),
    message: { role: 'user', content: words },
  });
const call = (tool: string, command: string): string =>
  line({
    type: 'assistant',
    uuid: `a-${tool}`,
    timestamp: stamp(1),
    message: {
      id: `m-${tool}`,
      role: 'assistant',
      model: 'claude-opus-5',
      stop_reason: 'tool_use',
      usage: { input_tokens: 1, output_tokens: 1 },
      content: [{ type: 'tool_use', id: tool, name: 'Bash', input: { command } }],
    },
  });
const result = (tool: string): string =>
  line({
    type: 'user',
    uuid: `r-${tool}`,
    timestamp: stamp(2),
    toolUseResult: { stdout: 'ok', stderr: '', interrupted: false },
    message: {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: tool, content: 'ok', is_error: false }],
    },
  });

/** Waits until something holds; fails after five seconds. */
async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 250; n++) {
    if (holds()) return;
    await sleep(20);
  }
  expect(holds()).toBe(true);
}

function aborting(): AbortController {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  return controller;
}

function spool(home: TestHome, name: string, payload: object | string): void {
  const folder = path.join(home.context.clewHome, 'spool');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), typeof payload === 'string' ? payload : JSON.stringify(payload));
}

describe('following a session', () => {
  test('tells each entry once, and an operation again when it has ended', async () => {
    const home = testHome();
    const file = home.write(`p/${id}.jsonl`, []);
    appendFileSync(file, prompt('begin'));
    const clew = home.open();
    await clew.import();
    const told: TimelineEntry[] = [];
    const controller = aborting();
    const following = clew.follow(id, (entry) => told.push(entry), { signal: controller.signal });
    await until(() => told.length === 1);
    const before = performance.now();
    appendFileSync(file, call('t1', 'make'));
    await until(() => told.length === 2);
    expect(performance.now() - before).toBeLessThan(2000);
    appendFileSync(file, result('t1'));
    await until(() => told.length === 3);
    expect(told.map((entry) => entry.operation?.status ?? entry.text)).toEqual([
      'begin',
      'pending',
      'success',
    ]);
    controller.abort();
    await following;
  });

  test('sees sessions and projects that were not there when it began', async () => {
    const home = testHome();
    const clew = home.open();
    const told: TimelineEntry[] = [];
    const controller = aborting();
    const following = clew.follow(undefined, (entry) => told.push(entry), { signal: controller.signal });
    await sleep(300);
    const file = home.write(`new-project/${id}.jsonl`, []);
    appendFileSync(file, prompt('hello'));
    await until(() => told.some((entry) => entry.text === 'hello'));
    expect(told).toHaveLength(1);
    controller.abort();
    await following;
  });
});

describe('hook calls', () => {
  const pre = {
    hook_event_name: 'PreToolUse',
    session_id: id,
    cwd: '/work',
    tool_name: 'Bash',
    tool_use_id: 't1',
    tool_input: { command: 'make' },
  };
  const post = { ...pre, hook_event_name: 'PostToolUse', tool_response: { stdout: 'ok' }, duration_ms: 1234 };

  test('become one operation with what the transcript tells, whichever comes first', async () => {
    const orders = [
      ['hooks', 'transcript'],
      ['transcript', 'hooks'],
    ];
    const operations = [];
    for (const order of orders) {
      const home = testHome();
      const clew = home.open();
      for (const channel of order) {
        if (channel === 'hooks') {
          spool(home, 'claude-code.1.1.0.json', pre);
          spool(home, 'claude-code.1.2.0.json', post);
        } else
          home.write(`p/${id}.jsonl`, [prompt('go').trim(), call('t1', 'make').trim(), result('t1').trim()]);
        await clew.import();
      }
      const { startedAt: _, record: __, ...operation } = clew.operation('t1');
      operations.push({ ...operation, turn: 'the same' });
      expect(clew.session(id).operations).toBe(1);
    }
    expect(operations[0]).toMatchObject({
      name: 'Bash',
      target: 'make',
      status: 'success',
      durationMs: 1234,
      durationFrom: 'agent',
    });
    expect(operations[0]).toEqual(operations[1]);
  });

  test('are taken in once, though a process died before it could delete them', async () => {
    const home = testHome();
    const clew = home.open();
    spool(home, 'claude-code.1.1.0.json', pre);
    const file = path.join(home.context.clewHome, 'spool', 'claude-code.1.1.0.json');
    const { utimesSync } = await import('node:fs');
    utimesSync(file, 1_760_000_000, 1_760_000_000);
    await clew.import();
    expect(readdirSync(path.dirname(file))).toEqual([]);
    writeFileSync(file, JSON.stringify(pre));
    utimesSync(file, 1_760_000_000, 1_760_000_000);
    expect((await clew.import()).hookCalls).toBe(0);
    expect(readdirSync(path.dirname(file))).toEqual([]);
    // Another call may have the same name, as process ids come again: its time is another.
    spool(home, 'claude-code.1.1.0.json', post);
    expect((await clew.import()).hookCalls).toBe(1);
  });

  test('that are no JSON, or are being written, are kept and not fatal', async () => {
    const home = testHome();
    const clew = home.open();
    spool(home, 'claude-code.1.1.0.json', 'no json at all');
    spool(home, 'claude-code.1.2.0.part', '{"half":');
    spool(home, 'claude-code.1.3.0.json', pre);
    expect((await clew.import()).hookCalls).toBe(2);
    expect((await clew.doctor()).oddities).toMatchObject([
      { kind: 'wrong-shape', what: 'hook payload', count: 1 },
    ]);
    expect(readdirSync(path.join(home.context.clewHome, 'spool'))).toEqual(['claude-code.1.2.0.part']);
  });

  test('are redacted before they are kept', async () => {
    const home = testHome();
    const clew = home.open();
    const secret = ['ghp', '_', 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8'].join('');
    spool(home, 'claude-code.1.1.0.json', { ...pre, tool_input: { command: `curl -H 'token: ${secret}'` } });
    await clew.import();
    expect(clew.operation('t1').target).toContain('[REDACTED:');
    const files = readdirSync(home.context.clewHome, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    const leaking = files.filter((entry) =>
      readFileSync(path.join(entry.parentPath, entry.name)).includes(secret),
    );
    expect(leaking).toEqual([]);
  });
});
