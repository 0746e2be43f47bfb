// Logs of subAgentTracking taken in as a whole: found in a project, while they grow, twice, and read anew from what was kept.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { constants, createGzip } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClew, systemContext } from '../../index.ts';
import type { Clew } from '../../index.ts';

let home: string;
let project: string;
beforeEach(() => {
  home = mkdtempSync(path.join(os.tmpdir(), 'clew-tracking-'));
  project = path.join(home, 'harbour');
  mkdirSync(path.join(project, '.subagent', 'logs'), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const at = (name: string): string => path.join(project, '.subagent', 'logs', name);
async function withClew<T>(
  work: (clew: Clew) => T | Promise<T>,
  env: Record<string, string> = {},
): Promise<T> {
  const system = systemContext({ HOME: home, CLEW_HOME: path.join(home, 'clew'), ...env });
  const clew = openClew({ context: { ...system, cwd: project } });
  try {
    await clew.import();
    return await work(clew);
  } finally {
    clew.close();
  }
}

const session = 'session_20260203_101500';
const event = (n: number, of = session): string =>
  `${JSON.stringify({
    event_type: 'tool_usage',
    timestamp: new Date(Date.UTC(2026, 1, 3, 10, 15, n)).toISOString(),
    session_id: of,
    event_id: `evt_${String(n).padStart(3, '0')}`,
    agent: 'coder',
    tool: 'Bash',
    operation: `make ${n}`,
    success: n % 2 === 0,
  })}\n`;
const events = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => event(from + i));

async function gzipped(lines: readonly string[]): Promise<Buffer> {
  const gzip = createGzip();
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  for (const line of lines) {
    gzip.write(line);
    await new Promise<void>((done) => gzip.flush(constants.Z_SYNC_FLUSH, done));
  }
  return Buffer.concat(parts);
}

test('a log of the project that the user is in is found, and its sessions are sessions', async () => {
  writeFileSync(at(`${session}.jsonl`), events(0, 4).join(''));
  await withClew((clew) => {
    expect(clew.sessions()).toMatchObject([
      { id: session, agent: 'subagent-tracking', workspace: project, operations: 4, errors: 2 },
    ]);
    expect(clew.search('make').map((hit) => hit.kind)).toHaveLength(4);
    expect(clew.events({ session })).toHaveLength(4);
  });
});

test('legacy folders, and the folder that the environment names', async () => {
  const elsewhere = path.join(home, 'elsewhere');
  for (const [folder, of] of [
    [path.join(project, '.claude', 'logs'), 'session_20260101_000001'],
    [path.join(elsewhere, 'logs'), 'session_20260101_000002'],
  ] as const) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${of}.jsonl`), event(0, of));
  }
  const found = await withClew((clew) => clew.sessions().map((one) => one.id), {
    SUBAGENT_DATA_DIR: elsewhere,
  });
  expect(found.toSorted()).toEqual(['session_20260101_000001', 'session_20260101_000002']);
});

test.each(['.jsonl', '.jsonl.gz'])('a log that grows: %s', async (ending) => {
  for (let n = 1; n < 10; n++) {
    const lines = events(0, n);
    writeFileSync(at(session + ending), ending === '.jsonl' ? lines.join('') : await gzipped(lines));
    expect(await withClew((clew) => clew.events().length)).toBe(n);
  }
});

test('a line that is half written waits until it is whole', async () => {
  const file = at(`${session}.jsonl`);
  writeFileSync(file, event(0) + event(1).slice(0, 40));
  expect(await withClew((clew) => clew.events().length)).toBe(1);
  appendFileSync(file, event(1).slice(40));
  await withClew(async (clew) => {
    expect(clew.events()).toHaveLength(2);
    expect((await clew.doctor()).oddities).toEqual([]);
  });
});

test('a killed writer, another that went on in the same file, and ids that begin anew: all count, and once', async () => {
  const later = events(0, 3).map((line) => line.replace('10:15', '11:30'));
  writeFileSync(
    at(`${session}.jsonl.gz`),
    Buffer.concat([await gzipped(events(0, 5)), await gzipped(later)]),
  );
  expect(await withClew((clew) => clew.events().length)).toBe(8);
  // The same lines in a copy, plain under a name of its own.
  const copy = path.join(home, 'backup', session);
  mkdirSync(copy, { recursive: true });
  writeFileSync(path.join(copy, 'activity.jsonl'), [...events(0, 5), ...later].join(''));
  await withClew(async (clew) => {
    await clew.import({ paths: [path.join(home, 'backup')] });
    expect(clew.events()).toHaveLength(8);
    expect(clew.sessions()).toMatchObject([{ operations: 8 }]);
  });
});

test('gzip bytes under a plain name are read as what they are', async () => {
  writeFileSync(at(`${session}.jsonl`), await gzipped(events(0, 3)));
  expect(await withClew((clew) => clew.events().length)).toBe(3);
});

test('a log that was made anew under the same name is read from its start', async () => {
  writeFileSync(at(`${session}.jsonl`), events(0, 3).join(''));
  await withClew(() => {});
  const other = `${JSON.stringify({ timestamp: '2026-02-04T00:00:00Z', event_type: 'tool_usage', session_id: session, event_id: 'evt_001', agent: 'a', tool: 'T' })}\n`;
  writeFileSync(at(`${session}.jsonl`), other + events(5, 9).join(''));
  expect(await withClew((clew) => clew.events().length)).toBe(8);
});

test('what is wrong is kept, and doctor names the field', async () => {
  const bad = [
    { confidence: 1.4 },
    { options: 'yes' },
    { rationale: null },
    { timestamp: '2026-02-03' },
    { event_id: '7' },
  ].map((wrong) =>
    JSON.stringify({
      event_type: 'decision',
      timestamp: '2026-02-03T10:00:00Z',
      session_id: session,
      event_id: 'evt_001',
      agent: 'a',
      question: 'q',
      options: ['yes'],
      selected: 'yes',
      rationale: 'r',
      ...wrong,
    }),
  );
  writeFileSync(
    at(`${session}.jsonl`),
    `${[...bad, '{"event_type":"weather.changed"}', 'no json', '{}'].join('\n')}\n`,
  );
  writeFileSync(at('agent_errors.jsonl'), '{\n  "error": \n}\n');
  await withClew(async (clew) => {
    const { oddities } = await clew.doctor();
    expect(oddities.map((one) => one.what).toSorted()).toEqual([
      'agent_errors.jsonl, which is no log',
      'decision.confidence is not a number from 0 to 1',
      'decision.event_id is not a string that begins with evt_',
      'decision.options is not a list of strings',
      'decision.rationale is missing',
      'decision.timestamp is not a time in ISO 8601 with a time of day, such as 2026-01-12T09:00:00Z',
      'no type',
      'not a JSON object',
      'weather.changed',
    ]);
    expect(clew.events()).toEqual([]);
  });
});

test('written as a log, and read from that elsewhere, events are the same', async () => {
  const uuid = '5f0a7a52-6c1e-4b0e-9a55-0c5d4b3c2d11';
  const told = await withClew(async (clew) => {
    clew.recordEvent({ event_type: 'test.run_started', test_suite: 'unit' });
    await clew.import({ paths: [path.join(import.meta.dirname, 'golden', '0.1.0', 'logs')] });
    return clew.sessions().map((one) => ({
      id: one.id,
      log: clew.export(one.id, 'activity-log'),
    }));
  });
  expect(told.map((one) => one.id)).toHaveLength(4);
  for (const { id, log } of told) writeFileSync(at(`${id}.jsonl`), log);
  writeFileSync(at('session_1.jsonl'), event(1, `session_${uuid}`));
  await withClew(
    (clew) => {
      const ofLog = (n: number): unknown => told[n]?.log.split('\n').filter(Boolean).length;
      expect(told.map((one) => clew.events({ session: one.id }).length)).toEqual(
        told.map((_, n) => ofLog(n)),
      );
      expect(told.map((one) => clew.export(one.id, 'activity-log'))).toEqual(told.map((one) => one.log));
      expect(clew.events({ session: uuid })).toHaveLength(1);
    },
    { CLEW_HOME: path.join(home, 'other') },
  );
});

test('read anew from what was kept, all is the same', async () => {
  const golden = path.join(import.meta.dirname, 'golden', '0.1.0');
  await withClew(async (clew) => {
    await clew.import({ paths: [golden] });
    const all = (): unknown => [
      clew.events(),
      clew.sessions(),
      clew.sessions().map((one) => clew.timeline(one.id)),
    ];
    const before = all();
    clew.reindex();
    expect(all()).toEqual(before);
    await clew.import({ paths: [golden] });
    expect(all()).toEqual(before);
  });
});
