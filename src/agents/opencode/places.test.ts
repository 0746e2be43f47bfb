// Where sessions are found, and as whose they are read.
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Context } from '../../model/index.ts';
import { openCode } from './index.ts';

const golden = path.join(import.meta.dirname, 'golden');
let home: string;
beforeEach(() => (home = mkdtempSync(path.join(os.tmpdir(), 'clew-opencode-'))));
afterEach(() => rmSync(home, { recursive: true }));

const context = (env: Record<string, string> = {}): Context => ({
  env,
  home,
  clewHome: path.join(home, 'clew'),
  cwd: home,
  machine: 'm',
  now: Date.now,
});
const roots = (env: Record<string, string> = {}): string[] =>
  openCode.roots(context(env), { sources: [], redact: {} }).map((root) => path.relative(home, root.path));
const found = (folder: string, origin = 'config'): string[] =>
  [
    ...openCode.discover({ path: folder, machine: 'm', origin }, (place, error) =>
      expect.fail(`${place}: ${error.message}`),
    ),
  ]
    .map(
      ({ path: place, session, run }) =>
        `${path.relative(folder, place)} ${run === undefined ? '' : 'run of '}${session}`,
    )
    .toSorted();
const data = (): string => {
  const folder = path.join(home, '.local', 'share', 'opencode');
  mkdirSync(folder, { recursive: true });
  return folder;
};

test('the data folder, as the environment moves it', () => {
  expect(roots()).toEqual(['.local/share/opencode']);
  expect(roots({ XDG_DATA_HOME: path.join(home, 'x') })).toEqual(['x/opencode', '.local/share/opencode']);
  expect(roots({ OPENCODE_DB: path.join(home, 'y', 'opencode.db') })).toEqual(['y', '.local/share/opencode']);
  expect(roots({ OPENCODE_DB: ':memory:' })).toEqual(['.local/share/opencode']);
});

describe('sessions', () => {
  const parent = 'ses_e032c4e55ffeAq3rA63CayqtqL';
  const child = 'ses_e032c4220ffepm3tV4VTSzcHS6';

  test('of a database, subagents’ as runs of the session that started them', () => {
    copyFileSync(path.join(golden, '1.2.20', 'opencode.db'), path.join(data(), 'opencode.db'));
    const expected = [`opencode.db#${child} run of ${parent}`, `opencode.db#${parent} ${parent}`];
    expect(found(data(), 'default')).toEqual(expected);
    expect(found(home).map((one) => path.basename(one))).toEqual(expected);
  });

  test('of the JSON storage, unless a database beside it has them', () => {
    cpSync(path.join(golden, '1.1.65', 'storage'), path.join(data(), 'storage'), { recursive: true });
    const stored = found(data(), 'default');
    expect(stored).toHaveLength(2);
    expect(stored.filter((one) => one.includes('run of'))).toHaveLength(1);
    copyFileSync(path.join(golden, '1.2.20', 'opencode.db'), path.join(data(), 'opencode-dev.db'));
    expect(found(data(), 'default')).toHaveLength(4);
    const [own] = openCode.discover({ path: data(), machine: 'm', origin: 'default' }, () => {});
    const session = path.join(data(), 'storage', 'session', 'p', `${own!.session}.json`);
    mkdirSync(path.dirname(session));
    writeFileSync(session, JSON.stringify({ id: own!.session }));
    expect(found(data(), 'default')).toHaveLength(4);
  });

  test('of exports, wherever they lie but in OpenCode’s own folder', () => {
    const exported = path.join(home, 'kept', 'deep', 'any.json');
    mkdirSync(path.dirname(exported), { recursive: true });
    copyFileSync(path.join(golden, '1.18.33', 'export.json'), exported);
    writeFileSync(path.join(home, 'kept', 'other.json'), '{"info":{"title":"an API"},"messages":[]}');
    expect(found(path.join(home, 'kept'))).toEqual(['deep/any.json ses_e031e0ce3ffeFDlRrI1J52Jp85']);
    expect(found(path.join(home, 'kept'), 'default')).toEqual([]);
  });

  test('of a database that is named itself', () => {
    const file = path.join(golden, '1.2.20', 'opencode.db');
    expect([...openCode.within!(file, 'm', () => {})]).toHaveLength(2);
    expect([...openCode.within!(path.join(golden, '1.18.33', 'export.json'), 'm', () => {})]).toEqual([]);
  });
});
