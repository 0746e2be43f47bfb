// Where Claude Code keeps its sessions, and which session and subagent a file's name tells.
import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import path from 'node:path';
import type { AgentRoot, Config, Context, SourceFile } from '../../model/index.ts';

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
    ...named.map((place) => ({ path: place, origin: 'CLAUDE_CONFIG_DIR', machine: context.machine })),
    { path: path.join(context.home, '.claude'), origin: 'default', machine: context.machine },
    { path: path.join(context.home, '.config', 'claude'), origin: 'default', machine: context.machine },
    ...config.sources
      .filter((one) => one.agent === agent)
      .map((one) => ({
        path: one.path.replace(/^~(?=[\\/]|$)/, context.home),
        origin: 'config',
        machine: one.machine ?? context.machine,
      })),
  ];
  const seen = new Set<string>();
  return places.flatMap((place) => {
    const real = realPath(path.resolve(context.cwd, place.path));
    if (seen.has(real)) return [];
    seen.add(real);
    return [{ ...place, path: real }];
  });
}

/** The root may be a home, a config folder, its `projects`, or a folder of copies. */
export function* discover(
  root: AgentRoot,
  onError: (path: string, error: Error) => void,
  enter: (folder: string) => boolean = () => true,
): Generator<SourceFile> {
  const base = realPath(root.path);
  const below = [path.join(base, 'projects'), path.join(base, '.claude', 'projects')].find(isFolder);
  yield* walk(realPath(below ?? base), { machine: root.machine, onError, enter, seen: new Set() }, 0);
}

interface Walk {
  readonly machine: string;
  readonly onError: (path: string, error: Error) => void;
  readonly enter: (folder: string) => boolean;
  /** Folders behind links that have been walked. */
  readonly seen: Set<string>;
}

function* walk(folder: string, how: Walk, depth: number): Generator<SourceFile> {
  const { machine, onError, enter, seen } = how;
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    onError(folder, error as Error);
    return;
  }
  for (const entry of entries) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && isFolder(place))) {
      if (depth >= maxDepth || entry.name === 'node_modules' || entry.name === '.git') continue;
      if (entry.isSymbolicLink()) {
        // A link may lead back up: each folder behind one is walked once.
        const real = realPath(place);
        if (seen.has(real) || `${folder}${path.sep}`.startsWith(real + path.sep)) continue;
        seen.add(real);
      }
      if (entry.name.endsWith('.jsonl'))
        onError(place, new Error('is a folder where a transcript was expected'));
      if (enter(place)) yield* walk(place, how, depth + 1);
    } else {
      const source = sourceOf(place, machine);
      if (source) yield source;
    }
  }
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
  return { agent, kind: 'transcript', machine, path: place, session: stem, run: undefined };
}

/** The session in whose `subagents` folder a file lies. */
function sessionAbove(place: string): string | undefined {
  const parts = path.dirname(place).split(path.sep);
  const at = parts.lastIndexOf('subagents');
  const session = at > 0 ? parts[at - 1] : undefined;
  return session !== undefined && uuidName.test(session) ? session : undefined;
}

function isFolder(place: string): boolean {
  try {
    return statSync(place).isDirectory();
  } catch {
    return false; // absent, or a link in a circle
  }
}

function realPath(place: string): string {
  try {
    return realpathSync(place);
  } catch {
    return place;
  }
}
