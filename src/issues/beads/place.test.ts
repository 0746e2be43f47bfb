// Where `.beads` is looked for, and what in it is taken for the truth.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { makeBeads } from '../../../test/support/beads.ts';
import { beads, beadsDatabase } from './index.ts';
import { findBeads, storeIn } from './place.ts';
import { serverOf } from './server.ts';

const nobody = { env: {}, home: '/nowhere' };
const put = (file: string, text = ''): string => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const git = (folder: string, ...args: string[]): void => {
  const env = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1' };
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
  execFileSync('git', [...who, ...args], { cwd: folder, env });
};

describe('.beads is found', () => {
  test('from the folder upward, to the root of the repository and not beyond', () => {
    const home = tempFolder();
    put(path.join(home, '.beads', 'metadata.json'), '{}');
    const repository = path.join(home, 'repository');
    mkdirSync(path.join(repository, '.git'), { recursive: true });
    mkdirSync(path.join(repository, 'a', 'b'), { recursive: true });
    expect(findBeads(path.join(repository, 'a', 'b'), nobody)).toBeUndefined();
    expect(findBeads(path.join(home), nobody)?.folder).toBe(path.join(home, '.beads'));
    put(path.join(repository, '.beads', 'config.yaml'));
    expect(findBeads(path.join(repository, 'a', 'b'), nobody)?.folder).toBe(path.join(repository, '.beads'));
  });

  test('by BEADS_DIR, and by BEADS_DB as a file or a folder', () => {
    const there = tempFolder();
    const file = makeBeads(there, '0.47');
    const folder = path.dirname(file);
    const by = (env: Record<string, string>) => findBeads(tempFolder(), { env, home: '/nowhere' });
    expect(by({ BEADS_DIR: folder })).toEqual({ folder });
    expect(by({ BEADS_DB: folder })).toEqual({ folder });
    expect(by({ BEADS_DB: file })).toEqual({ folder, database: file });
    expect(by({ BEADS_DIR: tempFolder() })).toBeUndefined();
  });

  test('in the home folder, as 0.9 has it, where there is no other', () => {
    const home = tempFolder();
    const file = put(path.join(home, '.beads', 'default.db'));
    expect(findBeads(tempFolder(), { env: {}, home })?.database).toBe(file);
  });

  test('by a redirect, relative to the folder that holds .beads, one hop only', () => {
    const home = tempFolder();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => path.join(home, name, '.beads')) as [
      string,
      string,
      string,
    ];
    for (const folder of [a, b, c]) put(path.join(folder, 'metadata.json'), '{}');
    put(path.join(a, 'redirect'), '\n# elsewhere\n../b/.beads\n');
    put(path.join(b, 'redirect'), '../c/.beads\n');
    expect(findBeads(path.join(home, 'a'), nobody)?.folder).toBe(b);
    put(path.join(a, 'redirect'), '../gone/.beads\n');
    expect(findBeads(path.join(home, 'a'), nobody)?.folder).toBe(a);
  });

  test('in a worktree, the one of its repository, unless it has a database of its own', () => {
    const home = tempFolder();
    const main = path.join(home, 'main');
    mkdirSync(main);
    git(main, 'init', '-q', '-b', 'main');
    put(path.join(main, '.beads', 'issues.jsonl'), '{"id":"bd-1","title":"One"}\n');
    git(main, 'add', '-A');
    git(main, 'commit', '-q', '-m', 'one');
    git(main, 'worktree', 'add', '-q', path.join(home, 'tree'));
    makeBeads(main, '0.50.3');
    const tree = path.join(home, 'tree');
    expect(findBeads(tree, nobody)?.folder).toBe(path.join(main, '.beads'));
    const redirect = path.join(tree, '.beads', 'redirect');
    put(redirect, '../../main/.beads\n');
    expect(findBeads(tree, nobody)?.folder).toBe(path.join(main, '.beads'));
    put(path.join(home, 'elsewhere', '.beads', 'config.yaml'));
    put(redirect, '../elsewhere/.beads\n');
    expect(findBeads(tree, nobody)?.folder).toBe(path.join(home, 'elsewhere', '.beads'));
    rmSync(redirect);
    makeBeads(tree, '0.50.3');
    expect(findBeads(tree, nobody)?.folder).toBe(path.join(tree, '.beads'));
  });
});

