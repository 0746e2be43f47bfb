// beads on a Dolt server, read through MySQL's protocol: against a real server, MariaDB, where one is installed.
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/home.ts';
import { describeTracker } from '../contract.ts';
import { programIn } from './command.ts';
import { session } from '../../../test/support/beads.ts';
import { beads } from './index.ts';

const env = { PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` };
const server = programIn(env, 'mariadbd') ?? programIn(env, 'mysqld');
const installer = programIn(env, 'mariadb-install-db');
const isThere = server !== undefined && installer !== undefined;

const dependencies = {
  '0.60': `CREATE TABLE dependencies (issue_id VARCHAR(255), depends_on_id VARCHAR(255), type VARCHAR(32) NOT NULL DEFAULT 'blocks',
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP, created_by VARCHAR(255) NOT NULL, metadata JSON, thread_id VARCHAR(255),
    PRIMARY KEY (issue_id, depends_on_id));
    INSERT INTO dependencies(issue_id, depends_on_id, created_by) VALUES ('bd-a3f2', 'bd-b71', 'mira');
    INSERT INTO dependencies(issue_id, depends_on_id, type, created_by) VALUES ('bd-a3f2', 'external:rig:9', 'tracks', 'mira');`,
  '1.0.5': `CREATE TABLE dependencies (id CHAR(36) PRIMARY KEY, issue_id VARCHAR(255) NOT NULL, depends_on_issue_id VARCHAR(255),
    depends_on_wisp_id VARCHAR(255), depends_on_external VARCHAR(255), type VARCHAR(32) NOT NULL DEFAULT 'blocks',
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP, created_by VARCHAR(255) NOT NULL, metadata JSON, thread_id VARCHAR(255));
    INSERT INTO dependencies(id, issue_id, depends_on_issue_id, created_by) VALUES (uuid(), 'bd-a3f2', 'bd-b71', 'mira');
    INSERT INTO dependencies(id, issue_id, depends_on_external, type, created_by) VALUES (uuid(), 'bd-a3f2', 'external:rig:9', 'tracks', 'mira');`,
} as const;
const own = {
  '0.60':
    'quality_score DOUBLE, crystallizes TINYINT(1) DEFAULT 0, description TEXT NOT NULL, notes TEXT NOT NULL,',
  '1.0.5':
    'started_at DATETIME, no_history TINYINT(1) DEFAULT 0, is_blocked TINYINT(1) DEFAULT 0, description LONGTEXT NOT NULL, notes LONGTEXT NOT NULL,',
} as const;
const comment = { '0.60': 'BIGINT AUTO_INCREMENT', '1.0.5': 'CHAR(36) DEFAULT (uuid())' } as const;
const versions = ['0.60', '1.0.5'] as const;

const schema = (version: (typeof versions)[number]): string => `
  CREATE TABLE issues (id VARCHAR(255) PRIMARY KEY, content_hash VARCHAR(64), title VARCHAR(500) NOT NULL, ${own[version]}
    status VARCHAR(32) NOT NULL DEFAULT 'open', priority INT NOT NULL DEFAULT 2, issue_type VARCHAR(32) NOT NULL DEFAULT 'task',
    assignee VARCHAR(255), created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL, closed_at DATETIME,
    close_reason TEXT, closed_by_session VARCHAR(255) DEFAULT '', external_ref VARCHAR(255), source_repo VARCHAR(512) DEFAULT '', metadata JSON);
  CREATE TABLE labels (issue_id VARCHAR(255), label VARCHAR(255), PRIMARY KEY (issue_id, label));
  CREATE TABLE comments (id ${comment[version]} PRIMARY KEY, issue_id VARCHAR(255) NOT NULL, author VARCHAR(255) NOT NULL,
    text TEXT NOT NULL, created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP);
  CREATE TABLE config (\`key\` VARCHAR(255) PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE custom_statuses (name VARCHAR(64) PRIMARY KEY, category VARCHAR(32) NOT NULL);
  INSERT INTO custom_statuses VALUES ('cooking', 'wip');
  INSERT INTO issues(id, title, description, notes, status, priority, issue_type, assignee, created_at, updated_at, external_ref, metadata)
    VALUES ('bd-a3f2', 'The clock', 'It is wrong.', '', 'cooking', 1, 'bug', 'mira', '2026-01-05 10:30:00', '2026-01-05 15:30:00', 'gh-12', '{"a":1}');
  INSERT INTO issues(id, title, description, notes, status, priority, created_at, updated_at, closed_at, close_reason, closed_by_session)
    VALUES ('bd-b71', 'Time zones', '', '', 'closed', 0, '2026-01-04 10:00:00', '2026-01-06 10:00:00', '2026-01-06 10:00:00', 'done', '${session}');
  INSERT INTO labels VALUES ('bd-a3f2', 'noon');
  INSERT INTO comments(issue_id, author, text) VALUES ('bd-a3f2', 'mira', 'Seen.');
  ${dependencies[version]}`;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

let folder = '';
let running: ChildProcess | undefined;
let port = 0;
const user = { user: 'reader', password: 'of issues' };
const connect = (more: object = {}): Promise<Connection> =>
  createConnection({ host: '127.0.0.1', port, ...user, multipleStatements: true, ...more });

/** A server of its own, in a temporary folder. */
async function start(): Promise<void> {
  folder = mkdtempSync(path.join(os.tmpdir(), 'clew-mysql-'));
  const data = path.join(folder, 'data');
  const plain = ['--no-defaults', `--datadir=${data}`];
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  execFileSync(installer!, [...plain, ...asRoot, '--auth-root-authentication-method=normal'], {
    env,
    stdio: 'ignore',
  });
  const setUp = path.join(folder, 'init.sql');
  writeFileSync(
    setUp,
    ['localhost', '127.0.0.1']
      .map((host) => `GRANT ALL ON *.* TO '${user.user}'@'${host}' IDENTIFIED BY '${user.password}';\n`)
      .join(''),
  );
  port = await freePort();
  running = spawn(
    server!,
    [
      ...plain,
      ...asRoot,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${path.join(folder, 'sock')}`,
      `--pid-file=${path.join(folder, 'pid')}`,
      `--init-file=${setUp}`,
      '--innodb-buffer-pool-size=8M',
    ],
    { env, stdio: 'ignore' },
  );
  for (;;) {
    if (running.exitCode !== null) throw new Error(`the server ended with ${running.exitCode}`);
    try {
      await (await connect()).end();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== 'ECONNREFUSED') throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

beforeAll(async () => {
  if (isThere) await start();
}, 120_000);

afterAll(async () => {
  if (running && running.exitCode === null) {
    const over = new Promise((resolve) => running?.once('exit', resolve));
    running.kill('SIGKILL');
    await over;
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
});

let made = 0;
/** A project whose issues are in a database of their own. */
async function project(at: string, version: (typeof versions)[number]) {
  const database = `beads_${made++}`;
  const connection = await connect();
  await connection.query(`CREATE DATABASE ${database}; USE ${database}; ${schema(version)}`);
  await connection.end();
  mkdirSync(path.join(at, '.beads'), { recursive: true });
  writeFileSync(
    path.join(at, '.beads', 'metadata.json'),
    JSON.stringify({
      backend: 'dolt',
      dolt_mode: 'server',
      dolt_server_user: user.user,
      dolt_database: database,
    }),
  );
  writeFileSync(path.join(at, '.beads', 'dolt-server.port'), `${port}\n`);
  return { database, surroundings: { env: { BEADS_DOLT_PASSWORD: user.password } } };
}

if (isThere)
  describeTracker(
    beads,
    versions.map((version) => ({
      name: `the tables of ${version} on a server`,
      make: async (at) => project(at, version),
    })),
  );

describe.skipIf(!isThere)(`a Dolt server${isThere ? '' : ' (skipped: no mariadbd is installed)'}`, () => {
  test.each(versions)('with the tables of %s is read', async (version) => {
    const at = tempFolder();
    const { surroundings } = await project(at, version);
    const tracker = beads.find(at, { home: '/nowhere', ...surroundings });
    expect(await tracker?.list()).toEqual([
      {
        id: 'bd-a3f2',
        title: 'The clock',
        description: 'It is wrong.',
        status: 'cooking',
        state: 'in_progress',
        priority: 1,
        type: 'bug',
        assignee: 'mira',
        labels: ['noon'],
        createdAt: '2026-01-05T10:30:00.000Z',
        updatedAt: '2026-01-05T15:30:00.000Z',
        closedAt: null,
        closeReason: null,
        closedBySession: null,
        dependencies: [
          { id: 'bd-b71', type: 'blocks' },
          { id: 'external:rig:9', type: 'tracks' },
        ],
        comments: 1,
        externalRef: 'gh-12',
      },
      expect.objectContaining({
        id: 'bd-b71',
        state: 'closed',
        closeReason: 'done',
        closedBySession: session,
      }),
    ]);
  });

  test('has apart what is not to be in its history, and that is read, too', async () => {
    const at = tempFolder();
    const { database, surroundings } = await project(at, '1.0.5');
    const connection = await connect({ database });
    await connection.query(`
      CREATE TABLE wisps AS SELECT * FROM issues WHERE id = 'bd-a3f2';
      UPDATE wisps SET id = 'bd-wisp-y03', title = 'Without history';
      CREATE TABLE wisp_labels AS SELECT 'bd-wisp-y03' AS issue_id, 'later' AS label;
      UPDATE issues SET issue_type = 'gate' WHERE id = 'bd-b71'`);
    await connection.end();
    const tracker = beads.find(at, { home: '/nowhere', ...surroundings });
    const all = await tracker?.list();
    expect(all?.map(({ id, title, labels }) => [id, title, labels])).toEqual([
      ['bd-a3f2', 'The clock', ['noon']],
      ['bd-wisp-y03', 'Without history', ['later']],
    ]);
    expect(await tracker?.get('bd-wisp-y03')).toEqual(all?.[1]);
    // As `bd list` does, it leaves gates out.
    expect(await tracker?.get('bd-b71')).toMatchObject({ type: 'gate' });
  });

  test('that wants another password says which is taken', async () => {
    const at = tempFolder();
    await project(at, '1.0.5');
    const tracker = beads.find(at, { env: { BEADS_DOLT_PASSWORD: 'wrong' }, home: '/nowhere' });
    await expect(tracker?.list()).rejects.toMatchObject({
      code: 'UNREADABLE',
      hint: expect.stringContaining('BEADS_DOLT_PASSWORD alone') as string,
    });
  });

  test('that is of another project is not taken for this one', async () => {
    const at = tempFolder();
    const { database, surroundings } = await project(at, '1.0.5');
    const connection = await connect({ database });
    const hold = async (id: string): Promise<void> => {
      await connection.query(`
        CREATE TABLE IF NOT EXISTS metadata (\`key\` VARCHAR(255) PRIMARY KEY, value TEXT NOT NULL);
        REPLACE INTO metadata VALUES ('_project_id', '${id}')`);
    };
    const file = path.join(at, '.beads', 'metadata.json');
    const told = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...told, project_id: 'ours' }));
    const tracker = beads.find(at, { home: '/nowhere', ...surroundings });
    await hold('ours');
    expect(await tracker?.list()).toHaveLength(2);
    await hold('theirs');
    await expect(tracker?.list()).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining('another project') as string,
    });
    await connection.end();
  });

  test('that holds something else is told by its name', async () => {
    const at = tempFolder();
    const { database, surroundings } = await project(at, '1.0.5');
    const connection = await connect({ database });
    await connection.query('DROP TABLE issues');
    await connection.end();
    const tracker = beads.find(at, { home: '/nowhere', ...surroundings });
    await expect(tracker?.list()).rejects.toMatchObject({
      code: 'UNREADABLE',
      message: expect.stringContaining(database) as string,
    });
  });
});

test('a server that does not answer is told with its address', async () => {
  const at = tempFolder();
  const closed = await freePort();
  mkdirSync(path.join(at, '.beads'));
  writeFileSync(
    path.join(at, '.beads', 'metadata.json'),
    `{"dolt_mode":"server","dolt_server_port":${closed}}`,
  );
  await expect(beads.find(at, { env: {}, home: '/nowhere' })?.list()).rejects.toMatchObject({
    code: 'UNREADABLE',
    message: expect.stringContaining(`127.0.0.1:${closed}`) as string,
  });
});
