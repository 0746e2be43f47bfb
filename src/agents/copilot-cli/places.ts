// Where Copilot CLI keeps its sessions: a folder each, named by the session's id, with the log of its events.
import path from 'node:path';
import type { AgentRoot, Config, Context, SourceFile } from '../../model/index.ts';
import { realPath, rootsOf } from '../shared/roots.ts';
import { isFolder, walk } from '../shared/walk.ts';

const agent = 'copilot-cli';
/** <home>/.copilot/session-state/<session>/events.jsonl, below copies of homes too. */
const maxDepth = 5;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function roots(context: Context, config: Config): AgentRoot[] {
  const named = context.env['COPILOT_HOME'];
  const usual = { path: path.join(context.home, '.copilot'), origin: 'default' };
  return rootsOf(agent, named ? [{ path: named, origin: 'COPILOT_HOME' }, usual] : [usual], context, config);
}

/** The root may be a home, `.copilot`, its `session-state`, or a folder of copies. */
export function* discover(
  root: AgentRoot,
  onError: (path: string, error: Error) => void,
  enter: (folder: string) => boolean = () => true,
): Generator<SourceFile> {
  const base = realPath(root.path);
  if (!isFolder(base)) return;
  const below = ['session-state', path.join('.copilot', 'session-state')]
    .map((name) => path.join(base, name))
    .find(isFolder);
  const sourceOf = (place: string): SourceFile | undefined => sourceAt(place, root.machine);
  yield* walk(below ?? base, { sourceOf, onError, enter, maxDepth });
}

/** What a path tells; undefined for files that are no records of Copilot CLI. */
export function sourceAt(place: string, machine: string): SourceFile | undefined {
  const session = path.basename(path.dirname(place));
  if (path.basename(place) !== 'events.jsonl' || !uuid.test(session)) return undefined;
  return { agent, kind: 'transcript', machine, path: place, session, run: undefined };
}
