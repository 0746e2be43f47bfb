// Where Gemini CLI keeps its sessions, and what a file's name tells.
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type { AgentRoot, Config, Context, SourceFile } from '../../model/index.ts';
import { realPath, rootsOf } from '../shared/roots.ts';
import { isFolder, walk } from '../shared/walk.ts';

const agent = 'gemini-cli';
/** <home>/.gemini/tmp/<project>/chats/<session>/<subagent>.jsonl */
const maxDepth = 6;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** `session-<minute or milliseconds>-<first eight of the id>`; the whole id stands inside, at the start. */
const chat = /^session-[\dT-]+-[0-9a-f]{8}\.(jsonl?)$/i;

/** The folder that Gemini CLI takes for the user's home. */
export const homeOf = ({ env, home, cwd }: Context): string =>
  env['GEMINI_CLI_HOME'] ? path.resolve(cwd, env['GEMINI_CLI_HOME']) : home;

export function roots(context: Context, config: Config): AgentRoot[] {
  const own = { path: path.join(homeOf(context), '.gemini'), origin: 'GEMINI_CLI_HOME' };
  const usual = { path: path.join(context.home, '.gemini'), origin: 'default' };
  return rootsOf(agent, context.env['GEMINI_CLI_HOME'] ? [own, usual] : [usual], context, config);
}

/** The root may be a home, `.gemini`, its `tmp`, or a folder of copies. */
export function* discover(
  root: AgentRoot,
  onError: (path: string, error: Error) => void,
  enter: (folder: string) => boolean = () => true,
): Generator<SourceFile> {
  const base = realPath(root.path);
  const below = [path.join(base, 'tmp'), path.join(base, '.gemini', 'tmp')].find(isFolder);
  if (!isFolder(base)) return;
  const sourceOf = (place: string): SourceFile | undefined => sourceAt(place, root.machine);
  yield* walk(below ?? base, { sourceOf, onError, enter, maxDepth });
}

/** What a path tells; undefined for files that are no records of Gemini CLI. */
export function sourceAt(place: string, machine: string): SourceFile | undefined {
  const name = path.basename(place);
  const told = chat.exec(name);
  if (told) {
    const kind = told[1] === 'json' ? 'document' : 'transcript';
    return { agent, kind, machine, path: place, session: sessionIn(place), run: undefined };
  }
  const folder = path.dirname(place);
  const session = path.basename(folder);
  const run = name.endsWith('.jsonl') ? name.slice(0, -'.jsonl'.length) : '';
  if (run === '' || !uuid.test(session) || path.basename(path.dirname(folder)) !== 'chats') return undefined;
  return { agent, kind: 'subagent', machine, path: place, session, run };
}

const headBytes = 1024;

/** The session that a chat says it is of; undefined where it does not begin with that, or is not there. */
function sessionIn(place: string): string | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(place, 'r');
    const bytes = Buffer.alloc(headBytes);
    const head = bytes.toString('utf8', 0, readSync(fd, bytes, 0, headBytes, 0));
    return /^\s*\{\s*"sessionId"\s*:\s*"([\w-]+)"/.exec(head)?.[1];
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
