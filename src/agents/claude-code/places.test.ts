import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { session } from './fixture.ts';
import { discover, roots, sourceOf } from './places.ts';
import { processes } from './processes.ts';

function make(folder: string, ...names: string[]): void {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), '{}\n');
  }
}

const found = (folder: string) =>
  [...discover({ path: folder, machine: 'm', origin: 'test' }, () => {})]
    .map(({ path: at, kind, session, run }) => [path.relative(folder, at), kind, session, run].join(' '))
    .toSorted();

describe('sources', () => {
  test('are told by their names: sessions, their subagents of three layouts, and what stands beside', () => {
    const home = tempFolder();
    const sub = `projects/-p/${session}/subagents`;
    make(
      home,
      `projects/-p/${session}.jsonl`,
      'projects/-p/agent-a0d5235.jsonl',
      `${sub}/agent-a1.jsonl`,
      `${sub}/agent-a1.meta.json`,
      `${sub}/flow/agent-a2.jsonl`,
      `${sub}/agent-acompact-0f.jsonl`,
      `projects/-p/${session}/tool-results/b1.txt`,
      'history.jsonl',
      'projects/-p/notes.jsonl',
      'projects/-p/agent-a9.meta.json',
      'todos/x.json',
    );
    expect(found(home)).toEqual([
      `projects/-p/${session}.jsonl transcript ${session} `,
      `${sub}/agent-a1.jsonl subagent ${session} a1`,
      `${sub}/agent-a1.meta.json meta ${session} a1`,
      `${sub}/agent-acompact-0f.jsonl subagent ${session} acompact-0f`,
      `${sub}/flow/agent-a2.jsonl subagent ${session} a2`,
      'projects/-p/agent-a0d5235.jsonl subagent  a0d5235',
    ]);
  });

  test('are found below a home, a config folder, its projects, and a folder of copies', () => {
    const home = tempFolder();
    make(home, `.claude/projects/-p/${session}.jsonl`);
    for (const place of ['.', '.claude', '.claude/projects', '.claude/projects/-p'])
      expect(found(path.join(home, place))).toHaveLength(1);
  });

  test('behind links are found once, and a link in a circle ends', () => {
    const home = tempFolder();
    make(home, `real/-p/${session}.jsonl`);
    symlinkSync(path.join(home, 'real'), path.join(home, 'projects'));
    symlinkSync(path.join(home, 'real'), path.join(home, 'real', '-p', 'up'));
    expect(found(home)).toHaveLength(1);
  });

  test('that cannot be read are told', () => {
    const errors: string[] = [];
    expect([
      ...discover({ path: '/nowhere/at/all', machine: 'm', origin: 'x' }, (place) => errors.push(place)),
    ]).toEqual([]);
    expect(errors).toEqual(['/nowhere/at/all']);
  });

  test('of other agents are not taken', () => {
    expect(sourceOf('/x/sessions/rollout-2026.jsonl', 'm')).toBeUndefined();
    expect(sourceOf(`/x/${session}.json`, 'm')).toBeUndefined();
  });
});

test('roots are those of the environment, the defaults and the config, none twice', () => {
  const home = tempFolder();
  const context = {
    env: { CLAUDE_CONFIG_DIR: `${home}/.claude, ${home}/other` },
    home,
    clewHome: `${home}/clew`,
    cwd: home,
    machine: 'm',
    now: () => 0,
  };
  const config = {
    sources: [
      { agent: 'claude-code' as const, path: '~/copies', machine: 'laptop' },
      { agent: 'codex' as const, path: '/x' },
    ],
    redact: {},
  };
  expect(roots(context, config).map((root) => [path.relative(home, root.path), root.machine])).toEqual([
    ['.claude', 'm'],
    ['other', 'm'],
    ['.config/claude', 'm'],
    ['copies', 'laptop'],
  ]);
});

test('a session whose process is gone was cut off; one that was taken up again runs', () => {
  const root = tempFolder();
  const write = (name: string, value: object): void => {
    mkdirSync(path.join(root, 'sessions'), { recursive: true });
    writeFileSync(path.join(root, 'sessions', name), JSON.stringify(value));
  };
  write('1.json', { pid: process.pid, sessionId: 'runs' });
  write('2.json', { pid: 2 ** 22 + 1, sessionId: 'gone' });
  write('3.json', { pid: 2 ** 22 + 2, sessionId: 'runs' });
  write('5.key', {});
  const states = processes({ path: root, machine: 'm', origin: 'x' });
  expect(states.get('runs')).toBe('running');
  expect(states.get('gone')).toBe('gone');
  expect(processes({ path: '/nowhere', machine: 'm', origin: 'x' }).size).toBe(0);
});

test.runIf(process.platform === 'linux')('a process id that has gone to another process is none', () => {
  const root = tempFolder();
  mkdirSync(path.join(root, 'sessions'));
  writeFileSync(
    path.join(root, 'sessions', '1.json'),
    JSON.stringify({ pid: process.pid, sessionId: 's', procStart: '1' }),
  );
  expect(processes({ path: root, machine: 'm', origin: 'x' }).get('s')).toBe('gone');
});
