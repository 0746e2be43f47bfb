// Where Claude Code keeps its sessions, and which session and subagent a file's name tells.
import path from 'node:path';
import type { AgentRoot, Config, Context, SourceFile } from '../../model/index.ts';
import { realPath, rootsOf } from '../shared/roots.ts';
import { isFolder, walk } from '../shared/walk.ts';

const agent = 'claude-code';
const uuidName = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Deeper than any layout goes: <projects>/<slug>/<session>/subagents/<workflow>/agent.jsonl, below a home or a config folder. */
const maxDepth = 8;

/** `CLAUDE_CONFIG_DIR` (several, separated by commas, as other tools allow), the two defaults, and configured folders. */
export function roots(context: Context, config: Config): AgentRoot[] {
  const named = (context.env['CLAUDE_CONFIG_DIR'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  const places = [
    ...named.map((place) => ({ path: place, origin: 'CLAUDE_CONFIG_DIR' })),
    { path: path.join(context.home, '.claude'), origin: 'default' },
    { path: path.join(context.home, '.config', 'claude'), origin: 'default' },
  ];
  return rootsOf(agent, places, context, config);
}

/** The root may be a home, a config folder, its `projects`, or a folder of copies. */
export function* discover(
  root: AgentRoot,
  onError: (path: string, error: Error) => void,
  enter: (folder: string) => boolean = () => true,
): Generator<SourceFile> {
  const base = realPath(root.path);
  const below = [path.join(base, 'projects'), path.join(base, '.claude', 'projects')].find(isFolder);
  yield* walk(below ?? base, {
    onError,
    enter,
    maxDepth,
    sourceOf: (place) => sourceOf(place, root.machine),
  });
}

/** What a path tells; undefined for files that are no records of Claude Code. */
export function sourceOf(place: string, machine: string): SourceFile | undefined {
  const name = path.basename(place);
  const inSession = sessionAbove(place);
  const meta = /^agent-([\w-]+)\.meta\.json$/.exec(name);
  if (meta)
    return inSession === undefined
      ? undefined
      : { agent, kind: 'meta', machine, path: place, session: inSession, run: meta[1] };
  if (!name.endsWith('.jsonl')) return undefined;
  const stem = name.slice(0, -'.jsonl'.length);
  const sub = /^agent-([\w-]+)$/.exec(stem);
  if (sub) return { agent, kind: 'subagent', machine, path: place, session: inSession, run: sub[1] };
  // Other files of JSON lines, such as history.jsonl, are not sessions.
  if (!uuidName.test(stem)) return undefined;
  // A folder that is named like a session holds what belongs to it; such a file in one is another agent's.
  if (uuidName.test(path.basename(path.dirname(place)))) return undefined;
  return { agent, kind: 'transcript', machine, path: place, session: stem, run: undefined };
}

/** The session in whose `subagents` folder a file lies. */
function sessionAbove(place: string): string | undefined {
  const parts = path.dirname(place).split(path.sep);
  const at = parts.lastIndexOf('subagents');
  const session = at > 0 ? parts[at - 1] : undefined;
  return session !== undefined && uuidName.test(session) ? session : undefined;
}
