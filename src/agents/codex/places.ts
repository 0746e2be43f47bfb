// Where Codex keeps its rollouts: one file for each thread, by the local day on which it began; archived ones apart.
import path from 'node:path';
import type { AgentRoot, Config, Context, SourceFile } from '../../model/index.ts';
import { realPath, rootsOf } from '../shared/roots.ts';
import { isFolder, walk } from '../shared/walk.ts';

const agent = 'codex';
const rollout = /^rollout-[\dT-]+-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.jsonl$/i;
/** Deeper than any layout goes: <home>/.codex/sessions/YYYY/MM/DD below a folder of copies. */
const maxDepth = 8;

/** The folder with Codex's own things. */
export const codexHome = (context: Context): string => {
  const named = context.env['CODEX_HOME']?.trim();
  return named ? path.resolve(context.cwd, named) : path.join(context.home, '.codex');
};

/** `CODEX_HOME`, the default, and configured folders. */
export function roots(context: Context, config: Config): AgentRoot[] {
  const named = context.env['CODEX_HOME']?.trim();
  const places = [
    ...(named ? [{ path: named, origin: 'CODEX_HOME' }] : []),
    { path: path.join(context.home, '.codex'), origin: 'default' },
  ];
  return rootsOf(agent, places, context, config);
}

/** The root may be a home, Codex's folder, its `sessions`, or a folder of copies. */
export function* discover(
  root: AgentRoot,
  onError: (path: string, error: Error) => void,
  enter: (folder: string) => boolean = () => true,
): Generator<SourceFile> {
  const base = realPath(root.path);
  const own = [base, path.join(base, '.codex')].flatMap((folder) => [
    path.join(folder, 'sessions'),
    path.join(folder, 'archived_sessions'),
  ]);
  const there = own.filter(isFolder);
  for (const folder of there.length > 0 ? there : [base])
    yield* walk(folder, {
      onError,
      enter,
      maxDepth,
      sourceOf: (place) => sourceOf(place, root.machine),
    });
}

/**
 * What a path tells; undefined for files that are no rollouts. Which session a rollout belongs to only its first record
 * tells: a subagent's belongs to the session of its root thread.
 */
export function sourceOf(place: string, machine: string): SourceFile | undefined {
  const thread = rollout.exec(path.basename(place))?.[1];
  if (thread === undefined) return undefined;
  return { agent, kind: 'transcript', machine, path: place, session: thread, run: undefined };
}