describe('the truth is', () => {
  const store = (files: Readonly<Record<string, string>>) => {
    const folder = path.join(tempFolder(), '.beads');
    for (const [name, text] of Object.entries(files)) put(path.join(folder, name), text);
    const { dolt, database, jsonl } = storeIn({ folder });
    return { dolt, database: database && path.basename(database), jsonl: jsonl && path.basename(jsonl) };
  };

  test.each([
    ['metadata.json says Dolt', { 'metadata.json': '{"backend":"dolt"}', 'beads.db': '' }],
    ['it names a way to reach Dolt', { 'metadata.json': '{"dolt_mode":"embedded"}' }],
    ['there is an embedded Dolt', { 'embeddeddolt/x': '', 'beads.db': 'dead' }],
    ['there is a Dolt', { 'dolt/x': '', 'issues.jsonl': '' }],
  ])('Dolt, where %s', (_, files) => {
    expect(store(files).dolt).toBe(true);
  });

  test('the database that metadata.json names, or its older name config.json', () => {
    const files = { 'app.db': '', 'beads.db': '' };
    expect(store({ ...files, 'metadata.json': '{"database":"app.db"}' }).database).toBe('app.db');
    expect(store({ ...files, 'config.json': '{"database":"app.db"}' }).database).toBe('app.db');
    expect(store({ ...files, 'metadata.json': '{"database":"gone.db"}' }).database).toBe('beads.db');
    expect(store({ ...files, 'metadata.json': 'no json' }).database).toBe('beads.db');
  });

  test('a single other database, but no backup and no vc.db', () => {
    expect(store({ 'app.db': '', 'app.backup.db': '', 'vc.db': '' }).database).toBe('app.db');
    expect(store({ 'a.db': '', 'b.db': '' }).database).toBeUndefined();
  });

  test('the JSONL that metadata.json names, issues.jsonl, or beads.jsonl', () => {
    const files = { 'beads.jsonl': '', 'issues.jsonl': '', 'mine.jsonl': '' };
    expect(store({ ...files, 'metadata.json': '{"jsonl_export":"mine.jsonl"}' }).jsonl).toBe('mine.jsonl');
    expect(store(files).jsonl).toBe('issues.jsonl');
    expect(store({ 'beads.jsonl': '' }).jsonl).toBe('beads.jsonl');
  });
});

