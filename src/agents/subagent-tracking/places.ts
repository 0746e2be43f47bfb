// Where subAgentTracking keeps its records: a data folder in each project, with logs, snapshots, approvals and handoffs.
import path from 'node:path';
import type { AgentRoot, Config, Context, SourceFile } from '../../model/index.ts';
import { realPath, rootsOf } from '../shared/roots.ts';
import { isFolder, walk } from '../shared/walk.ts';

export const agent = 'subagent-tracking';
/** <project>/.subagent/logs/<file>, below folders of copies too. */
const maxDepth = 6;
const parts = ['logs', 'state', 'approvals', 'handoffs'] as const;
/** The second is that of older versions. */
const dataFolders = ['.subagent', '.claude'] as const;

/** What it is told by its environment, and the project that the user is in: there is no list of all projects. */
export function roots(context: Context, config: Config): AgentRoot[] {
  const { env, cwd } = context;
  const named = [
    ...(env['SUBAGENT_DATA_DIR'] ? [{ path: env['SUBAGENT_DATA_DIR'], origin: 'SUBAGENT_DATA_DIR' }] : []),
    ...(env['SUBAGENT_TRACKING_ROOT']
      ? dataFolders.map((name) => ({
          path: path.join(env['SUBAGENT_TRACKING_ROOT']!, name),
          origin: 'SUBAGENT_TRACKING_ROOT',
        }))
      : []),
  ];
  const here = dataFolders.map((name) => ({ path: path.join(cwd, name), origin: 'current folder' }));
  return rootsOf(agent, [...named, ...here], context, config);
}

/** The root may be a data folder, a project, or a folder of copies. */
export function* discover(
  root: AgentRoot,
  onError: (path: string, error: Error) => void,
  enter: (folder: string) => boolean = () => true,
): Generator<SourceFile> {
  const base = realPath(root.path);
  if (!isFolder(base)) return;
  const there = [base, ...dataFolders.map((name) => path.join(base, name))].flatMap((folder) =>
    parts.map((part) => path.join(folder, part)).filter(isFolder),
  );
  // Of another agent's folder nothing but these is looked at.
  const isData = dataFolders.some((name) => name === path.basename(base));
  const sourceOf = (place: string): SourceFile | undefined => sourceAt(place, root.machine);
  for (const folder of there.length > 0 || isData ? there : [base])
    if (folder === base || enter(folder)) yield* walk(folder, { sourceOf, onError, enter, maxDepth });
}

export type FileKind = 'log' | 'snapshot' | 'approvals' | 'handoff' | 'stray';

const log = /^(session_(?:.*\d.*|default))\.jsonl(?:\.gz)?$/;
const snapshot = /^(session_.+)_snap\d+\.json(?:\.gz)?$/;
const handoff = /^(session_.*?\d[\d_]*|session_[^_]+)_.+\.md$/;

/** What a path tells: what kind of file it is, and of which session; undefined for others. */
export function fileAt(place: string): { readonly kind: FileKind; readonly session?: string } | undefined {
  const name = path.basename(place);
  const folder = path.basename(path.dirname(place));
  const of = (kind: FileKind, session: string | undefined): ReturnType<typeof fileAt> => ({
    kind,
    ...(session !== undefined && { session }),
  });
  if (log.test(name)) return of('log', log.exec(name)?.[1]);
  if (/^activity\.jsonl(?:\.gz)?$/.test(name))
    return of('log', folder.startsWith('session_') ? folder : undefined);
  if (snapshot.test(name)) return of('snapshot', snapshot.exec(name)?.[1]);
  if (name === 'approvals.json' && folder === 'approvals') return of('approvals', undefined);
  if (folder === 'handoffs' && handoff.test(name)) return of('handoff', handoff.exec(name)?.[1]);
  if (name === 'agent_errors.jsonl' && folder === 'logs') return of('stray', undefined);
  return undefined;
}

export function sourceAt(place: string, machine: string): SourceFile | undefined {
  const file = fileAt(place);
  return file && { agent, kind: 'document', machine, path: place, session: file.session, run: undefined };
}

/** The project that a file is of, where it lies in the usual place. */
export function projectOf(place: string): string | undefined {
  const data = path.dirname(path.dirname(place));
  return dataFolders.some((name) => name === path.basename(data)) ? path.dirname(data) : undefined;
}
