// How Codex is started, and takes up a thread of its own: from any folder, as long as the rollout, and that of the thread
// that it was forked from without its history, lie where Codex looks. Evidence: SOURCES.md under "Going on".
import { closeSync, openSync, readSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { AgentProgram, Context, OwnSession } from '../../model/index.ts';
import { isSameFolder, isTorn, ownFiles } from '../shared/own-place.ts';
import { object } from '../shared/shapes.ts';
import { baseIn } from './base.ts';
import { codexHome } from './places.ts';

export const program: AgentProgram = {
  name: 'codex',
  withPrompt: ['codex'],
  resume(context: Context, session: OwnSession, folder: string) {
    const home = codexHome(context);
    const archive = path.join(home, 'archived_sessions');
    const sessions = path.join(home, 'sessions');
    const own = ownFiles(session, { title: 'Codex', what: 'rollout', folders: [sessions, archive] });
    if ('obstacle' in own) return own;
    const found = ownFiles(session, { title: 'Codex', what: 'rollout', folders: [sessions] });
    // 0.169 says so and ends, 0.47 begins a new thread.
    if ('obstacle' in found) return { obstacle: 'it is archived in Codex' };
    const base = baseOf(found.files[0] ?? '');
    if (base !== undefined && !isThere(base, sessions))
      return { obstacle: `the rollout of ${base}, which it was forked from, was deleted` };
    // 0.47 writes its next record behind the torn one, and loses it; 0.169 mends it.
    if (!session.isActive && found.files.every(isTorn))
      return { obstacle: 'its rollout ends in the middle of a line' };
    const isThereAlready = session.workspace !== null && isSameFolder(folder, session.workspace);
    // Else it asks which of the two folders is meant.
    return ['codex', 'resume', session.id, ...(isThereAlready ? [] : ['--cd', folder])];
  },
};

/** First records hold the instructions, but what they say of the thread comes within this. */
const headBytes = 256 * 1024;

/** The thread whose rollout holds the beginning of this one. */
function baseOf(file: string): string | undefined {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(headBytes);
    const head = bytes.toString('utf8', 0, readSync(fd, bytes, 0, headBytes, 0));
    return baseIn(object(object(JSON.parse(head.split('\n', 1)[0] ?? ''))?.['payload']))?.thread;
  } catch {
    return undefined;
  } finally {
    closeSync(fd);
  }
}

const isThere = (thread: string, sessions: string): boolean =>
  readdirSync(sessions, { recursive: true, encoding: 'utf8' }).some((name) =>
    name.endsWith(`-${thread}.jsonl`),
  );
