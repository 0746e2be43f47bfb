// Where OpenCode keeps its sessions: rows of a database, files of the JSON storage before that, exports wherever somebody
// put them. A session that another one started is read as a run of the one that it all began with.
import path from 'node:path';
import type { AgentRoot, Config, Context, SourceFile } from '../../model/index.ts';
import { realPath, rootsOf } from '../shared/roots.ts';
import { isFolder, walk } from '../shared/walk.ts';
import { storedSessions } from './rows.ts';
import type { StoredSession } from './rows.ts';
import { exportHead } from './export-file.ts';
import { rootOf, sessionOf, stampOf } from './storage.ts';

const agent = 'opencode';
/** `<home>/.local/share/opencode/storage/session/<project>`, below a folder of several homes. */
const maxDepth = 8;
/** One database for each channel of releases: `opencode.db`, `opencode-dev.db`. */
const databaseName = /^opencode(?:-[\w.-]+)?\.db$/;
/** In OpenCode's folder, without sessions, and large. */
const passedOver = /[\\/](?:bin|log|repos|snapshot|tool-output|storage[\\/](?!session$)[^\\/]+)$/;

const standardFolder = ({ home }: Context): string => path.join(home, '.local', 'share', 'opencode');

/** Where OpenCode keeps its data, as it is started now. */
export const dataFolder = (context: Context): string => {
  const named = context.env['XDG_DATA_HOME'];
  return named ? path.join(named, 'opencode') : standardFolder(context);
};

/** `OPENCODE_DB` (a file), `XDG_DATA_HOME`, the default, and configured folders. */
export function roots(context: Context, config: Config): AgentRoot[] {
  const { env } = context;
  const standard = standardFolder(context);
  const data = dataFolder(context);
  const database = env['OPENCODE_DB'] ?? '';
  const named = database !== '' && database !== ':memory:';
  const places = [
    ...(named ? [{ path: path.dirname(path.resolve(data, database)), origin: 'OPENCODE_DB' }] : []),
    ...(data === standard ? [] : [{ path: data, origin: 'XDG_DATA_HOME' }]),
    { path: standard, origin: 'default' },
  ];
  return rootsOf(agent, places, context, config);
}

/** The root may be a home, OpenCode's data folder, or a folder of copies or exports. */
export function* discover(
  root: AgentRoot,
  onError: (path: string, error: Error) => void,
  enter: (folder: string) => boolean = () => true,
): Generator<SourceFile> {
  const { machine } = root;
  const own = path.join(root.path, '.local', 'share', 'opencode');
  const base = realPath(isFolder(own) ? own : root.path);
  // In OpenCode's own folder there are no exports, but a lot of other JSON.
  const isOwn = isFolder(own) || ['default', 'XDG_DATA_HOME', 'OPENCODE_DB'].includes(root.origin);
  const databases: string[] = [];
  const files: string[] = [];
  const sourceAt = (place: string): SourceFile | undefined => {
    if (databaseName.test(path.basename(place))) databases.push(place);
    else if (sessionOf(place) !== undefined) files.push(place);
    else if (!isOwn) return exportSource(place, machine);
    return undefined;
  };
  yield* walk(base, {
    sourceOf: sourceAt,
    onError,
    enter: (folder) => !passedOver.test(folder) && enter(folder),
    maxDepth,
  });
  const stored = new Set<string>();
  for (const file of databases)
    for (const source of databaseSources(file, machine, onError)) {
      stored.add(`${path.dirname(file)}#${source.run ?? source.session}`);
      yield source;
    }
  // Beside a database the storage is what that one was made of.
  for (const file of files) {
    const folder = path.resolve(path.dirname(file), '..', '..', '..');
    if (stored.has(`${folder}#${sessionOf(file)}`)) continue;
    try {
      yield storageSource(file, machine);
    } catch (error) {
      onError(file, error as Error);
    }
  }
}

/** A file that the user names: an export, or a session's file of the JSON storage. */
export function recognise(place: string, machine: string): SourceFile | undefined {
  const file = realPath(place);
  return sessionOf(file) === undefined ? exportSource(file, machine) : storageSource(file, machine);
}

/** The sessions in a database that the user names. */
export function within(
  place: string,
  machine: string,
  onError: (path: string, error: Error) => void,
): Iterable<SourceFile> {
  return databaseName.test(path.basename(place)) ? databaseSources(realPath(place), machine, onError) : [];
}

function* databaseSources(
  file: string,
  machine: string,
  onError: (path: string, error: Error) => void,
): Generator<SourceFile> {
  let sessions: StoredSession[];
  try {
    sessions = storedSessions(file);
  } catch (error) {
    onError(file, error as Error);
    return;
  }
  const parents = new Map(sessions.map(({ id, parent }) => [id, parent]));
  for (const { id, stamp } of sessions) {
    let session = id;
    for (let depth = 0; depth < 16; depth++) session = parents.get(session) ?? session;
    yield { ...sourceOf(`${file}#${id}`, machine, session, id), stamp };
  }
}

const storageSource = (file: string, machine: string): SourceFile => ({
  ...sourceOf(file, machine, rootOf(file), sessionOf(file) ?? ''),
  stamp: stampOf(file),
});

function exportSource(file: string, machine: string): SourceFile | undefined {
  const head = exportHead(file);
  return head && sourceOf(file, machine, head.parent ?? head.session, head.session);
}

const sourceOf = (place: string, machine: string, session: string, id: string): SourceFile => ({
  agent,
  kind: 'document',
  machine,
  path: place,
  session,
  run: id === session ? undefined : id,
});