describe('a server is reached', () => {
  const serverIn = (files: Readonly<Record<string, string>>, env: Record<string, string> = {}) => {
    const folder = path.join(tempFolder(), '.beads');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) put(path.join(folder, name), text);
    return serverOf(folder, { env, home: '/nowhere' });
  };

  test.each([
    ['metadata.json', { 'metadata.json': '{"dolt_mode":"server"}' }, {}],
    ['config.yaml', { 'config.yaml': 'dolt.mode: server # ours\n' }, {}],
    ['config.yaml, nested', { 'config.yaml': 'x: 1\ndolt:\n  mode: "server"\n' }, {}],
    ['the environment', {}, { BEADS_DOLT_SERVER_MODE: '1' }],
  ])('where %s says so', (_, files, env) => {
    expect(serverIn(files, env)).toMatchObject({
      host: '127.0.0.1',
      port: 3307,
      user: 'root',
      database: 'beads',
    });
  });

  test('not where nobody says so', () => {
    const embedded = { 'metadata.json': '{"dolt_mode":"embedded","dolt_server_port":1}' };
    expect(serverIn(embedded)).toBeUndefined();
    expect(serverIn({ ...embedded, 'config.yaml': 'dolt.mode: server\n' })).toBeUndefined();
  });

  test('as the environment says, then the port file, config.yaml, metadata.json', () => {
    const metadata =
      '{"dolt_mode":"server","dolt_server_host":"h","dolt_server_port":1,"dolt_server_user":"u","dolt_database":"d","dolt_server_tls":true}';
    const files = { 'metadata.json': metadata };
    expect(serverIn(files)).toMatchObject({ host: 'h', port: 1, user: 'u', database: 'd', tls: true });
    const more = { ...files, 'config.yaml': 'dolt:\n  port: 2\n' };
    expect(serverIn(more)?.port).toBe(2);
    expect(serverIn({ ...more, 'dolt-server.port': '3\n' })?.port).toBe(3);
    const env = {
      BEADS_DOLT_SERVER_PORT: '4',
      BEADS_DOLT_SERVER_HOST: 'e',
      BEADS_DOLT_SERVER_USER: 'v',
      BEADS_DOLT_SERVER_SOCKET: '/s',
      BEADS_DOLT_SERVER_TLS: '0',
      BEADS_DOLT_PASSWORD: 'p',
      BEADS_DOLT_SERVER_DATABASE: 'f',
    };
    expect(serverIn({ ...more, 'dolt-server.port': '3' }, env)).toMatchObject({
      host: 'e',
      port: 4,
      user: 'v',
      password: 'p',
      database: 'f',
      socketPath: '/s',
      tls: false,
    });
  });

  test('at port 3308 where it is shared, or where its own folder says', () => {
    const there = tempFolder();
    const shared = { 'config.yaml': 'dolt.shared-server: true\n', 'dolt-server.port': '1' };
    expect(serverIn({}, { BEADS_DOLT_SHARED_SERVER: 'true' })?.port).toBe(3308);
    expect(serverIn(shared, { BEADS_SHARED_SERVER_DIR: there })?.port).toBe(3308);
    put(path.join(there, 'dolt-server.port'), '33093\n');
    expect(serverIn(shared, { BEADS_SHARED_SERVER_DIR: there })?.port).toBe(33093);
  });
});

test('tables of clew can stand in SQLite only', () => {
  const folder = tempFolder();
  expect(() => beadsDatabase(folder, nobody)).toThrow('no .beads');
  makeBeads(folder, '0.47');
  expect(beadsDatabase(folder, nobody)).toBe(path.join(folder, '.beads', 'beads.db'));
  put(path.join(folder, '.beads', 'metadata.json'), '{"backend":"dolt"}');
  expect(() => beadsDatabase(folder, nobody)).toThrow('Dolt');
});

test('in a fresh clone, which has no Dolt database, its export is read, and that is said', async () => {
  const folder = tempFolder();
  const bin = tempFolder();
  writeFileSync(path.join(bin, 'bd'), '#!/bin/sh\necho no beads database found >&2\nexit 1\n', {
    mode: 0o755,
  });
  put(path.join(folder, '.beads', 'metadata.json'), '{"backend":"dolt","dolt_mode":"embedded"}');
  put(path.join(folder, '.beads', 'issues.jsonl'), '{"_type":"issue","id":"bd-1","title":"One"}\n');
  const tracker = beads.find(folder, { env: { PATH: bin }, home: '/nowhere' });
  expect(await tracker?.list()).toHaveLength(1);
  expect(await tracker?.warnings()).toEqual([expect.stringContaining('`bd bootstrap`')]);
});

test('without `bd`, what is in Dolt is read from its export, and that is said', async () => {
  const folder = tempFolder();
  put(path.join(folder, '.beads', 'embeddeddolt', 'x'));
  put(path.join(folder, '.beads', 'issues.jsonl'), '{"_type":"issue","id":"bd-1","title":"One"}\n');
  const tracker = beads.find(folder, { env: { PATH: '' }, home: '/nowhere' });
  expect(await tracker?.list()).toHaveLength(1);
  expect(await tracker?.warnings()).toEqual([expect.stringContaining('there is no `bd`')]);
});
