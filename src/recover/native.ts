// Whether Claude Code can take up its own conversation: its transcript must lie where it looks, whole, and the session's
// folder must be there.
import { closeSync, existsSync, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Context } from '../model/index.ts';
import type { SessionDetail } from '../query/index.ts';

/** Why it cannot, if so. `cwd`: where it is to go on, null where no such folder is known. */
export function nativeObstacle(
  context: Context,
  { sources, workspace, status }: SessionDetail,
  cwd: string | null,
): string | undefined {
  const transcripts = sources.filter((source) => source.kind === 'transcript');
  const here = transcripts.filter((source) => source.machine === context.machine);
  if (transcripts.length > 0 && here.length === 0) return 'the session was on another machine';
  const there = here.filter((source) => existsSync(source.path));
  if (there.length === 0) return 'its transcript was deleted';
  const found = there.filter((source) => isFound(context, source.path));
  if (found.length === 0) return "its transcript lies outside Claude Code's own folder";
  if (cwd === null) return 'the folder that it worked in is gone';
  if (workspace !== null && !isSameFolder(cwd, workspace)) return 'it is to go on in another folder';
  if (status !== 'active' && found.every((source) => isTorn(source.path)))
    return 'its transcript ends in the middle of a line';
  return undefined;
}

/** Whether Claude Code looks there: copies that clew was told to read elsewhere are nothing to it. */
function isFound({ env, home, cwd }: Context, transcript: string): boolean {
  const folder = path.resolve(cwd, env['CLAUDE_CONFIG_DIR'] || path.join(home, '.claude'));
  return [folder, realOf(folder)].some((one) => transcript.startsWith(path.join(one, 'projects') + path.sep));
}

/** 1.0.128 writes its next record behind the torn one, and loses all that came before; 2.1.100 loses that record; 2.1.329 mends it. */
function isTorn(transcript: string): boolean {
  const fd = openSync(transcript, 'r');
  try {
    const { size } = fstatSync(fd);
    const last = Buffer.alloc(1);
    return size > 0 && readSync(fd, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
  } finally {
    closeSync(fd);
  }
}

export const isSameFolder = (a: string, b: string): boolean => realOf(a) === realOf(b);

function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return path.resolve(folder);
  }
}
