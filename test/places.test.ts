// Where sources are found: defaults, the environment, copies from other machines, the command line.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openClew } from '../src/index.ts';
import { testHome } from './support/home.ts';

const uuid = (n: number): string => `66666666-6666-4666-8666-66666666666${n}`;

function transcript(folder: string, n: number, cwd = '/work'): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${uuid(n)}.jsonl`);
  const record = {
    type: 'user',
    uuid: `u${n}`,
    sessionId: uuid(n),
    cwd,
    timestamp: `2026-10-0${n}T10:00:00.000Z`,
    message: { role: 'user', content: `hello ${n}` },
  };
  writeFileSync(file, `${JSON.stringify(record)}\n`);
  return file;
}

test('both default folders, CLAUDE_CONFIG_DIR, and copies from another machine under its label', async () => {
  const home = testHome();
  const { home: folder, clewHome } = home.context;
  transcript(path.join(home.projects, 'a'), 1);
  transcript(path.join(folder, '.config', 'claude', 'projects', 'b'), 2);
  transcript(path.join(folder, 'elsewhere', 'projects', 'c'), 3);
  transcript(path.join(folder, 'copies', 'laptop', '.claude', 'projects', 'd'), 4);
  mkdirSync(clewHome, { recursive: true });
  const sources = [{ agent: 'claude-code', path: '~/copies/laptop', machine: 'laptop' }];
  writeFileSync(path.join(clewHome, 'config.json'), JSON.stringify({ sources }));
  const clew = openClew({
    context: { ...home.context, env: { CLAUDE_CONFIG_DIR: path.join(folder, 'elsewhere') } },
  });
  const report = await clew.import();
  // Those of other agents follow.
  expect(report.roots.slice(0, 4).map((root) => root.origin)).toEqual([
    'CLAUDE_CONFIG_DIR',
    'default',
    'default',
    'config',
  ]);
  expect(Object.fromEntries(clew.sessions().map((row) => [row.id, row.machine]))).toEqual({
    [uuid(1)]: 'test-machine',
    [uuid(2)]: 'test-machine',
    [uuid(3)]: 'test-machine',
    [uuid(4)]: 'laptop',
  });
  clew.close();
});

test('a file or a folder named on the command line, wherever it lies', async () => {
  const home = testHome();
  const clew = home.open();
  const file = transcript(path.join(home.context.cwd, 'loose'), 5);
  transcript(path.join(home.context.cwd, 'folder', 'deep'), 6);
  expect(await clew.import({ paths: [file, path.join(home.context.cwd, 'folder')] })).toMatchObject({
    files: 2,
    failures: [],
  });
  await expect(clew.import({ paths: ['/nowhere/at/all'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a worktree belongs to the project above it', async () => {
  const home = testHome();
  transcript(path.join(home.projects, 'a'), 1, '/r/.claude/worktrees/x');
  transcript(path.join(home.projects, 'b'), 2, '/r');
  const clew = home.open();
  await clew.import();
  expect(clew.sessions().map((row) => row.project)).toEqual(['/r', '/r']);
  expect(clew.sessions({ project: 'worktrees/x' })).toHaveLength(1);
});

test.each([
  ['{ "sources": [', 'is no JSON'],
  ['{ "sorces": [] }', 'sorces'],
  ['{ "sources": [{ "path": 7 }] }', 'sources.0.path'],
  ['{ "redact": { "rules": [{ "name": "Bad Name", "pattern": "x" }] } }', 'redact.rules.0.name'],
])('settings that are wrong are refused, naming the place: %s', (text, place) => {
  const home = testHome();
  mkdirSync(home.context.clewHome, { recursive: true });
  writeFileSync(path.join(home.context.clewHome, 'config.json'), text);
  expect(() => openClew({ context: home.context })).toThrow(
    expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining(place) }),
  );
});

describe('a quick look', () => {
  const day = 86_400_000;
  const start = Date.UTC(2026, 9, 2);

  /** A home in which session 1 has been quiet for a month, all of it looked at an hour ago. */
  async function quietHome() {
    let now = start + 30 * day;
    const home = testHome({ now: () => now });
    const quiet = transcript(path.join(home.projects, 'a'), 1);
    const clew = home.open();
    await clew.import();
    now += 3_600_000;
    const grow = (file: string, n: number): void => {
      appendFileSync(
        file,
        readFileSync(file, 'utf8').split('\n')[0]?.replaceAll('"u', `"v${n}`).concat('\n') ?? '',
      );
    };
    return { home, clew, quiet, grow, later: (ms: number) => (now += ms) };
  }

  test('passes over what has been quiet for days, and a full look does not', async () => {
    const { clew, quiet, grow } = await quietHome();
    grow(quiet, 1);
    expect(await clew.import({ quick: true })).toMatchObject({ found: 0, lines: 0 });
    expect(await clew.import()).toMatchObject({ found: 1, lines: 1 });
  });

  test('sees new sessions, in projects old and new, and then what they go on to write', async () => {
    const { home, clew, grow, later } = await quietHome();
    const recent = new Date(start + 30 * day).toISOString();
    const fresh = [
      transcript(path.join(home.projects, 'a'), 2),
      transcript(path.join(home.projects, 'b'), 3),
    ];
    for (const file of fresh) {
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/"timestamp":"[^"]+"/, `"timestamp":"${recent}"`),
      );
    }
    expect(await clew.import({ quick: true })).toMatchObject({ lines: 2 });
    later(60_000);
    for (const file of fresh) grow(file, 1);
    transcript(path.join(home.projects, 'b', uuid(3), 'subagents'), 9);
    expect(await clew.import({ quick: true })).toMatchObject({ lines: 3 });
  });

  test('sees a quiet session that has a process again', async () => {
    const { home, clew, quiet, grow } = await quietHome();
    mkdirSync(path.join(home.context.home, '.claude', 'sessions'));
    writeFileSync(
      path.join(home.context.home, '.claude', 'sessions', '1.json'),
      JSON.stringify({ pid: process.pid, sessionId: uuid(1) }),
    );
    grow(quiet, 1);
    expect(await clew.import({ quick: true })).toMatchObject({ lines: 1 });
  });

  test('is a full one when a hook has called, and once a day', async () => {
    const { home, clew, quiet, grow, later } = await quietHome();
    grow(quiet, 1);
    mkdirSync(path.join(home.context.clewHome, 'spool'), { recursive: true });
    writeFileSync(
      path.join(home.context.clewHome, 'spool', 'claude-code.1.1.0.json'),
      JSON.stringify({ hook_event_name: 'Stop', session_id: uuid(1) }),
    );
    expect(await clew.import({ quick: true })).toMatchObject({ lines: 1 });
    grow(quiet, 2);
    expect(await clew.import({ quick: true })).toMatchObject({ lines: 0 });
    later(day + 1);
    expect(await clew.import({ quick: true })).toMatchObject({ lines: 1 });
  });
});
