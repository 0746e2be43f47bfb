// beads on a Dolt server, which speaks MySQL's protocol: the same tables, times in UTC without a zone.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import { ClewError } from '../../model/index.ts';
import { byId, issueCapabilities } from '../tracker.ts';
import type { Issue, Surroundings, Tracker } from '../tracker.ts';
import { metadataOf } from './place.ts';
import type { BeadsRecord } from './record.ts';
import { issuesOfRows, queriesFor } from './rows.ts';

const connectMs = 10_000;

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly socketPath: string | undefined;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
  readonly tls: boolean;
  /** The project whose issues they are to be; several projects may use one server. */
  readonly projectId: string | undefined;
}

/** The server that holds the issues; undefined where none does. */
export function serverOf(folder: string, { env, home }: Surroundings): Server | undefined {
  const told = metadataOf(folder);
  const settings = settingsIn(path.join(folder, 'config.yaml'));
  const isShared =
    /^(?:1|true)$/i.test(env['BEADS_DOLT_SHARED_SERVER'] ?? '') ||
    settings.get('dolt.shared-server') === 'true';
  const mode = told['dolt_mode'] ?? settings.get('dolt.mode');
  if (env['BEADS_DOLT_SERVER_MODE'] !== '1' && !isShared && mode !== 'server') return undefined;
  const word = (value: unknown): string | undefined =>
    typeof value === 'number' ? String(value) : typeof value === 'string' ? value || undefined : undefined;
  const shared = env['BEADS_SHARED_SERVER_DIR'] || path.join(home, '.beads', 'shared-server');
  const portFile = path.join(isShared ? shared : folder, 'dolt-server.port');
  const port =
    word(env['BEADS_DOLT_SERVER_PORT']) ??
    (existsSync(portFile) ? word(readFileSync(portFile, 'utf8').trim()) : undefined) ??
    settings.get('dolt.port') ??
    word(told['dolt_server_port']) ??
    (isShared ? '3308' : '3307');
  const tls = word(env['BEADS_DOLT_SERVER_TLS']);
  return {
    host: word(env['BEADS_DOLT_SERVER_HOST']) ?? word(told['dolt_server_host']) ?? '127.0.0.1',
    port: Number(port),
    socketPath: word(env['BEADS_DOLT_SERVER_SOCKET']) ?? word(told['dolt_server_socket']),
    user: word(env['BEADS_DOLT_SERVER_USER']) ?? word(told['dolt_server_user']) ?? 'root',
    password: word(env['BEADS_DOLT_PASSWORD']),
    database: word(env['BEADS_DOLT_SERVER_DATABASE']) ?? word(told['dolt_database']) ?? 'beads',
    tls: tls === undefined ? told['dolt_server_tls'] === true : ['1', 'true'].includes(tls.toLowerCase()),
    projectId: word(told['project_id']),
  };
}

/** `dolt.mode: server`, or the same with `mode:` indented below `dolt:`. Nothing else of the file is needed. */
function settingsIn(file: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!existsSync(file)) return found;
  let above = '';
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, indent = '', key = '', value = ''] =
      /^(\s*)([\w.-]+):\s*["']?([^"'#]*?)["']?\s*(?:#.*)?$/.exec(line) ?? [];
    if (key === '') continue;
    if (indent === '') above = key;
    if (value !== '') found.set(indent === '' ? key : `${above}.${key}`, value);
  }
  return found;
}

export function serverTracker(server: Server, project: string): Tracker {
  const place = `mysql://${server.host}:${server.port}/${server.database}`;
  const read = (id?: string): Promise<Issue[]> =>
    connected(server, place, (connection) => issuesIn(connection, server, place, id));
  return {
    name: 'beads (Dolt server)',
    place,
    project,
    capabilities: issueCapabilities,
    list: () => read(),
    get: async (id) => (await read(id))[0],
    warnings: async () => [],
  };
}

async function issuesIn(
  connection: Connection,
  { projectId }: Server,
  place: string,
  id: string | undefined,
): Promise<Issue[]> {
  const rows = async (sql: string | null): Promise<BeadsRecord[]> =>
    sql === null ? [] : (await connection.query<RowDataPacket[]>(sql, sql.includes('?') ? [id] : []))[0];
  const all = await rows(
    'SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()',
  );
  const tables = Map.groupBy(all, (row) => String(row['t']));
  const columns = (table: string): ReadonlySet<string> =>
    new Set(tables.get(table)?.map((row) => String(row['c'])));
  const found = queriesFor(columns, id !== undefined);
  if (found.length === 0)
    throw new ClewError(
      'UNREADABLE',
      `${place}: no table of issues`,
      'is it the database of another program?',
    );
  const [whose] = columns('metadata').has('value')
    ? await rows("SELECT value FROM metadata WHERE `key` = '_project_id'")
    : [];
  if (whose && projectId !== undefined && whose['value'] !== projectId)
    throw new ClewError(
      'UNREADABLE',
      `${place}: it holds the issues of another project`,
      '`bd context` tells which server and database this project uses; `bd dolt start` starts its own server',
    );
  const issues: Issue[] = [];
  for (const queries of found)
    issues.push(
      ...issuesOfRows(
        {
          issues: await rows(queries.issues),
          labels: await rows(queries.labels),
          dependencies: await rows(queries.dependencies),
          comments: await rows(queries.comments),
          custom: await rows(queries.custom),
        },
        id === undefined,
      ),
    );
  return issues.sort(byId);
}

async function connected<T>(
  { tls, host, port, socketPath, user, password, database }: Server,
  place: string,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  // Heavy, and bundled it has a default export only.
  const { default: mysql } = await import('mysql2/promise');
  let connection: Connection | undefined;
  try {
    connection = await mysql.createConnection({
      host,
      port,
      socketPath,
      user,
      password,
      database,
      ...(tls && { ssl: {} }),
      dateStrings: true,
      connectTimeout: connectMs,
    });
    return await use(connection);
  } catch (error) {
    if (error instanceof ClewError) throw error;
    const { message, code } = error as Error & { code?: string };
    throw new ClewError(
      'UNREADABLE',
      `${place}: ${message || code}`,
      code === 'ER_ACCESS_DENIED_ERROR'
        ? 'its user is taken from BEADS_DOLT_SERVER_USER or metadata.json, the password from BEADS_DOLT_PASSWORD alone'
        : 'is the Dolt server running? `bd dolt start` starts it; BEADS_DOLT_SERVER_HOST and …_PORT say where it is',
      { cause: error },
    );
  } finally {
    await connection?.end();
  }
}
